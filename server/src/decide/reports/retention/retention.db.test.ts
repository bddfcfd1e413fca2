import {
  type Retention,
  type RetentionInput,
  reportPeopleSchema,
  retentionInputSchema,
  retentionSchema,
} from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkspace } from '../../../../test/builders.ts';
import { openReportShop, personOf, randomSample } from '../../../../test/reportShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { addDays, localDay } from '../../analytics/days.ts';
import { readRetention } from './readRetention.ts';

const stores = useStores();
const zone = 'America/New_York';
const sample = randomSample(23, { from: '2025-11-20', days: 140, people: 90 });
let shop: TestWorkspace;
beforeAll(async () => {
  stores.clock.set('2026-04-01T12:00:00Z');
  shop = await openReportShop(stores, sample, zone);
});
const period = { from: '2025-12-01', to: '2026-03-31' };
const now = Date.parse('2026-04-01T12:00:00Z');

interface Fact {
  readonly person: number;
  readonly at: number;
  /** Ten-thousandths. */
  readonly net: number;
}
const facts = (rows: readonly { person: number; at: number }[]): Fact[] =>
  rows.flatMap((row) => {
    const person = personOf(sample, row.person);
    const net = 'net' in row && typeof row.net === 'number' ? row.net : 0;
    return person === 0 ? [] : [{ person, at: row.at, net }];
  });
const sales = facts(
  sample.orders
    .filter(({ status }) => status === 'completed')
    .map((order) => ({ ...order, net: order.total - order.refunded })),
);
const events = (name: string) => facts(sample.events.filter(({ bot, event }) => !bot && event === name));

const bucketOf = (at: number, interval: RetentionInput['interval']): string => {
  const day = localDay(new Date(at), zone);
  if (interval === 'month') return `${day.slice(0, 7)}-01`;
  return interval === 'day' ? day : addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
};
const offsetOf = (cohort: string, bucket: string, interval: RetentionInput['interval']): number => {
  if (interval === 'month')
    return (
      (Number(bucket.slice(0, 4)) - Number(cohort.slice(0, 4))) * 12 +
      Number(bucket.slice(5, 7)) -
      Number(cohort.slice(5, 7))
    );
  return (Date.parse(bucket) - Date.parse(cohort)) / 86_400_000 / (interval === 'week' ? 7 : 1);
};

function expected(first: readonly Fact[], back: readonly Fact[], interval: RetentionInput['interval']) {
  const firsts = new Map<number, number>();
  for (const { person, at } of first) firsts.set(person, Math.min(at, firsts.get(person) ?? at));
  const cohortOf = new Map(
    [...firsts]
      .filter(([, at]) => localDay(new Date(at), zone) >= period.from && localDay(new Date(at), zone) <= period.to)
      .map(([person, at]) => [person, bucketOf(at, interval)]),
  );
  const members = (cohort: string) => [...cohortOf].flatMap(([person, own]) => (own === cohort ? [person] : []));
  // What happens from the first local day of the period on.
  const past = ({ at }: Fact): boolean => at < now && localDay(new Date(at), zone) >= period.from;
  const came = (cohort: string, offset: number): number[] =>
    members(cohort)
      .filter((person) =>
        back.some(
          (fact) =>
            fact.person === person && past(fact) && offsetOf(cohort, bucketOf(fact.at, interval), interval) === offset,
        ),
      )
      .toSorted((a, b) => a - b);
  const revenue = (cohort: string, offset: number): number => {
    const own = new Set(members(cohort));
    return (
      sales
        .filter((sale) => own.has(sale.person) && past(sale))
        .filter(({ at }) => offsetOf(cohort, bucketOf(at, interval), interval) === offset)
        .reduce((sum, { net }) => sum + net, 0) / 10_000
    );
  };
  return { members, came, revenue };
}

const ask = async (input: object): Promise<Retention> =>
  retentionSchema.parse(await readRetention(stores, shop.id, retentionInputSchema.parse({ ...period, ...input })));

describe('retention', () => {
  it.each(['week', 'month'] as const)('follows the buyers of each %s: people and revenue', async (interval) => {
    const answer = await ask({ interval });
    const wanted = expected(sales, sales, interval);
    for (const { cohort, size, periods } of answer.cohorts) {
      expect(size).toBe(wanted.members(cohort).length);
      periods.forEach(({ people, revenue }, offset) => {
        expect([cohort, offset, people]).toEqual([cohort, offset, wanted.came(cohort, offset).length]);
        expect(revenue).toBeCloseTo(wanted.revenue(cohort, offset), 4);
      });
      expect(periods.at(-1)?.partial).toBe(true);
      expect(periods[0]?.people).toBe(size);
    }
    expect(answer.cohorts.some(({ periods }) => periods.slice(1).some(({ people }) => people > 0))).toBe(true);
  });

  it('starts by one thing and comes back by another', async () => {
    const first = { of: 'event', match: { events: ['Product Added'] } };
    const back = { of: 'event', match: { type: 'page', events: ['Home'] } };
    const answer = await ask({ first, back, interval: 'month' });
    const wanted = expected(events('Product Added'), events('Home'), 'month');
    for (const { cohort, size, periods } of answer.cohorts) {
      expect(size).toBe(wanted.members(cohort).length);
      periods.forEach(({ people, revenue }, offset) => {
        expect([cohort, offset, people]).toEqual([cohort, offset, wanted.came(cohort, offset).length]);
        expect(revenue).toBeCloseTo(wanted.revenue(cohort, offset), 4);
      });
    }
  });

  it('averages the intervals that are over, by size', async () => {
    const { cohorts, average } = await ask({ interval: 'month' });
    const over = cohorts.filter(({ periods }) => periods[1]?.partial === false);
    const size = over.reduce((sum, cohort) => sum + cohort.size, 0);
    const people = over.reduce((sum, { periods }) => sum + (periods[1]?.people ?? 0), 0);
    expect(average[1]?.share).toBeCloseTo(people / size, 5);
  });

  it('names who came and who stayed away', async () => {
    const wanted = expected(sales, sales, 'month');
    const cohort = '2025-12-01';
    const behind = async (people: object) =>
      reportPeopleSchema.parse(
        await readRetention(stores, shop.id, retentionInputSchema.parse({ ...period, interval: 'month', people })),
      );
    const came = wanted.came(cohort, 1);
    expect((await behind({ cohort, period: 1 })).items).toEqual(came.map(encodeProfileId));
    const away = wanted
      .members(cohort)
      .filter((person) => !came.includes(person))
      .toSorted((a, b) => a - b);
    expect((await behind({ cohort, period: 1, did: 'stayed_away' })).items).toEqual(away.map(encodeProfileId));
  });

  it('refuses more cohorts than can be read', async () => {
    await expect(ask({ interval: 'day' })).rejects.toMatchObject({ code: 'decide.too_many_cohorts' });
  });
});
