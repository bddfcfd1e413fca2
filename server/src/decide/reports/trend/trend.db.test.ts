import { reportPeopleSchema, type Trend, type TrendInput, trendInputSchema, trendSchema } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkspace } from '../../../../test/builders.ts';
import {
  openReportShop,
  personOf,
  randomSample,
  type SampleEvent,
  type SampleOrder,
} from '../../../../test/reportShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { addDays, localDay } from '../../analytics/days.ts';
import { readTrend } from './readTrend.ts';

const stores = useStores();
const zone = 'Europe/Paris';
// The clocks change on 29 March 2026.
const sample = randomSample(7, { from: '2026-02-20', days: 60, people: 60 });
let shop: TestWorkspace;
beforeAll(async () => {
  stores.clock.set('2026-04-15T10:00:00Z');
  shop = await openReportShop(stores, sample, zone);
});

const period = { from: '2026-03-21', to: '2026-04-10' };
type Given = Parameters<typeof trendInputSchema.parse>[0];
const ask = async (input: object): Promise<Trend> =>
  trendSchema.parse(await readTrend(stores, shop.id, trendInputSchema.parse({ ...period, ...input } satisfies Given)));

const events = sample.events.filter(({ bot }) => !bot);
const sales = sample.orders
  .filter(({ status }) => status === 'completed')
  .map((order) => ({ ...order, net: order.total - order.refunded }));
const monday = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
const bucketOf = (at: number, interval: TrendInput['interval'], shift = 0): string => {
  const day = addDays(localDay(new Date(at), zone), shift);
  return interval === 'day' ? day : interval === 'week' ? monday(day) : `${day.slice(0, 7)}-01`;
};
const inPeriod = ({ at }: { at: number }, from = period.from, to = period.to): boolean => {
  const day = localDay(new Date(at), zone);
  return day >= from && day <= to;
};
const people = (rows: readonly { person: number }[]): number =>
  new Set(rows.map(({ person }) => personOf(sample, person)).filter((person) => person > 0)).size;
const money = (units: number): number => units / 10_000;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The same trend, computed in the plainest way. */
function expected<Row extends { at: number }>(
  rows: readonly Row[],
  value: (rows: readonly Row[]) => number | null,
  interval: TrendInput['interval'],
  answer: Trend,
) {
  const current = rows.filter((row) => inPeriod(row));
  return {
    values: answer.buckets.map(({ day }) => value(current.filter(({ at }) => bucketOf(at, interval) === day))),
    total: value(current),
  };
}

describe('a trend of events', () => {
  it.each(['day', 'week', 'month'] as const)('counts events and people by local %s', async (interval) => {
    const match = { type: 'track', events: ['Product Viewed', 'Product Added'] };
    const matching = events.filter(({ type, event }) => type === 'track' && match.events.includes(event));
    const counted = await ask({ metric: { of: 'events', match }, interval });
    expect(counted.series[0]).toMatchObject(expected(matching, (rows) => rows.length, interval, counted));
    const persons = await ask({ metric: { of: 'people', match }, interval });
    expect(persons.series[0]).toMatchObject(expected(matching, people, interval, persons));
    expect(persons.series[0]?.total).toBeGreaterThan(20);
  });

  it('of a property keeps its largest values and counts the rest as one', async () => {
    const answer = await ask({
      metric: { of: 'people', match: { type: 'track' } },
      interval: 'week',
      breakdown: { property: 'color' },
      groups: 2,
    });
    const rows = events.filter(({ type }) => type === 'track');
    const totals = ['red', 'blue', '']
      .map((color) => ({ color, people: people(rows.filter((row) => inPeriod(row) && row.color === color)) }))
      .toSorted((a, b) => b.people - a.people || (a.color < b.color ? -1 : 1));
    expect(answer.groups).toBe(3);
    expect(answer.series.map(({ kind, group }) => [kind, group])).toEqual([
      ['all', ''],
      ['group', totals[0]?.color],
      ['group', totals[1]?.color],
      ['other', ''],
    ]);
    for (const series of answer.series) {
      const own = rows.filter(({ color }) =>
        series.kind === 'all' ? true : series.kind === 'group' ? color === series.group : color === totals[2]?.color,
      );
      expect(series).toMatchObject(expected(own, people, 'week', answer));
    }
  });

  it('asks facts of events, properties deep in them and filters', async () => {
    const answer = await ask({
      metric: {
        of: 'events',
        match: {
          type: 'track',
          events: [],
          where: [
            { field: 'category', test: { type: 'text', op: 'is', value: "l'ÉTÉ" } },
            { property: 'size.eu', test: { type: 'number', op: 'gte', value: 44 } },
          ],
        },
      },
      filters: [
        { field: 'site', values: ['fr'] },
        { property: 'color', op: 'not_in', values: ['red', ''] },
      ],
    });
    const rows = events.filter(
      ({ type, category, color, site }) =>
        type === 'track' && category === "L'été" && color === 'blue' && site === 'fr',
    );
    expect(answer.series[0]).toMatchObject(expected(rows, (own) => own.length, 'day', answer));
  });
});

