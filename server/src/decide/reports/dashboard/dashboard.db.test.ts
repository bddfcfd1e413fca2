import { type Dashboard, dashboardQuerySchema, dashboardSchema } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkspace } from '../../../../test/builders.ts';
import { openReportShop, personOf, randomSample } from '../../../../test/reportShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { localDay } from '../../analytics/days.ts';
import { readDashboard } from './readDashboard.ts';

const stores = useStores();
const zone = 'Europe/Paris';
const sample = randomSample(3, { from: '2026-02-01', days: 60, people: 60 });
let shop: TestWorkspace;
beforeAll(async () => {
  stores.clock.set('2026-04-15T10:00:00Z');
  shop = await openReportShop(stores, sample, zone);
});
const ask = async (query: object): Promise<Dashboard> =>
  dashboardSchema.parse(await readDashboard(stores, shop.id, dashboardQuerySchema.parse(query)));
const dayOf = ({ at }: { at: number }): string => localDay(new Date(at), zone);
const sales = sample.orders
  .filter(({ status }) => status === 'completed')
  .map((order) => ({
    ...order,
    day: dayOf(order),
    net: order.total - order.refunded,
    person: personOf(sample, order.person),
  }));
const sum = (units: readonly number[]): number => units.reduce((total, each) => total + each, 0) / 10_000;
const persons = (rows: readonly { person: number }[]): Set<number> =>
  new Set(rows.map(({ person }) => personOf(sample, person)).filter((person) => person > 0));
const first = new Map<number, string>();
for (const sale of sales.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)))
  if (sale.person > 0 && !first.has(sale.person)) first.set(sale.person, sale.id);

function expected(from: string, to: string, site?: string) {
  const within = ({ day, site: own }: { day: string; site: string }): boolean =>
    day >= from && day <= to && (site === undefined || own === site);
  const own = sales.filter(within);
  const events = sample.events.filter(
    (event) => !event.bot && event.person > 0 && within({ ...event, day: dayOf(event) }),
  );
  const views = events.filter(({ type }) => type === 'page');
  const interested = events.filter(({ event }) =>
    ['Product Viewed', 'Product Added', 'Checkout Started'].includes(event),
  );
  const isFirst = (sale: (typeof sales)[number]): boolean => first.get(sale.person) === sale.id;
  const buyers = persons(own);
  const visitors = persons(views);
  const converted = [...visitors].filter((person) => buyers.has(person)).length;
  const news = persons(own.filter((sale) => sale.person > 0 && isFirst(sale))).size;
  return {
    revenue: sum(own.map(({ net }) => net)),
    orders: own.length,
    aov: expect.closeTo(sum(own.map(({ net }) => net)) / own.length, 5),
    buyers: buyers.size,
    newCustomers: news,
    returningCustomers: buyers.size - news,
    newRevenue: sum(own.filter((sale) => sale.person > 0 && isFirst(sale)).map(({ net }) => net)),
    units: own.flatMap(({ lines }) => lines).reduce((total, { quantity }) => total + quantity, 0),
    refunds: sum(own.map(({ refunded }) => refunded)),
    visitors: visitors.size,
    converted,
    conversion: expect.closeTo(converted / visitors.size, 5),
    views: views.length,
    viewsPerVisitor: expect.closeTo(views.length / visitors.size, 5),
    engaged: persons(interested).size,
  };
}

describe('the dashboard', () => {
  it('shows every figure with the period before', async () => {
    const answer = await ask({ from: '2026-03-11', to: '2026-03-31' });
    expect(answer.before).toEqual({ from: '2026-02-18', to: '2026-03-10' });
    expect(answer.figures).toEqual(expected('2026-03-11', '2026-03-31'));
    expect(answer.previous).toEqual(expected('2026-02-18', '2026-03-10'));
  });

  it('breaks them down by day, site, currency, channel, product and category', async () => {
    const answer = await ask({ from: '2026-03-11', to: '2026-03-31' });
    const own = sales.filter(({ day }) => day >= '2026-03-11' && day <= '2026-03-31');
    for (const { day, revenue, orders, visitors } of answer.days) {
      const views = sample.events.filter((event) => !event.bot && event.type === 'page' && dayOf(event) === day);
      const sold = own.filter((sale) => sale.day === day);
      expect([day, revenue, orders, visitors]).toEqual([
        day,
        sum(sold.map(({ net }) => net)),
        sold.length,
        persons(views).size,
      ]);
    }
    for (const [part, field] of [
      ['sites', 'site'],
      ['currencies', 'currency'],
      ['channels', 'channel'],
    ] as const) {
      for (const { key, revenue, orders } of answer[part]) {
        const sold = own.filter((sale) => sale[field] === key);
        expect([key, revenue, orders]).toEqual([key, sum(sold.map(({ net }) => net)), sold.length]);
      }
      expect(answer[part].reduce((total, { orders }) => total + orders, 0)).toBe(own.length);
    }
    const lines = own.flatMap((sale) => sale.lines.map((line) => ({ ...line, id: sale.id })));
    for (const [part, field] of [
      ['products', 'product'],
      ['categories', 'category'],
    ] as const) {
      expect(answer[part].length).toBeGreaterThan(2);
      for (const { key, revenue, units, orders } of answer[part]) {
        const sold = lines.filter((line) => line[field] === key);
        expect([key, revenue, units, orders]).toEqual([
          key,
          sum(sold.map(({ quantity, price }) => quantity * price)),
          sold.reduce((total, { quantity }) => total + quantity, 0),
          new Set(sold.map(({ id }) => id)).size,
        ]);
      }
    }
  });

  it('keeps to one site, and to one period', async () => {
    const answer = await ask({ from: '2026-03-01', to: '2026-03-20', site: 'de', compare: 'none' });
    expect(answer.figures).toEqual(expected('2026-03-01', '2026-03-20', 'de'));
    expect([answer.previous, answer.before, answer.days[0]?.previousOrders]).toEqual([null, null, null]);
  });

  it('is zero where nothing happened', async () => {
    const answer = await ask({ from: '2001-01-01', to: '2001-01-02' });
    expect(answer.figures).toMatchObject({ revenue: 0, orders: 0, aov: null, conversion: null, visitors: 0 });
    expect(answer.days).toHaveLength(2);
  });
});
