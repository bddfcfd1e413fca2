import { type Clock, Fault, type Pg } from '../../platform/index.ts';
import { loadRates } from '../currency/loadRates.ts';
import type { Rates } from '../currency/rates.ts';
import { loadPlan, type TrackingPlan } from '../plan/loadPlan.ts';
import { listSources, readWorkspace } from './sql/batches.pg.ts';

export interface SourceContext {
  readonly id: number;
  readonly priority: number;
  /** Name of its site, or ''. */
  readonly site: string;
  readonly country: string;
  readonly currency: string;
}

/** What the steps need to know of a workspace. */
export interface WorkspaceContext {
  readonly id: number;
  readonly baseCurrency: string;
  /** ISO 3166 code: how local telephone numbers are read when the source has no site. */
  readonly country: string;
  readonly sources: ReadonlyMap<number, SourceContext>;
  readonly rates: Rates;
}

interface Loaded {
  readonly workspace: WorkspaceContext;
  readonly plan: TrackingPlan;
}

/** A change in the settings is felt by the pipeline within this time. */
const freshMs = 1_000;

/** Reads a workspace's settings at most once a second. */
export function createContextCache(pg: Pg, clock: Clock) {
  const cache = new Map<number, { at: number; loaded: Loaded }>();

  const load = async (id: number): Promise<Loaded> => {
    const settings = await pg.row(readWorkspace, { workspace: id });
    if (settings === null)
      throw new Fault('not_found', 'collect.workspace_gone', `Workspace ${id} does not exist any more.`);
    const [sources, rates, plan] = await Promise.all([
      pg.rows(listSources, { workspace: id }),
      loadRates(pg, id),
      loadPlan(pg, id),
    ]);
    const workspace: WorkspaceContext = {
      id,
      baseCurrency: settings.base_currency,
      country: settings.country,
      sources: new Map(
        sources.map((source) => [
          source.id,
          {
            id: source.id,
            priority: source.priority,
            site: source.site ?? '',
            country: source.country ?? settings.country,
            currency: source.currency ?? settings.base_currency,
          },
        ]),
      ),
      rates,
    };
    return { workspace, plan };
  };

  return {
    async get(id: number): Promise<Loaded> {
      const now = clock.now().getTime();
      const entry = cache.get(id);
      if (entry !== undefined && now - entry.at >= 0 && now - entry.at < freshMs) return entry.loaded;
      const loaded = await load(id);
      cache.set(id, { at: now, loaded });
      return loaded;
    },
  };
}
