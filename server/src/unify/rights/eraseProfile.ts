import type { ErasureReceipt } from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId, type Pipeline } from '../../collect/index.ts';
import {
  type Actor,
  type DataSubject,
  finishErasure,
  insertErasure,
  listRunningErasures,
  type PersonalData,
  readErasure,
  recordAudit,
  recordErased,
  type Secrets,
} from '../../govern/index.ts';
import { type Deps, Fault, type Json, type Pg } from '../../platform/index.ts';
import type { Customer } from '../profiles/customer.ts';
import { getCustomer } from '../profiles/readProfile.ts';
import { deleteProfiles, listOrderIds } from './sql/rights.pg.ts';

export interface ErasureDeps extends Pick<Deps, 'pg' | 'clock' | 'log'> {
  readonly secrets: Pick<Secrets, 'erasure'>;
  readonly pipeline: Pick<Pipeline, 'change'>;
  /** Every room that stores something about people. */
  readonly stores: readonly PersonalData[];
}

/** The person behind a profile: all that points at them. Throws `not_found`. */
export async function getSubject(deps: { readonly pg: Pg }, workspace: number, id: string): Promise<DataSubject> {
  return readSubject(deps.pg, workspace, [await getCustomer(deps.pg, workspace, id)]);
}

/** All that points at these customers, as one subject. */
async function readSubject(pg: Pg, workspace: number, customers: readonly Customer[]): Promise<DataSubject> {
  const profiles = customers.flatMap(({ rowIds }) => rowIds);
  const orders = await pg.rows(listOrderIds, { workspace, profiles });
  return {
    workspaceId: workspace,
    profileIds: profiles,
    identifiers: customers.flatMap(({ identifiers }) =>
      identifiers.map(({ namespace, value, raw }) => ({ namespace, value, raw })),
    ),
    orderIds: orders.map((row) => row.order_id),
  };
}

/**
 * Erases a person in every store (GDPR 17). First, in one transaction, the profile goes and keyed hashes of its
 * identifiers stay, so that from this moment nothing can bring the person back; then every room removes the rest. A stop
 * in between is finished at the next start. Throws `not_found`.
 */
export async function eraseProfile(
  deps: ErasureDeps,
  input: { workspace: number; id: string; actor: Actor },
): Promise<ErasureReceipt> {
  const { workspace, actor } = input;
  let erasure = 0;
  await deps.pipeline.change(workspace, async (tx) => {
    const customer = await getCustomer(tx, workspace, input.id);
    const begun = await beginErasure(deps, tx, { workspace, customers: [customer], actor });
    erasure = begun.erasure;
    return { shipments: [], changed: begun.changed };
  });
  return finishErasureOf(deps, workspace, erasure);
}

/**
 * The part of an erasure that must happen at once: run it in the pipeline's turn and finish it after. Several people are one
 * erasure with one receipt; the audit names each.
 */
export async function beginErasure(
  deps: Pick<ErasureDeps, 'clock' | 'secrets'>,
  tx: Pg,
  { workspace, customers, actor }: { workspace: number; customers: readonly Customer[]; actor: Actor },
): Promise<{ erasure: number; changed: readonly number[] }> {
  const subject = await readSubject(tx, workspace, customers);
  const removed = await tx.row(deleteProfiles, { workspace, profiles: subject.profileIds, orders: subject.orderIds });
  await recordErased(tx, deps, workspace, subject.identifiers);
  const row = await tx.row(insertErasure, {
    workspace,
    at: deps.clock.now(),
    actor: `${actor.kind}:${actor.id}`,
    pending: pendingOf(subject),
    receipt: { removed: { ...removed }, hashes: subject.identifiers.length },
  });
  const erasure = row?.id ?? 0;
  for (const { rootId, rowIds } of customers) {
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'profile.erased',
      target: `profile ${encodeProfileId(rootId)}`,
      details: { erasure, profiles: rowIds.length },
    });
  }
  return { erasure, changed: subject.profileIds };
}

/** Finishes erasures that a stop interrupted; run at start. */
export async function resumeErasures(deps: ErasureDeps): Promise<void> {
  for (const { workspace_id, id } of await deps.pg.rows(listRunningErasures, {})) {
    deps.log.info({ erasure: id }, 'finishing an erasure of the last run');
    await finishErasureOf(deps, workspace_id, id);
  }
}

const pendingOf = (person: DataSubject): Json => ({
  profileIds: person.profileIds,
  identifiers: person.identifiers.map((identifier) => ({ ...identifier })),
  orderIds: person.orderIds,
});
const pendingSchema = z.object({
  profileIds: z.array(z.number()),
  identifiers: z.array(z.object({ namespace: z.string(), value: z.string(), raw: z.string() })),
  orderIds: z.array(z.string()),
});
const receiptSchema = z.object({ removed: z.record(z.string(), z.number()), hashes: z.number() });

/** Every room removes the rest. A repeat after a stop goes on where it was. */
export async function finishErasureOf(deps: ErasureDeps, workspace: number, id: number): Promise<ErasureReceipt> {
  const row = await deps.pg.row(readErasure, { workspace, id });
  if (row === null)
    throw new Fault('not_found', 'unify.erasure_not_found', 'There is no such erasure in this workspace.');
  const { removed, hashes } = receiptSchema.parse(row.receipt);
  if (row.pending !== null) {
    const person: DataSubject = { workspaceId: workspace, ...pendingSchema.parse(row.pending) };
    for (const store of deps.stores) {
      for (const [table, count] of Object.entries(await store.erase(person)))
        removed[table] = (removed[table] ?? 0) + count;
    }
    await deps.pg.run(finishErasure, { workspace, id, at: deps.clock.now(), receipt: { removed, hashes } });
  }
  const done = await deps.pg.row(readErasure, { workspace, id });
  return {
    id,
    state: done?.state === 'done' ? 'done' : 'running',
    requestedAt: row.requested_at.toISOString(),
    finishedAt: done?.finished_at?.toISOString() ?? null,
    removed,
    hashes,
  };
}
