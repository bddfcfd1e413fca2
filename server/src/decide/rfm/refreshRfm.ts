import type { RfmEdges, RfmSettings } from '@vitrail/contracts';
import type { Deps, Pg } from '../../platform/index.ts';
import { addDays, localDay, startOfDay } from '../analytics/days.ts';
import { markReferences } from '../references/changeReferences.ts';
import { applySegmentsNow } from '../segments/jobs.ts';
import { compileFifths, compileSnapshot } from './compileRfm.ts';
import { edgesOfBands, edgesOfFifths, hasDrifted, readEdges, readSettings } from './edges.ts';
import { getWorkspace } from './readRfm.ts';
import { listOrderSites } from './sql/personaDays.ch.ts';
import { addRfmEdges, dropOldRfmEdges } from './sql/rfm.pg.ts';

type RefreshDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>;

/** How long thresholds that were replaced are kept. */
const keepDays = 400;
/** Months of history written when personas are first looked at. */
const restoredMonths = 12;

/**
 * Computes the thresholds of a workspace and of each of its sites anew, keeps those that changed as a new version, and notes
 * whose persona changed. Repeatable.
 */
export async function refreshRfm(deps: RefreshDeps, workspace: number): Promise<void> {
  const now = deps.clock.now();
  const settings = await readSettings(deps.pg, workspace);
  const sites = await deps.ch.rows(listOrderSites, { workspace });
  const before = await readEdges(deps.pg, workspace, '');
  let changed = false;
  for (const site of ['', ...sites.map((row) => row.site)]) {
    const saved = await refreshSite(deps, { workspace, site, settings, now });
    if (site === '' && saved) changed = true;
  }
  await deps.pg.run(dropOldRfmEdges, { workspace, before: new Date(now.getTime() - keepDays * 86_400_000) });
  if (changed) await applySegmentsNow(deps);
  const after = await readEdges(deps.pg, workspace, '');
  await notePersonas(deps, workspace, { now, restore: hasDrifted(before.buyers, after.buyers) });
}

/** True when the thresholds are others than before. */
async function refreshSite(
  deps: Pick<Deps, 'pg' | 'ch'>,
  { workspace, site, settings, now }: { workspace: number; site: string; settings: RfmSettings; now: Date },
): Promise<boolean> {
  const { query, values } = compileFifths(site);
  const [row] = await deps.ch.rows(query, { ...values, workspace, now: now.getTime() }, { lane: 'heavy' });
  if (row === undefined || row.buyers === 0) return false;
  const edges =
    settings.method === 'bands'
      ? edgesOfBands(settings.bands)
      : edgesOfFifths({
          recencyMs: row.recency,
          orders: row.orders_at,
          revenue: row.revenue_at,
          engagement: row.engagement_at,
        });
  return saveEdges(deps.pg, { workspace, site, edges, buyers: row.buyers, now });
}

async function saveEdges(
  pg: Deps['pg'],
  {
    workspace,
    site,
    edges,
    buyers,
    now,
  }: { workspace: number; site: string; edges: RfmEdges; buyers: number; now: Date },
): Promise<boolean> {
  const current = await readEdges(pg, workspace, site);
  if (current.version > 0 && sameEdges(current.edges, edges) && !hasDrifted(current.buyers, buyers)) return false;
  await pg.transaction(async (tx: Pg) => {
    await tx.row(addRfmEdges, { workspace, site, edges: { ...edges }, buyers, at: now });
    if (site === '') await markReferences(tx, workspace, { kind: 'persona' });
  });
  return true;
}

const sameEdges = (one: RfmEdges, other: RfmEdges): boolean =>
  (['recencyDays', 'orders', 'revenue', 'engagement'] as const).every((name) =>
    one[name].every((value, index) => value === other[name][index]),
  );

/**
 * Writes today's changes. At the first time, and after a large import, also what personas were at the start of each of the
 * last months: orders say when they were placed.
 */
async function notePersonas(
  deps: Pick<Deps, 'pg' | 'ch'>,
  workspace: number,
  { now, restore }: { now: Date; restore: boolean },
): Promise<void> {
  const { zone } = await getWorkspace(deps, workspace);
  const { edges } = await readEdges(deps.pg, workspace, '');
  const today = localDay(now, zone);
  const past = restore ? monthsBefore(today).map((day) => ({ day, at: startOfDay(day, zone) })) : [];
  const { query, values } = compileSnapshot(edges);
  for (const { day, at } of [...past, { day: today, at: now }]) {
    await deps.ch.run(query, { ...values, workspace, now: at.getTime(), day, version: now.getTime() });
  }
}

/** 30 days apart, oldest first, ending 30 days before today. */
const monthsBefore = (today: string): string[] =>
  Array.from({ length: restoredMonths }, (_, month) => addDays(today, -30 * (restoredMonths - month)));