describe('a trend of orders', () => {
  it('sums orders less refunds, without cancelled ones, and divides them', async () => {
    const net = (rows: readonly (typeof sales)[number][]) => money(sum(rows.map((row) => row.net)));
    const revenue = await ask({ metric: { of: 'revenue' }, interval: 'week' });
    expect(revenue.series[0]).toMatchObject(expected(sales, net, 'week', revenue));
    const aov = await ask({ metric: { of: 'aov' }, interval: 'week' });
    const wanted = expected(sales, (rows) => (rows.length === 0 ? null : net(rows) / rows.length), 'week', aov);
    expect(aov.series[0]?.total).toBeCloseTo(wanted.total ?? 0, 5);
    const refunds = await ask({ metric: { of: 'refunds' }, interval: 'month' });
    expect(refunds.series[0]).toMatchObject(
      expected(sales, (rows) => money(sum(rows.map((row) => row.refunded))), 'month', refunds),
    );
    const orders = await ask({ metric: { of: 'orders' }, interval: 'day', breakdown: { field: 'channel' } });
    for (const series of orders.series) {
      const own = sales.filter(({ channel }) => series.kind === 'all' || channel === series.group);
      expect(series).toMatchObject(expected(own, (rows) => rows.length, 'day', orders));
    }
  });

  it('tells first orders from later ones over all time', async () => {
    const order = (a: SampleOrder, b: SampleOrder): number => a.at - b.at || (a.id < b.id ? -1 : 1);
    const firsts = new Map<number, string>();
    for (const sale of sales.toSorted(order)) {
      const person = personOf(sample, sale.person);
      if (person > 0 && !firsts.has(person)) firsts.set(person, sale.id);
    }
    const isFirst = (sale: SampleOrder): boolean => firsts.get(personOf(sample, sale.person)) === sale.id;
    const answer = await ask({ metric: { of: 'new_customers' }, interval: 'week' });
    expect(answer.series[0]).toMatchObject(expected(sales.filter(isFirst), people, 'week', answer));
    const revenue = await ask({ metric: { of: 'revenue' }, interval: 'month', breakdown: { field: 'customer' } });
    expect(revenue.series.map(({ group }) => group).toSorted()).toEqual(['', '', 'new', 'returning']);
    for (const series of revenue.series.slice(1)) {
      const own = sales.filter((sale) =>
        series.group === '' ? sale.person === 0 : sale.person > 0 && isFirst(sale) === (series.group === 'new'),
      );
      expect(series).toMatchObject(expected(own, (rows) => money(sum(rows.map((row) => row.net))), 'month', revenue));
    }
  });

  it('splits revenue by category of the lines, and takes device from the event that reported the order', async () => {
    const lines = sales.flatMap((sale) => sale.lines.map((line) => ({ ...line, at: sale.at, id: sale.id })));
    const byCategory = await ask({ metric: { of: 'revenue' }, interval: 'month', breakdown: { field: 'category' } });
    for (const series of byCategory.series.filter(({ kind }) => kind === 'group')) {
      const own = lines.filter(({ category }) => category === series.group);
      const value = (rows: readonly (typeof lines)[number][]) =>
        money(sum(rows.map(({ quantity, price }) => quantity * price)));
      expect(series).toMatchObject(expected(own, value, 'month', byCategory));
    }
    const devices = new Map(
      sample.events.flatMap(({ orderId, device }) => (orderId === '' ? [] : [[orderId, device]])),
    );
    const byDevice = await ask({ metric: { of: 'orders' }, interval: 'month', breakdown: { field: 'device_type' } });
    for (const series of byDevice.series.filter(({ kind }) => kind === 'group')) {
      const own = sales.filter(({ id }) => (devices.get(id) ?? '') === series.group);
      expect(series).toMatchObject(expected(own, (rows) => rows.length, 'month', byDevice));
    }
    const withHats = await ask({ metric: { of: 'orders' }, filters: [{ field: 'category', values: ['Hats'] }] });
    const hats = sales.filter((sale) => sale.lines.some(({ category }) => category === 'Hats'));
    expect(withHats.series[0]).toMatchObject(expected(hats, (rows) => rows.length, 'day', withHats));
  });

  it('divides visitors who ordered by visitors', async () => {
    const answer = await ask({ metric: { of: 'conversion' }, interval: 'week', breakdown: { field: 'device_type' } });
    const visits = events.filter(({ type, person }) => type === 'page' && person > 0);
    const share = (rows: readonly SampleEvent[], bought: ReadonlySet<number>): number | null => {
      const visitors = new Set(rows.map(({ person }) => personOf(sample, person)));
      return visitors.size === 0 ? null : [...visitors].filter((person) => bought.has(person)).length / visitors.size;
    };
    const buyers = (rows: readonly (typeof sales)[number][]) =>
      new Set(rows.map(({ person }) => personOf(sample, person)).filter((person) => person > 0));
    for (const series of answer.series) {
      const own = visits.filter(({ device }) => series.kind === 'all' || device === series.group);
      answer.buckets.forEach(({ day }, index) => {
        const at = (row: { at: number }): boolean => inPeriod(row) && bucketOf(row.at, 'week') === day;
        const wanted = share(own.filter(at), buyers(sales.filter(at)));
        if (wanted === null) expect(series.values[index]).toBeNull();
        else expect(series.values[index]).toBeCloseTo(wanted, 5);
      });
      const whole = share(
        own.filter((row) => inPeriod(row)),
        buyers(sales.filter((row) => inPeriod(row))),
      );
      expect(series.total).toBeCloseTo(whole ?? -1, 5);
    }
  });
});

