import { dashboardSchema } from '@vitrail/contracts';
import { chQuery, createLog, openChdb, openDataDir, systemClock } from 'vitrail/dist/platform/index.js';
import { percentile } from './percentile.ts';
import type { BenchServer } from './server.ts';

/** The last thirty days of the history, which ends here. */
const [from, to] = ['2026-10-02', '2026-10-31'];
const steps = ['Product Viewed', 'Product Added', 'Cart Viewed'];
const runs = 5;

/** Median of the settled runs: the first ones compile code and fill caches. */
async function settled(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs + 2; run++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return percentile(times.slice(2), 0.5);
}

export interface ReportTimes {
  readonly dashboard: number;
  readonly funnel: number;
  readonly retention: number;
}

/** Milliseconds until the answer is here, as the console asks. */
export async function benchReports(server: BenchServer): Promise<ReportTimes> {
  const ask = async (kind: string, body: object): Promise<void> => {
    const status = await server.send('POST', `/api/v1/reports/${kind}`, body);
    if (status !== 200) throw new Error(`the ${kind} report answered ${status}`);
  };
  const match = (event: string) => ({ match: { type: 'track', events: [event] } });
  const page = { of: 'event', match: { type: 'page' } };
  return {
    dashboard: await settled(() => server.get(dashboardSchema, `/api/v1/reports/dashboard?from=${from}&to=${to}`)),
    funnel: await settled(() => ask('funnel', { from, to, steps: steps.map(match), within: { n: 30, unit: 'day' } })),
    retention: await settled(() =>
      ask('retention', { from: '2025-11-02', to, first: page, back: page, interval: 'month' }),
    ),
  };
}

const root = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";

/** The same figures as somebody who knows the tables would ask for them by hand, in as few statements. */
const byHand = {
  visits: chQuery({
    name: 'bench.dashboardVisits',
    params: {},
    row: { before: 'UInt8', visitors: 'UInt64', views: 'UInt64' },
    text: `
      select before, uniqExact(person) as visitors, sum(seen) as views
      from (
        select ${root} as person, before, seen
        from (
          select workspace_id, profile_id, timestamp < '2026-10-02' as before, toDate(timestamp, 'Europe/Paris') as day,
            countIf(type = 'page') as seen
          from events
          where workspace_id = 1 and not bot and timestamp >= '2026-09-02' and timestamp < '2026-11-01'
          group by workspace_id, profile_id, before, day
        )
      )
      group by before`,
  }),
  sales: chQuery({
    name: 'bench.dashboardSales',
    params: {},
    row: { before: 'UInt8', site: 'String', channel: 'String', revenue: 'Float64', orders: 'UInt64', buyers: 'UInt64' },
    text: `
      select before, toString(site) as site, toString(channel) as channel, toFloat64(sum(net)) as revenue,
        count() as orders, uniqExact(person) as buyers
      from (
        select ${root} as person, site, channel, ordered_at < '2026-10-02' as before,
          ifNull(base_total, 0) - base_refunded as net
        from orders final
        where workspace_id = 1 and status not in ('cancelled', '')
          and ordered_at >= '2026-09-02' and ordered_at < '2026-11-01'
      )
      group by grouping sets ((before), (before, site), (before, channel))`,
  }),
  funnel: chQuery({
    name: 'bench.funnel',
    params: {},
    row: { level: 'UInt8', people: 'UInt64' },
    text: `
      select level, count() as people
      from (
        select person, windowFunnel(2592000000)(ms, step = 1, step = 2, step = 3) as level
        from (
          select ${root} as person, toUInt64(toUnixTimestamp64Milli(timestamp)) as ms,
            multiIf(event = 'Product Viewed', 1, event = 'Product Added', 2, 3) as step
          from events
          where workspace_id = 1 and not bot and type = 'track' and timestamp >= '2026-10-02'
            and event in ('Product Viewed', 'Product Added', 'Cart Viewed')
        )
        group by person
      )
      group by level`,
  }),
  retention: chQuery({
    name: 'bench.retention',
    params: {},
    row: { cohort: 'Date', month: 'Date', people: 'UInt64' },
    text: `
      select cohort, month, uniqExact(person) as people
      from (
        select ${root} as person, toStartOfMonth(timestamp) as month
        from events where workspace_id = 1 and not bot and type = 'page'
        group by person, month
      ) as came
      inner join (
        select ${root} as person, toStartOfMonth(min(timestamp)) as cohort
        from events where workspace_id = 1 and not bot and type = 'page'
        group by person
      ) as started using (person)
      group by cohort, month`,
  }),
} as const;

/** Milliseconds of hand-written statements on the data of a stopped server. They count less: no medians, no revenue. */
export async function benchByHand(dataDir: string): Promise<ReportTimes> {
  const folder = await openDataDir({ path: dataDir, address: 'http://127.0.0.1:1', clock: systemClock });
  try {
    const ch = await openChdb({ dataDir: folder.analyticsDir, log: createLog('warn') });
    try {
      return {
        dashboard: await settled(() => Promise.all([ch.rows(byHand.visits, {}), ch.rows(byHand.sales, {})])),
        funnel: await settled(() => ch.rows(byHand.funnel, {})),
        retention: await settled(() => ch.rows(byHand.retention, {})),
      };
    } finally {
      await ch.close();
    }
  } finally {
    folder.release();
  }
}
