import { erasedAtOnceLimit, type MassErasure, massErasureSchema, type PeopleSelection } from '@vitrail/contracts';
import { z } from 'zod';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type JobOutcome, type PgRow } from '../../platform/index.ts';
import { type SelectDeps, selectPeople } from '../listing/selectPeople.ts';
import { loadCustomers } from '../profiles/customer.ts';
import { findRoots } from '../profiles/sql/projectCustomers.pg.ts';
import { beginErasure, type ErasureDeps, finishErasureOf } from './eraseProfile.ts';
import {
  cancelMassErasure,
  insertMassErasure,
  listMassErasures,
  listRunningMassErasures,
  lockMassErasure,
  noteErased,
  readMassErasure,
} from './sql/massErasure.pg.ts';

const eraseManyJob = 'unify.eraseMany';
/** People of one erasure: what ClickHouse rewrites is rewritten once for all of them, and the pipeline is not held up long. */
const atOnce = 200;

const actorKind = z.enum(['user', 'key', 'system', 'command']);

/**
 * Begins to erase many people. They are fixed now: who comes to match later is not erased. Throws `conflict` when the
 * selection is not as many as meant, `invalid` when it is too many.
 */
export async function startMassErasure(
  deps: Pick<Deps, 'pg' | 'clock' | 'jobs'> & SelectDeps,
  input: { workspace: number; people: PeopleSelection; expect: number; actor: Actor },
): Promise<MassErasure> {
  const { workspace, people, expect, actor } = input;
  const { roots } = await selectPeople(deps, workspace, people);
  if (roots.length > erasedAtOnceLimit)
    throw new Fault(
      'invalid',
      'unify.too_many_to_erase',
      `${roots.length} people are selected; at most ${erasedAtOnceLimit} are erased at a time.`,
      { details: { people: roots.length, limit: erasedAtOnceLimit } },
    );
  if (roots.length !== expect)
    throw new Fault(
      'conflict',
      'unify.selection_changed',
      `The selection holds ${roots.length} people now, not ${expect}. Nobody was erased. Look at the list again.`,
      { details: { people: roots.length } },
    );
  const row = await deps.pg.transaction(async (tx) => {
    const inserted = await tx.row(insertMassErasure, {
      workspace,
      at: deps.clock.now(),
      actorKind: actor.kind,
      actor: actor.id,
      profiles: roots,
    });
    if (inserted === null) throw new Error('insert … returning gave no row');
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'profiles.erasure_started',
      target: `mass erasure ${inserted.id}`,
      details: { people: roots.length },
    });
    return inserted;
  });
  await sendNow(deps, workspace, row.id);
  return tell(row);
}

const sendNow = ({ jobs }: Pick<Deps, 'jobs'>, workspace: number, erasure: number): Promise<void> =>
  jobs.send(eraseManyJob, { workspace, erasure }, { key: `${workspace} ${erasure}` });

export function defineMassErasureJob(deps: ErasureDeps & Pick<Deps, 'jobs'>): void {
  deps.jobs.define<{ workspace: number; erasure: number }>({
    name: eraseManyJob,
    expireSeconds: 120,
    retries: 10,
    run: ({ workspace, erasure }, signal) => eraseNext(deps, workspace, erasure, signal),
  });
}

/** Those whose job was lost go on. */
export async function resumeMassErasures(deps: Pick<Deps, 'pg' | 'jobs'>): Promise<void> {
  for (const { workspace_id, id } of await deps.pg.rows(listRunningMassErasures, {}))
    await sendNow(deps, workspace_id, id);
}

async function eraseNext(deps: ErasureDeps, workspace: number, id: number, signal: AbortSignal): Promise<JobOutcome> {
  while (!signal.aborted) {
    let receipt: number | null = null;
    let over = false;
    await deps.pipeline.change(workspace, async (tx) => {
      const turn = await tx.row(lockMassErasure, { workspace, id, limit: atOnce });
      if (turn === null) {
        over = true;
        return { shipments: [], changed: [] };
      }
      // Who was merged into somebody since is left alone, unless that one was chosen too: nobody said to erase both.
      const standing = await tx.rows(findRoots, { workspace, profiles: turn.next });
      const roots = standing.filter((row) => row.root_id === row.id).map((row) => row.id);
      const customers = await loadCustomers(tx, workspace, roots);
      const actor = { kind: actorKind.parse(turn.actor_kind), id: turn.requested_by };
      const begun = customers.length === 0 ? null : await beginErasure(deps, tx, { workspace, customers, actor });
      receipt = begun?.erasure ?? null;
      await tx.run(noteErased, {
        workspace,
        id,
        taken: turn.next.length,
        erased: customers.length,
        receipt,
        at: deps.clock.now(),
      });
      return { shipments: [], changed: begun?.changed ?? [] };
    });
    if (receipt !== null) await finishErasureOf(deps, workspace, receipt);
    if (over) return { done: true };
  }
  return { skipped: 'stopping' };
}

/** Throws `not_found`. */
export async function getMassErasure(deps: Pick<Deps, 'pg'>, workspace: number, id: number): Promise<MassErasure> {
  const row = await deps.pg.row(readMassErasure, { workspace, id });
  if (row === null)
    throw new Fault('not_found', 'unify.erasure_not_found', 'There is no such erasure in this workspace.');
  return tell(row);
}

export async function listErasures(deps: Pick<Deps, 'pg'>, workspace: number): Promise<MassErasure[]> {
  return (await deps.pg.rows(listMassErasures, { workspace })).map(tell);
}

/** Those whose turn has not come stay; who is erased stays erased. Throws `not_found`; of one that is over nothing changes. */
export async function stopMassErasure(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, id, actor }: { workspace: number; id: number; actor: Actor },
): Promise<MassErasure> {
  await deps.pg.transaction(async (tx) => {
    const stopped = await tx.row(cancelMassErasure, { workspace, id, at: deps.clock.now() });
    if (stopped === null) return;
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'profiles.erasure_cancelled',
      target: `mass erasure ${id}`,
    });
  });
  return getMassErasure(deps, workspace, id);
}

const tell = (row: PgRow<typeof readMassErasure.row>): MassErasure =>
  massErasureSchema.parse({
    id: row.id,
    state: row.state,
    people: row.people,
    erased: row.erased,
    missing: row.missing,
    removed: row.removed,
    receipts: row.receipts,
    requestedAt: row.requested_at.toISOString(),
    requestedBy: `${row.actor_kind}:${row.requested_by}`,
    finishedAt: row.finished_at?.toISOString() ?? null,
  });