describe('a trend', () => {
  it('lays the period before on the period, day by day', async () => {
    const answer = await ask({ metric: { of: 'revenue' }, interval: 'week', compare: 'previous' });
    expect(answer.before).toEqual({ from: '2026-02-28', to: '2026-03-20' });
    const before = sales.filter((row) => inPeriod(row, '2026-02-28', '2026-03-20'));
    const wanted = answer.buckets.map(({ day }) =>
      money(sum(before.filter(({ at }) => bucketOf(at, 'week', 21) === day).map(({ net }) => net))),
    );
    expect(answer.series[0]?.previous).toEqual(wanted);
    expect(answer.series[0]?.previousTotal).toBe(money(sum(before.map(({ net }) => net))));
    expect(answer.series[0]).toMatchObject(
      expected(sales, (rows) => money(sum(rows.map((row) => row.net))), 'week', answer),
    );
  });

  it('names the people behind each point, page by page', async () => {
    const metric = { of: 'buyers' };
    const whole = await ask({ metric, breakdown: { field: 'channel' }, interval: 'week' });
    const series = whole.series.find(({ group }) => group === 'store');
    const bucket = whole.buckets[1]?.day ?? '';
    const wanted = [
      ...new Set(
        sales
          .filter((row) => inPeriod(row) && row.channel === 'store' && bucketOf(row.at, 'week') === bucket)
          .map(({ person }) => personOf(sample, person))
          .filter((person) => person > 0),
      ),
    ].toSorted((a, b) => a - b);
    expect(wanted.length).toBe(series?.values[1]);
    const found: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const people = { bucket, group: 'store', limit: 3, cursor };
      const page = reportPeopleSchema.parse(
        await readTrend(
          stores,
          shop.id,
          trendInputSchema.parse({ ...period, metric, breakdown: { field: 'channel' }, interval: 'week', people }),
        ),
      );
      expect(page.count).toBe(wanted.length);
      found.push(...page.items);
      more = page.next !== null;
      cursor = page.next ?? undefined;
    }
    expect(found).toEqual(wanted.map(encodeProfileId));
  });

  it('keeps to the people who are in a segment now', async () => {
    const rows = [
      { segment_id: 5, profile_id: 1, member: true },
      { segment_id: 5, profile_id: 4, member: true },
      { segment_id: 5, profile_id: 6, member: false },
      { segment_id: 6, profile_id: 8, member: true },
    ].map((row) => JSON.stringify({ workspace_id: shop.id, since: '2026-01-01T00:00:00Z', version: 1, ...row }));
    await stores.ch.insert('memberships', Buffer.from(rows.join('\n')), { token: `members of ${shop.id}` });
    const own = (row: { person: number }): boolean => [1, 4].includes(personOf(sample, row.person));
    const orders = await ask({ metric: { of: 'orders' }, interval: 'month', segment: '5' });
    expect(orders.series[0]).toMatchObject(expected(sales.filter(own), (all) => all.length, 'month', orders));
    const visitors = await ask({ metric: { of: 'visitors' }, interval: 'month', segment: '5' });
    const views = events.filter((event) => event.type === 'page' && own(event));
    expect(visitors.series[0]).toMatchObject(expected(views, people, 'month', visitors));
    expect(visitors.series[0]?.total).toBe(2);
    expect((await ask({ metric: { of: 'orders' }, segment: 'nobody' })).series[0]?.total).toBe(0);
  });

  it('refuses what cannot be counted, with what can', async () => {
    await expect(ask({ metric: { of: 'revenue' }, breakdown: { field: 'browser' } })).rejects.toMatchObject({
      code: 'decide.dimension_unsuited',
    });
    await expect(ask({ metric: { of: 'aov' }, breakdown: { field: 'brand' } })).rejects.toMatchObject({
      code: 'decide.metric_unsuited',
    });
    await expect(ask({ metric: { of: 'visitors' }, breakdown: { field: 'channel' } })).rejects.toMatchObject({
      code: 'decide.dimension_unsuited',
    });
    await expect(ask({ metric: { of: 'orders' }, from: '2020-01-01' })).rejects.toMatchObject({
      code: 'decide.bad_period',
    });
  });
});
