import type { Dashboard, DashboardFigures, DashboardQuery, ReportFilter } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { listDays } from '../../analytics/days.ts';
import { about } from '../about.ts';
import { ask } from '../ask.ts';
import { readScope } from '../scope.ts';
import { listProductNames } from '../sql/products.pg.ts';
import { compileDashboardLines, compileDashboardSales, compileDashboardVisits } from './compileDashboard.ts';

/** Rows of each list of what sold best. */
const listed = 10;

const divide = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1e6) / 1e6;

/** The shop at a glance, with the period before: every list and figure in one answer. */
export async function readDashboard(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  query: DashboardQuery,
): Promise<Dashboard> {
  const scope = await readScope(deps, workspace, query);
  const filters: ReportFilter[] = query.site === undefined ? [] : [{ field: 'site', op: 'in', values: [query.site] }];
  const [sales, lines, visits] = await Promise.all([
    ask(deps, compileDashboardSales(filters, scope)),
    ask(deps, compileDashboardLines(filters, listed, scope)),
    ask(deps, compileDashboardVisits(filters, scope)),
  ]);
  const products = lines.filter(({ by }) => by === 'product');
  const names = await deps.pg.rows(listProductNames, { workspace, ids: products.map(({ key }) => key) });
  const nameOf = new Map(names.map(({ product_id, title }) => [product_id, title]));

  const figures = (previous: 0 | 1): DashboardFigures => {
    const sold = sales.find((row) => row.by === 'all' && row.previous === previous);
    const came = visits.find((row) => row.whole === 1 && row.previous === previous);
    const all = lines.find(({ by }) => by === 'all');
    const { revenue = 0, orders = 0, buyers = 0, newCustomers = 0, newRevenue = 0, refunds = 0 } = sold ?? {};
    const { visitors = 0, views = 0, engaged = 0, converted = 0 } = came ?? {};
    return {
      revenue,
      orders,
      aov: divide(revenue, orders),
      buyers,
      newCustomers,
      returningCustomers: buyers - newCustomers,
      newRevenue,
      units: (previous === 1 ? all?.previousUnits : all?.units) ?? 0,
      refunds,
      visitors,
      converted,
      conversion: divide(converted, visitors),
      views,
      viewsPerVisitor: divide(views, visitors),
      engaged,
    };
  };
  const byDay = (previous: 0 | 1) => ({
    sales: new Map(sales.filter((row) => row.by === 'day' && row.previous === previous).map((row) => [row.key, row])),
    visits: new Map(visits.filter((row) => row.whole === 0 && row.previous === previous).map((row) => [row.day, row])),
  });
  const [current, before] = [byDay(0), byDay(1)];
  const compared = scope.before !== null;
  const parts = (by: string): Dashboard['sites'] => {
    const own = sales.filter((row) => row.by === by);
    const side = (key: string, previous: 0 | 1) => own.find((row) => row.key === key && row.previous === previous);
    return [...new Set(own.map(({ key }) => key))]
      .map((key) => ({
        key,
        revenue: side(key, 0)?.revenue ?? 0,
        orders: side(key, 0)?.orders ?? 0,
        previousRevenue: side(key, 1)?.revenue ?? 0,
        previousOrders: side(key, 1)?.orders ?? 0,
      }))
      .toSorted((a, b) => b.revenue - a.revenue || (a.key < b.key ? -1 : 1));
  };
  return {
    ...about(scope, 'dashboard'),
    before: scope.before === null ? null : { from: scope.before.from, to: scope.before.to },
    figures: figures(0),
    previous: compared ? figures(1) : null,
    days: listDays(scope.current.from, scope.current.to).map((day) => ({
      day,
      revenue: current.sales.get(day)?.revenue ?? 0,
      orders: current.sales.get(day)?.orders ?? 0,
      visitors: current.visits.get(day)?.visitors ?? 0,
      previousRevenue: compared ? (before.sales.get(day)?.revenue ?? 0) : null,
      previousOrders: compared ? (before.sales.get(day)?.orders ?? 0) : null,
      previousVisitors: compared ? (before.visits.get(day)?.visitors ?? 0) : null,
    })),
    sites: parts('site'),
    currencies: parts('currency'),
    channels: parts('channel'),
    products: products.map(({ by: _, previousUnits: __, ...row }) => ({ ...row, name: nameOf.get(row.key) ?? null })),
    categories: lines
      .filter(({ by }) => by === 'category')
      .map(({ by: _, previousUnits: __, ...row }) => ({ ...row, name: null })),
  };
}
