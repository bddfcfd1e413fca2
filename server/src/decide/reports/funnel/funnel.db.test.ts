import { type Funnel, funnelInputSchema, funnelSchema, reportPeopleSchema } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkspace } from '../../../../test/builders.ts';
import { openReportShop, personOf, randomSample, type SampleEvent } from '../../../../test/reportShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { localDay } from '../../analytics/days.ts';
import { readFunnel } from './readFunnel.ts';

const stores = useStores();
const zone = 'Europe/Paris';
const sample = randomSample(11, { from: '2026-03-01', days: 40, people: 80 });
let shop: TestWorkspace;
beforeAll(async () => {
  stores.clock.set('2026-04-15T10:00:00Z');
  shop = await openReportShop(stores, sample, zone);
});
const period = { from: '2026-03-05', to: '2026-03-31' };

type Step = (event: SampleEvent) => boolean;
interface Run {
  readonly person: number;
  readonly times: readonly number[];
  readonly device: string;
}

/**
 * How far each person comes, by trying every way through their events: of the runs that reach the furthest step, the
 * one that reaches it first, and of those the one that began last.
 */
function runsOf(steps: readonly Step[], windowMs: number, filter: Step = () => true): Run[] {
  const byPerson = new Map<number, SampleEvent[]>();
  for (const event of sample.events) {
    if (event.bot || event.person === 0 || !filter(event)) continue;
    const person = personOf(sample, event.person);
    byPerson.set(person, [...(byPerson.get(person) ?? []), event]);
  }
  const rank = (event: SampleEvent): number =>
    -steps.reduce((sum, step, index) => sum + (step(event) ? 2 ** (steps.length - index) : 0), 0);
  return [...byPerson].flatMap(([person, all]) => {
    const events = all
      .filter((event) => rank(event) < 0)
      .toSorted((a, b) => a.at - b.at || rank(a) - rank(b) || (a.device < b.device ? -1 : 1));
    let best: number[] = [];
    // Every chain of events, longer ones from shorter ones.
    let chains = events.flatMap((event, index) => {
      const day = localDay(new Date(event.at), zone);
      return steps[0]?.(event) && day >= period.from && day <= period.to ? [[index]] : [];
    });
    while (chains.length > 0) {
      const at = (chain: readonly number[], place: number): number => events[chain.at(place) ?? 0]?.at ?? 0;
      best =
        chains.toSorted((a, b) => (a.at(-1) ?? 0) - (b.at(-1) ?? 0) || at(b, 0) - at(a, 0) || compare(b, a))[0] ?? [];
      const depth = best.length;
      const next = steps[depth];
      chains =
        next === undefined
          ? []
          : chains.flatMap((chain) =>
              events.flatMap((event, index) =>
                index > (chain.at(-1) ?? 0) && next(event) && event.at - at(chain, 0) <= windowMs
                  ? [[...chain, index]]
                  : [],
              ),
            );
    }
    if (best.length === 0) return [];
    return [{ person, times: best.map((index) => events[index]?.at ?? 0), device: events[best[0] ?? 0]?.device ?? '' }];
  });
}
/** Later steps first: a run is told by the events nearest to its end. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let place = a.length - 1; place >= 0; place--) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};
function expected(runs: readonly Run[], count: number): Funnel['steps'] {
  const reached = (step: number) => runs.filter(({ times }) => times.length >= step);
  return Array.from({ length: count }, (_, index) => {
    const people = reached(index + 1);
    const first = reached(1).length;
    const before = reached(index).length;
    const seconds = (since: number) =>
      index === 0 || people.length === 0
        ? null
        : median(people.map(({ times }) => (times[index] ?? 0) - (times[since] ?? 0))) / 1_000;
    const share = (whole: number) => (whole === 0 ? null : expect.closeTo(people.length / whole, 5));
    return {
      people: people.length,
      fromFirst: share(first),
      fromBefore: index === 0 ? null : share(before),
      medianSeconds: seconds(index - 1),
      medianSecondsFromFirst: seconds(0),
    };
  });
}

const track = (...events: string[]) => ({ match: { type: 'track', events } });
const named =
  (...names: string[]): Step =>
  ({ type, event }) =>
    type === 'track' && names.includes(event);
const steps = [track('Product Viewed'), track('Product Added'), track('Checkout Started'), track('Order Completed')];
const tests = [named('Product Viewed'), named('Product Added'), named('Checkout Started'), named('Order Completed')];
const ask = async (input: object): Promise<Funnel> =>
  funnelSchema.parse(await readFunnel(stores, shop.id, funnelInputSchema.parse({ ...period, ...input })));

describe('a funnel', () => {
  it.each([
    { n: 7, unit: 'day' as const, ms: 7 * 86_400_000 },
    { n: 2, unit: 'hour' as const, ms: 2 * 3_600_000 },
  ])('counts people step by step within $n $unit, with the time they need', async ({ ms, ...within }) => {
    const answer = await ask({ steps, within });
    const wanted = expected(runsOf(tests, ms), 4);
    expect(answer.steps).toEqual(wanted);
    expect(wanted[2]?.people).toBeGreaterThan(1);
  });

  it('takes no event for two steps, also when both ask for the same', async () => {
    const within = { n: 3, unit: 'day' };
    const answer = await ask({
      steps: [track('Product Viewed'), track('Product Viewed', 'Product Added'), track('Product Viewed')],
      within,
    });
    const both = named('Product Viewed', 'Product Added');
    expect(answer.steps).toEqual(expected(runsOf([tests[0] ?? both, both, tests[0] ?? both], 3 * 86_400_000), 3));
  });

  it('is split by the event the run began with; the rest is one group', async () => {
    const within = { n: 7, unit: 'day' };
    const answer = await ask({ steps, within, breakdown: { field: 'device_type' }, groups: 2 });
    const runs = runsOf(tests, 7 * 86_400_000);
    expect(answer.steps).toEqual(expected(runs, 4));
    const groups = ['', 'mobile', 'desktop']
      .map((device) => ({ device, runs: runs.filter((run) => run.device === device) }))
      .toSorted((a, b) => b.runs.length - a.runs.length || (a.device < b.device ? -1 : 1));
    expect(answer.groups).toEqual(
      groups.map(({ device, runs: own }, index) => ({
        group: index < 2 ? device : '',
        other: index === 2,
        steps: expected(own, 4),
      })),
    );
  });

  it('keeps to its filters and names the people of a step, and those who stopped there', async () => {
    const within = { n: 7, unit: 'day' };
    const filters = [{ field: 'site', values: ['fr'] }];
    const runs = runsOf(tests, 7 * 86_400_000, ({ site }) => site === 'fr');
    const input = { ...period, steps, within, filters };
    expect((await ask(input)).steps).toEqual(expected(runs, 4));
    const ids = (own: readonly Run[]) =>
      own
        .map(({ person }) => person)
        .toSorted((a, b) => a - b)
        .map(encodeProfileId);
    const behind = async (people: object) =>
      reportPeopleSchema.parse(await readFunnel(stores, shop.id, funnelInputSchema.parse({ ...input, people })));
    const second = runs.filter(({ times }) => times.length >= 2);
    expect(await behind({ step: 2 })).toEqual({ count: second.length, items: ids(second), next: null });
    expect((await behind({ step: 2, did: 'stopped' })).items).toEqual(
      ids(runs.filter(({ times }) => times.length === 2)),
    );
    await expect(behind({ step: 5 })).rejects.toMatchObject({ code: 'decide.no_such_step' });
  });

  it('of nothing is zero', async () => {
    const answer = await ask({ steps: [track('Never'), track('Ever')], breakdown: { property: "o'k.x" } });
    expect(answer.steps.map(({ people }) => people)).toEqual([0, 0]);
    expect(answer.groups).toEqual([]);
  });
});
