import { reportPeopleSchema, type Values, valuesInputSchema, valuesSchema } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkspace } from '../../../../test/builders.ts';
import { openReportShop, personOf, randomSample } from '../../../../test/reportShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { localDay } from '../../analytics/days.ts';
import { readValues } from './readValues.ts';

const stores = useStores();
const zone = 'Europe/Paris';
const sample = randomSample(31, { from: '2026-01-01', days: 90, people: 70 });
let shop: TestWorkspace;
beforeAll(async () => {
  stores.clock.set('2026-04-15T10:00:00Z');
  shop = await openReportShop(stores, sample, zone);
});
const period = { from: '2026-01-10', to: '2026-02-28' };

interface Buyer {
  readonly person: number;
  readonly units: number;
  readonly orders: number;
}
function buyersOf(from: string, to: string): Buyer[] {
  const buyers = new Map<number, Buyer>();
  for (const order of sample.orders) {
    const day = localDay(new Date(order.at), zone);
    const person = personOf(sample, order.person);
    if (order.status !== 'completed' || person === 0 || day < from || day > to) continue;
    const { units = 0, orders = 0 } = buyers.get(person) ?? {};
    buyers.set(person, { person, units: units + order.total - order.refunded, orders: orders + 1 });
  }
  return [...buyers.values()].toSorted((a, b) => b.units - a.units || a.person - b.person);
}
const money = (rows: readonly Buyer[]): number => rows.reduce((sum, { units }) => sum + units, 0) / 10_000;
const ask = async (input: object): Promise<Values> =>
  valuesSchema.parse(await readValues(stores, shop.id, valuesInputSchema.parse({ ...period, ...input })));

describe('the values of customers', () => {
  it.each([
    { ever: false, ...period },
    { ever: true, from: '2000-01-01', to: '2100-01-01' },
  ])('are spread over buckets, tenths and numbers of orders (ever: $ever)', async ({ ever, from, to }) => {
    const answer = await ask({ ever });
    const buyers = buyersOf(from, to);
    expect(answer.totals).toMatchObject({
      people: buyers.length,
      revenue: money(buyers),
      orders: buyers.reduce((sum, { orders }) => sum + orders, 0),
    });
    for (const bucket of answer.buckets) {
      const own = buyers.filter(
        ({ units }) =>
          units / 10_000 >= (bucket.from ?? Number.NEGATIVE_INFINITY) &&
          units / 10_000 < (bucket.to ?? Number.POSITIVE_INFINITY),
      );
      expect([bucket.from, bucket.people, bucket.revenue]).toEqual([bucket.from, own.length, money(own)]);
    }
    for (const { decile, people, revenue, share, least } of answer.deciles) {
      const own = buyers.filter((_, index) => Math.floor((index * 10) / buyers.length) + 1 === decile);
      expect([decile, people, revenue]).toEqual([decile, own.length, money(own)]);
      expect(share).toBeCloseTo(money(own) / money(buyers), 5);
      expect(least).toBe((own.at(-1)?.units ?? 0) / 10_000);
    }
    for (const { orders, people, revenue } of answer.orders) {
      const own = buyers.filter((buyer) => Math.min(buyer.orders, 6) === orders);
      expect([orders, people, revenue]).toEqual([orders, own.length, money(own)]);
    }
  });

  it('open the people of a bar', async () => {
    const buyers = buyersOf(period.from, period.to);
    const best = buyers.filter((_, index) => Math.floor((index * 10) / buyers.length) === 0);
    const page = reportPeopleSchema.parse(
      await readValues(stores, shop.id, valuesInputSchema.parse({ ...period, people: { decile: 1 } })),
    );
    const ids = best.map(({ person }) => person).toSorted((a, b) => a - b);
    expect(page).toEqual({ count: ids.length, items: ids.map(encodeProfileId), next: null });
  });

  it('of nobody are empty', async () => {
    const answer = await ask({ from: '2001-01-01', to: '2001-01-31' });
    expect(answer.totals).toEqual({ people: 0, revenue: 0, orders: 0, average: null, median: null });
  });
});
