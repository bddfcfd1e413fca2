import type { Stats } from '@vitrail/contracts';
import { type Deps, Fault } from '../../platform/index.ts';
import { countEvents } from './sql/overview.ch.ts';
import { countProfiles, readSettings, sumAllOrders } from './sql/stats.pg.ts';

/** Figures of the whole workspace, counted now in the stores that are the record of each. */
export async function readStats(deps: Pick<Deps, 'pg' | 'ch' | 'clock'>, workspace: number): Promise<Stats> {
  const [settings, counts, sums, events] = await Promise.all([
    deps.pg.row(readSettings, { workspace }),
    deps.pg.row(countProfiles, { workspace }),
    deps.pg.rows(sumAllOrders, { workspace }),
    deps.ch.rows(countEvents, { workspace }),
  ]);
  if (settings === null || counts === null)
    throw new Fault('not_found', 'decide.workspace_gone', 'This workspace does not exist.');
  const total = (pick: (row: (typeof sums)[number]) => string | number): number =>
    Math.round(sums.reduce((sum, row) => sum + Number(pick(row)), 0) * 10_000) / 10_000;
  return {
    ...counts,
    events: events[0]?.events ?? 0,
    orders: total((row) => row.orders),
    revenue: total((row) => row.base_revenue),
    currency: settings.base_currency,
    refunded: total((row) => row.base_refunded),
    ordersWithoutRate: total((row) => row.without_rate),
    ordersWithoutCustomer: total((row) => row.without_customer),
    revenueByCurrency: sums
      .filter((row) => row.currency !== null)
      .map((row) => ({ currency: row.currency ?? '', orders: row.orders, revenue: Number(row.revenue) })),
    at: deps.clock.now().toISOString(),
  };
}
