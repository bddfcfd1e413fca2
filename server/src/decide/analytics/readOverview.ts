import type { Overview } from '@vitrail/contracts';
import { type Deps, Fault } from '../../platform/index.ts';
import { addDays, listDays, localDay, startOfDay } from './days.ts';
import { countVisitors, sumOrdersByDay } from './sql/overview.ch.ts';
import { countByDay, readSettings } from './sql/stats.pg.ts';

/** More days would be drawn thinner than a pixel. */
const maxDays = 800;

type Totals = Overview['totals'];

/** Visitors, orders, revenue, new and merged people by day of the workspace's time zone, with the period before. */
export async function readOverview(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  query: { from?: string | undefined; to?: string | undefined; site?: string | undefined },
): Promise<Overview> {
  const settings = await deps.pg.row(readSettings, { workspace });
  if (settings === null) throw new Fault('not_found', 'decide.workspace_gone', 'This workspace does not exist.');
  const zone = settings.time_zone;
  const now = deps.clock.now();
  const to = query.to ?? localDay(now, zone);
  const from = query.from ?? addDays(to, -29);
  const days = from <= to ? listDays(from, to) : [];
  if (days.length === 0 || days.length > maxDays) {
    throw new Fault(
      'invalid',
      'decide.bad_period',
      `\`from\` must not be after \`to\`, and at most ${maxDays} days can be shown.`,
    );
  }
  const before = addDays(from, -days.length);
  const [current, previous, profiles] = await Promise.all([
    readPeriod(deps, workspace, zone, from, addDays(to, 1), query.site ?? ''),
    readPeriod(deps, workspace, zone, before, from, query.site ?? ''),
    deps.pg.rows(countByDay, { workspace, from: startOfDay(from, zone), to: startOfDay(addDays(to, 1), zone), zone }),
  ]);
  const profilesOf = new Map(profiles.map((row) => [row.day, row]));
  return {
    from,
    to,
    timeZone: zone,
    currency: settings.base_currency,
    at: now.toISOString(),
    days: days.map((day) => ({
      day,
      visitors: current.visitors.get(day) ?? 0,
      orders: current.orders.get(day)?.orders ?? 0,
      revenue: current.orders.get(day)?.revenue ?? 0,
      newCustomers: current.orders.get(day)?.new_customers ?? 0,
      newProfiles: profilesOf.get(day)?.profiles ?? 0,
      mergedProfiles: profilesOf.get(day)?.merged ?? 0,
    })),
    totals: current.totals,
    previous: previous.totals,
  };
}

async function readPeriod(
  deps: Pick<Deps, 'ch'>,
  workspace: number,
  zone: string,
  from: string,
  until: string,
  site: string,
) {
  const params = {
    workspace,
    zone,
    site,
    from: startOfDay(from, zone).getTime(),
    to: startOfDay(until, zone).getTime(),
  };
  const [visitorRows, orderRows] = await Promise.all([
    deps.ch.rows(countVisitors, params),
    deps.ch.rows(sumOrdersByDay, params),
  ]);
  const visitors = new Map(visitorRows.map((row) => [row.day, row.visitors]));
  const orders = new Map(orderRows.map((row) => [row.day, row]));
  const sum = (pick: (row: (typeof orderRows)[number]) => number): number =>
    Math.round(orderRows.reduce((total, row) => total + pick(row), 0) * 10_000) / 10_000;
  const totals: Totals = {
    visitors: visitors.get('') ?? 0,
    orders: sum((row) => row.orders),
    revenue: sum((row) => row.revenue),
    newCustomers: sum((row) => row.new_customers),
  };
  return { visitors, orders, totals };
}
