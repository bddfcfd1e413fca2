import { randomBytes } from 'node:crypto';
import {
  type OutsideProvider,
  type OutsideProviderChange,
  type OutsideProviderRequest,
  outsideBasisSchema,
  outsideUseSchema,
} from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, objectOf, type Pg, type PgRow, wireJson } from '../../platform/index.ts';
import { markReferences } from '../references/changeReferences.ts';
import { listUsers } from '../references/sql/users.pg.ts';
import { applySegmentsNow } from '../segments/jobs.ts';
import { raiseGeneration } from '../segments/sql/segments.pg.ts';
import { noteProvider, shortenMembers } from './sql/members.pg.ts';
import { deleteProviderPeople } from './sql/people.ch.ts';
import {
  countStored,
  deleteProvider,
  findProvider,
  insertProvider,
  listProviders,
  updateProvider,
} from './sql/providers.pg.ts';

export type ProviderRow = PgRow<typeof findProvider.row>;

interface By {
  readonly workspace: number;
  readonly actor: Actor;
}

const dayMs = 86_400_000;
const newSyncKey = (): string => randomBytes(18).toString('base64url');
const syncPathOf = (key: string): string => `/v1/sync/${key}`;

const describe = (row: ProviderRow, stored: { memberships: number; mappings: number }): OutsideProvider => ({
  id: String(row.id),
  key: row.key,
  name: row.name,
  basis: outsideBasisSchema.parse(row.basis),
  purpose: row.purpose,
  uses: outsideUseSchema.array().parse(row.uses),
  retentionDays: row.retention_days,
  syncUrl: row.sync_url,
  syncPath: row.sync_key === null ? null : syncPathOf(row.sync_key),
  tcfVendor: row.tcf_vendor,
  createdAt: row.created_at.toISOString(),
  memberships: stored.memberships,
  mappings: stored.mappings,
});

/** All partners with how much is stored of each. */
export async function readProviders(pg: Pg, workspace: number): Promise<OutsideProvider[]> {
  const [rows, counts] = await Promise.all([
    pg.rows(listProviders, { workspace }),
    pg.rows(countStored, { workspace }),
  ]);
  const stored = new Map(counts.map((row) => [row.id, row]));
  return rows.map((row) => describe(row, stored.get(row.id) ?? { memberships: 0, mappings: 0 }));
}

/** Throws `not_found`, also for another workspace's. */
export async function getProvider(pg: Pg, workspace: number, key: string): Promise<ProviderRow> {
  const row = await pg.row(findProvider, { workspace, key });
  if (row === null)
    throw new Fault('not_found', 'decide.outside_provider_not_found', 'There is no such partner in this workspace.');
  return row;
}

export async function readProvider(pg: Pg, workspace: number, key: string): Promise<OutsideProvider> {
  const { id } = await getProvider(pg, workspace, key);
  const found = (await readProviders(pg, workspace)).find((provider) => provider.id === String(id));
  if (found === undefined) throw new Error('a partner was there and is not');
  return found;
}

/** A new partner. Throws `conflict` for a key that is taken. */
export async function createProvider(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, actor }: By,
  request: OutsideProviderRequest,
): Promise<void> {
  const { key, basis, purpose } = request;
  await deps.pg.transaction(async (tx) => {
    const made = await tx.row(insertProvider, {
      workspace,
      key,
      name: request.name,
      basis,
      purpose,
      uses: [...new Set(request.uses)],
      retention: request.retentionDays,
      syncKey: request.sync ? newSyncKey() : null,
      syncUrl: request.syncUrl,
      vendor: request.tcfVendor,
      at: deps.clock.now(),
    });
    if (made === null)
      throw new Fault(
        'conflict',
        'decide.outside_provider_exists',
        `There is a partner “${key}” already. Take another key.`,
      );
    // Segments are compiled with what partners allow.
    await tx.run(raiseGeneration, { workspace });
    const details = { basis, purpose, uses: request.uses, retentionDays: request.retentionDays };
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'outside_provider.created',
      target: `partner ${key}`,
      details,
    });
  });
}

/** Other terms hold at once for what is stored already: a shorter retention, another basis or purpose, fewer uses. */
export async function changeProvider(
  deps: Pick<Deps, 'pg' | 'clock' | 'jobs'>,
  { workspace, actor }: By,
  key: string,
  change: OutsideProviderChange,
): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const row = await getProvider(tx, workspace, key);
    const retention = change.retentionDays ?? row.retention_days;
    const sync = change.sync ?? row.sync_key !== null;
    await tx.run(updateProvider, {
      workspace,
      id: row.id,
      name: change.name ?? row.name,
      basis: change.basis ?? row.basis,
      purpose: change.purpose ?? row.purpose,
      uses: [...new Set(change.uses ?? row.uses)],
      retention,
      syncKey: sync ? (row.sync_key ?? newSyncKey()) : null,
      syncUrl: change.syncUrl === undefined ? row.sync_url : change.syncUrl,
      vendor: change.tcfVendor === undefined ? row.tcf_vendor : change.tcfVendor,
    });
    if (retention < row.retention_days) {
      const latest = new Date(deps.clock.now().getTime() + retention * dayMs);
      await tx.run(shortenMembers, { workspace, provider: row.id, latest });
    }
    await tx.run(noteProvider, { workspace, provider: row.id });
    await markReferences(tx, workspace, { kind: 'outside', id: key });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'outside_provider.changed',
      target: `partner ${key}`,
      details: objectOf(wireJson(change)),
    });
  });
  await applySegmentsNow(deps);
}

/** Everything the partner said goes with it. Throws `conflict` while segments ask for it. */
export async function removeProvider(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  { workspace, actor }: By,
  key: string,
): Promise<void> {
  const { id } = await getProvider(deps.pg, workspace, key);
  await deps.pg.transaction(async (tx) => {
    const users = await tx.rows(listUsers, { workspace, kinds: ['outside'], id: key });
    if (users.length > 0)
      throw new Fault(
        'conflict',
        'decide.outside_provider_in_use',
        `Segments ask for this partner: ${users.map(({ name }) => name).join(', ')}. Change or archive them first.`,
        { details: { usedBy: users.map((user) => ({ id: String(user.id), name: user.name })) } },
      );
    await tx.run(deleteProvider, { workspace, id });
    await tx.run(raiseGeneration, { workspace });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'outside_provider.deleted',
      target: `partner ${key}`,
      details: {},
    });
  });
  await deps.ch.run(deleteProviderPeople, { workspace, provider: id });
}
