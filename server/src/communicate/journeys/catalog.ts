import {
  type JourneyDefinition,
  type JourneyHappening,
  type JourneyState,
  journeyTreeSchema,
} from '@vitrail/contracts';
import { Fault, type Json, type Pg } from '../../platform/index.ts';
import { setKeys } from './sql/events.pg.ts';
import { listStanding, raiseGeneration, readGeneration } from './sql/journeys.pg.ts';
import { closeProductCursor, openProductCursor } from './sql/products.pg.ts';

export interface StandingJourney {
  readonly id: number;
  readonly name: string;
  readonly state: JourneyState;
  readonly startedAt: Date | null;
  readonly nextAt: Date | null;
  /** The newest version: who enters takes it. */
  readonly version: number;
  readonly definition: JourneyDefinition;
  readonly versions: ReadonlyMap<number, JourneyDefinition>;
}

/** A workspace's journeys that were started, of one generation. */
export interface JourneyCatalog {
  readonly generation: number;
  readonly zone: string;
  readonly journeys: ReadonlyMap<number, StandingJourney>;
  /** By the key of an event, the journeys that people enter by it. */
  readonly entries: ReadonlyMap<string, readonly StandingJourney[]>;
}

/** Reads a stored definition: it was checked when it was saved. */
export const readDefinition = (stored: Json): JourneyDefinition => journeyTreeSchema.parse(stored);

/** Meant for one journey, whatever begins it. */
export const directKey = 'journey';

/** The key under which a happening is told. */
export function keyOfHappening(when: JourneyHappening | { type: string; event: string }): string {
  return 'segment' in when ? `segment:${when.on}:${when.segment}` : `${when.type}:${when.event}`;
}

/** Keys a definition listens to. */
export function keysOf(definition: JourneyDefinition): string[] {
  const { trigger, goal, exits, nodes } = definition;
  const began = trigger.kind === 'event' || trigger.kind === 'segment' ? [keyOfHappening(trigger)] : [];
  const waits = Object.values(nodes).flatMap((node) =>
    node.kind === 'wait' && node.until.kind === 'event' ? [keyOfHappening(node.until)] : [],
  );
  return [...began, ...(goal === undefined ? [] : [keyOfHappening(goal.when)]), ...exits.map(keyOfHappening), ...waits];
}

const stateOf = (state: string): JourneyState => (state === 'paused' || state === 'draining' ? state : 'live');

/** Catalogs in memory, read again when their generation rose. */
export function createJourneyCatalogs(pg: Pg) {
  const known = new Map<number, JourneyCatalog>();
  return {
    async get(workspace: number, on: Pg = pg): Promise<JourneyCatalog> {
      const current = await on.row(readGeneration, { workspace });
      if (current === null) throw new Fault('not_found', 'communicate.no_workspace', 'There is no such workspace.');
      const cached = known.get(workspace);
      if (cached?.generation === current.generation && cached.zone === current.time_zone) return cached;
      const catalog = {
        ...(await readCatalog(on, workspace)),
        generation: current.generation,
        zone: current.time_zone,
      };
      known.set(workspace, catalog);
      return catalog;
    },
  };
}
export type JourneyCatalogs = ReturnType<typeof createJourneyCatalogs>;

async function readCatalog(pg: Pg, workspace: number) {
  const journeys = new Map<number, StandingJourney & { versions: Map<number, JourneyDefinition> }>();
  for (const row of await pg.rows(listStanding, { workspace })) {
    const definition = readDefinition(row.definition);
    const versions = journeys.get(row.id)?.versions ?? new Map<number, JourneyDefinition>();
    versions.set(row.version, definition);
    // In order of versions: the newest definition is the last one set.
    journeys.set(row.id, { ...journeyOf(row, definition), versions });
  }
  const entries = new Map<string, StandingJourney[]>();
  for (const journey of journeys.values()) {
    const { trigger } = journey.definition;
    if (trigger.kind !== 'event' && trigger.kind !== 'segment') continue;
    const key = keyOfHappening(trigger);
    entries.set(key, [...(entries.get(key) ?? []), journey]);
  }
  return { journeys, entries };
}

const journeyOf = (
  row: { id: number; name: string; state: string; newest: number; started_at: Date | null; next_at: Date | null },
  definition: JourneyDefinition,
) => ({
  id: row.id,
  name: row.name,
  state: stateOf(row.state),
  startedAt: row.started_at,
  nextAt: row.next_at,
  version: row.newest,
  definition,
});

/** After a change of journeys, in its transaction: what is kept for them from now on, and read anew by every process. */
export async function refreshStanding(tx: Pg, workspace: number): Promise<void> {
  await tx.run(raiseGeneration, { workspace });
  const journeys = [...(await readCatalog(tx, workspace)).journeys.values()];
  const keys = journeys.flatMap(({ versions }) => [...versions.values()].flatMap(keysOf));
  await tx.run(setKeys, { workspace, keys: [...new Set(keys)] });
  const products = journeys.some(({ definition }) => definition.trigger.kind === 'product');
  await tx.run(products ? openProductCursor : closeProductCursor, { workspace });
}
