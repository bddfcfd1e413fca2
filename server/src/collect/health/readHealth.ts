import type { DataHealth } from '@vitrail/contracts';
import type { Deps, PgRow } from '../../platform/index.ts';
import { listCounters, listSourceHealth, sumBacklog } from './sql/health.pg.ts';

type Counter = PgRow<(typeof listCounters)['row']>;

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Adds up counters by name, drops and refusals by reason. */
function sum(counters: readonly Counter[]) {
  const totals = { accepted: 0, violations: 0, dropped: new Map<string, number>(), refused: new Map<string, number>() };
  for (const { name, reason, count } of counters) {
    if (name === 'accepted') totals.accepted += count;
    else if (name === 'violation') totals.violations += count;
    else if (name === 'dropped' || name === 'refused')
      totals[name].set(reason, (totals[name].get(reason) ?? 0) + count);
  }
  return {
    accepted: totals.accepted,
    violations: totals.violations,
    dropped: Object.fromEntries(totals.dropped),
    refused: Object.fromEntries(totals.refused),
  };
}

/** How each source fares: what came in, what was not kept and why, day by day, and how old the last event is. */
export async function readHealth(
  deps: Pick<Deps, 'pg' | 'clock'>,
  workspace: number,
  days: number,
): Promise<DataHealth> {
  const now = deps.clock.now();
  const from = isoDay(now.getTime() - (days - 1) * 86_400_000);
  const [sources, counters, backlog] = await Promise.all([
    deps.pg.rows(listSourceHealth, { workspace }),
    deps.pg.rows(listCounters, { workspace, from }),
    deps.pg.row(sumBacklog, { workspace }),
  ]);
  const dayList = Array.from({ length: days }, (_, index) => isoDay(now.getTime() - (days - 1 - index) * 86_400_000));
  return {
    from,
    to: isoDay(now.getTime()),
    backlog: backlog?.events ?? 0,
    sources: sources.map(({ id, name, family, archived, lastEventAt }) => {
      const own = counters.filter(({ sourceId }) => sourceId === id);
      return {
        sourceId: id,
        name,
        family,
        archived,
        lastEventAt: lastEventAt?.toISOString() ?? null,
        freshnessSeconds:
          lastEventAt === null ? null : Math.max(0, Math.round((now.getTime() - lastEventAt.getTime()) / 1_000)),
        ...sum(own),
        days: dayList.map((day) => ({ day, ...sum(own.filter((counter) => counter.day === day)) })),
      };
    }),
  };
}
