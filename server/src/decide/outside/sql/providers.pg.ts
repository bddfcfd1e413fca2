import { pgQuery } from '../../../platform/index.ts';

const columns = `id, key, name, basis, purpose, uses, retention_days, sync_key, sync_url, tcf_vendor, created_at`;
const row = {
  id: 'int4',
  key: 'text',
  name: 'text',
  basis: 'text',
  purpose: 'text',
  uses: 'text[]',
  retention_days: 'int4',
  sync_key: 'text?',
  sync_url: 'text?',
  tcf_vendor: 'int4?',
  created_at: 'timestamptz',
} as const;

/** All partners of a workspace: there are dozens at most. Primary key. */
export const listProviders = pgQuery({
  name: 'decide.listOutsideProviders',
  params: { workspace: 'int4' },
  row,
  text: `select ${columns} from decide.outside_provider where workspace_id = :workspace order by name, id`,
});

/** By its name in addresses. Unique index of workspace and key. */
export const findProvider = pgQuery({
  name: 'decide.findOutsideProvider',
  params: { workspace: 'int4', key: 'text' },
  row,
  text: `select ${columns} from decide.outside_provider where workspace_id = :workspace and key = :key`,
});

/** Whose pixel it is. Unique index of sync_key. */
export const findSyncedProvider = pgQuery({
  name: 'decide.findSyncedProvider',
  params: { sync: 'text' },
  row: { workspace_id: 'int4', ...row },
  text: `select workspace_id, ${columns} from decide.outside_provider where sync_key = :sync`,
});

/** Nothing comes back for a key that is taken. */
export const insertProvider = pgQuery({
  name: 'decide.insertOutsideProvider',
  params: {
    workspace: 'int4',
    key: 'text',
    name: 'text',
    basis: 'text',
    purpose: 'text',
    uses: 'text[]',
    retention: 'int4',
    syncKey: 'text?',
    syncUrl: 'text?',
    vendor: 'int4?',
    at: 'timestamptz',
  },
  row: { id: 'int4' },
  text: `
    insert into decide.outside_provider
      (workspace_id, key, name, basis, purpose, uses, retention_days, sync_key, sync_url, tcf_vendor, created_at)
    values (:workspace, :key, :name, :basis, :purpose, :uses, :retention, :syncKey, :syncUrl, :vendor, :at)
    on conflict (workspace_id, key) do nothing
    returning id`,
});

export const updateProvider = pgQuery({
  name: 'decide.updateOutsideProvider',
  params: {
    workspace: 'int4',
    id: 'int4',
    name: 'text',
    basis: 'text',
    purpose: 'text',
    uses: 'text[]',
    retention: 'int4',
    syncKey: 'text?',
    syncUrl: 'text?',
    vendor: 'int4?',
  },
  row: {},
  text: `
    update decide.outside_provider
    set name = :name, basis = :basis, purpose = :purpose, uses = :uses, retention_days = :retention,
      sync_key = :syncKey, sync_url = :syncUrl, tcf_vendor = :vendor
    where workspace_id = :workspace and id = :id`,
});

/** With everything the partner said. */
export const deleteProvider = pgQuery({
  name: 'decide.deleteOutsideProvider',
  params: { workspace: 'int4', id: 'int4' },
  row: {},
  text: `delete from decide.outside_provider where workspace_id = :workspace and id = :id`,
});

/** How much is stored of each partner. Primary keys. */
export const countStored = pgQuery({
  name: 'decide.countOutsideStored',
  params: { workspace: 'int4' },
  row: { id: 'int4', memberships: 'int8', mappings: 'int8' },
  text: `
    select provider.id,
      (select count(*) from decide.outside_member as member
       where member.workspace_id = :workspace and member.provider_id = provider.id) as memberships,
      (select count(*) from decide.outside_mapping as mapping
       where mapping.workspace_id = :workspace and mapping.provider_id = provider.id and mapping.kind = 'theirs') as mappings
    from decide.outside_provider as provider where provider.workspace_id = :workspace`,
});
