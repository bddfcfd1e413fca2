import { type PlanMode, planModeSchema } from '@vitrail/contracts';
import type { Json, JsonObject, Pg } from '../../platform/index.ts';
import { type CompiledSchema, compileSchema, type Violation } from './compileSchema.ts';
import { listPlannedEvents, selectPlanVersion } from './sql/trackingPlan.pg.ts';

/** What the plan says about an event. `block`: the event must be dropped; else it is kept and the violations counted. */
type PlanVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly block: boolean; readonly violations: readonly Violation[] };

/** A workspace's tracking plan in memory. */
export interface TrackingPlan {
  /** Synchronous; an event without a schema, or in mode `allow`, costs one look-up. */
  check(event: string, properties: JsonObject): PlanVerdict;
}

interface Planned {
  readonly mode: PlanMode;
  readonly text: string;
  readonly schema: Json;
  /** Null until the first event asks. */
  check: CompiledSchema | null;
}

const fine: PlanVerdict = { ok: true };

/** Stored schemas were accepted once; should one no longer compile, events say so instead of stopping the pipeline. */
const unusable: CompiledSchema = () => [{ rule: '/ unusable schema' }];

function compile(planned: Planned): CompiledSchema {
  const compiled = compileSchema(planned.schema);
  return compiled.ok ? compiled.check : unusable;
}

function createPlan(events: ReadonlyMap<string, Planned>): TrackingPlan {
  return {
    check(event, properties) {
      const planned = events.get(event);
      if (planned === undefined || planned.mode === 'allow') return fine;
      planned.check ??= compile(planned);
      const violations = planned.check(properties);
      if (violations.length === 0) return fine;
      return { ok: false, block: planned.mode === 'block' && planned.check !== unusable, violations };
    },
  };
}

interface Kept {
  readonly version: string;
  readonly events: ReadonlyMap<string, Planned>;
  readonly plan: TrackingPlan;
}
/** Per connection pool, so that it lives and dies with it. */
const kept = new WeakMap<Pg, Map<number, Kept>>();

/**
 * The tracking plan of a workspace. Each call asks whether the plan changed and reads it again only then; a schema is
 * compiled once, at the first event that needs it. Callers ask every second or so, not per event.
 */
export async function loadPlan(pg: Pg, workspaceId: number): Promise<TrackingPlan> {
  // The version is asked first: a plan that changes in between is read once too often, never missed.
  const version = (await pg.row(selectPlanVersion, { workspace: workspaceId }))?.version ?? '';
  const known = kept.get(pg)?.get(workspaceId);
  if (known?.version === version) return known.plan;
  const rows = await pg.rows(listPlannedEvents, { workspace: workspaceId });
  const events = new Map<string, Planned>();
  for (const { event, mode, schema } of rows) {
    const text = JSON.stringify(schema);
    const before = known?.events.get(event);
    const check = before?.text === text ? before.check : null;
    events.set(event, { mode: planModeSchema.parse(mode), text, schema, check });
  }
  const plan = createPlan(events);
  const workspaces = kept.get(pg) ?? new Map<number, Kept>();
  kept.set(pg, workspaces.set(workspaceId, { version, events, plan }));
  return plan;
}
