import type { PlanMode } from '@vitrail/contracts';
import { type Deps, Fault, type Json, type Pg, type PgRow } from '../../platform/index.ts';
import type { SchemaReason } from './checkSchema.ts';
import { compileSchema } from './compileSchema.ts';
import {
  countOtherPlannedEvents,
  deletePlannedEvent,
  selectPlannedEvent,
  upsertPlannedEvent,
} from './sql/trackingPlan.pg.ts';

/** Every process keeps the whole plan in memory. */
const maxEvents = 2_000;

/** In JSON text: NUL, and the halves of surrogate pairs, which `JSON.stringify` escapes only when they stand alone. */
const unstorable = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i;

export interface PlannedEventChange {
  readonly event: string;
  readonly description: string;
  readonly mode: PlanMode;
  readonly schema: unknown;
}

export type PlannedEventSaved =
  | { ok: true; created: boolean; planned: PgRow<(typeof selectPlannedEvent)['row']> }
  | { ok: false; reason: SchemaReason; detail: string };

/** Adds or replaces a planned event after compiling its schema. Safe to repeat. */
export async function savePlannedEvent(
  deps: Pick<Deps, 'pg' | 'clock'>,
  workspaceId: number,
  change: PlannedEventChange,
): Promise<PlannedEventSaved> {
  const text = JSON.stringify(change.schema ?? null);
  if (unstorable.test(JSON.stringify([change.event, change.description]) + text))
    return {
      ok: false,
      reason: 'malformed',
      detail: 'it holds characters that cannot be stored (NUL, half a surrogate pair)',
    };
  const schema: Json = JSON.parse(text);
  const compiled = compileSchema(schema);
  if (!compiled.ok) return compiled;
  return deps.pg.transaction(async (tx) => {
    const { event, description, mode } = change;
    const known = await tx.row(countOtherPlannedEvents, { workspace: workspaceId, event });
    if ((known?.count ?? 0) >= maxEvents)
      throw new Fault('conflict', 'collect.plan_full', `A tracking plan holds ${maxEvents} events at most.`);
    const saved = await tx.row(upsertPlannedEvent, {
      workspace: workspaceId,
      event,
      description,
      mode,
      schema,
      at: deps.clock.now(),
    });
    const planned = await tx.row(selectPlannedEvent, { workspace: workspaceId, event });
    if (saved === null || planned === null) throw new Error('the planned event was not written');
    return { ok: true, created: saved.created, planned };
  });
}

/** False when the plan has no such event. */
export const removePlannedEvent = async (pg: Pg, workspaceId: number, event: string): Promise<boolean> =>
  (await pg.run(deletePlannedEvent, { workspace: workspaceId, event })) > 0;
