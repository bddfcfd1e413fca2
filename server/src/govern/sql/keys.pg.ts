import { pgQuery } from '../../platform/index.ts';

const row = {
  id: 'int4',
  kind: 'text',
  name: 'text',
  prefix: 'text',
  value: 'text?',
  source_id: 'int4?',
  scopes: 'text[]',
  created_at: 'timestamptz',
  created_by: 'text?',
  last_used_at: 'timestamptz?',
  revoked_at: 'timestamptz?',
} as const;
const columns = 'id, kind, name, prefix, value, source_id, scopes, created_at, created_by, last_used_at, revoked_at';

/** Who a secret key is, unless revoked. By unique index api_key_hash. */
export const findSecretKeyByHash = pgQuery({
  name: 'govern.findSecretKeyByHash',
  params: { hash: 'bytea' },
  row: { id: 'int4', workspace_id: 'int4', scopes: 'text[]' },
  text: `select id, workspace_id, scopes from govern.api_key
    where hash = :hash and kind = 'secret' and revoked_at is null`,
});

/**
 * Where the events of a write key go, unless the key is revoked or its source archived. By unique index api_key_value,
 * then the source's and the site's primary keys. It reads the next room's source table because the collection door
 * needs one answer per key, and the key cannot reference a table that is made after its own.
 */
export const findWriteKeyByValue = pgQuery({
  name: 'govern.findWriteKeyByValue',
  params: { value: 'text' },
  row: { id: 'int4', workspace_id: 'int4', source_id: 'int4', site_id: 'int4?', site_country: 'text?' },
  text: `select k.id, k.workspace_id, s.id as source_id, s.site_id, t.country as site_country
    from govern.api_key k
    join collect.source s on s.id = k.source_id and s.workspace_id = k.workspace_id and s.archived_at is null
    left join govern.site t on t.id = s.site_id
    where k.value = :value and k.kind = 'write' and k.revoked_at is null`,
});

/** Whether a write key text is known, revoked or not, and whose. By unique index api_key_value. */
export const findKeyByValue = pgQuery({
  name: 'govern.findKeyByValue',
  params: { value: 'text' },
  row: { id: 'int4', workspace_id: 'int4', revoked: 'bool' },
  text: `select id, workspace_id, revoked_at is not null as revoked from govern.api_key where value = :value`,
});

/** Whether a secret key is known, revoked or not, and whose. By unique index api_key_hash. */
export const findKeyByHash = pgQuery({
  name: 'govern.findKeyByHash',
  params: { hash: 'bytea' },
  row: { id: 'int4', workspace_id: 'int4', revoked: 'bool' },
  text: `select id, workspace_id, revoked_at is not null as revoked from govern.api_key where hash = :hash`,
});

/** Keys of a workspace, newest first, revoked ones last: tens. A scan of a small table. */
export const listKeys = pgQuery({
  name: 'govern.listKeys',
  params: { workspace: 'int4' },
  row,
  text: `select ${columns} from govern.api_key where workspace_id = :workspace
    order by revoked_at is not null, id desc limit 1000`,
});

export const insertSecretKey = pgQuery({
  name: 'govern.insertSecretKey',
  params: {
    workspace: 'int4',
    name: 'text',
    hash: 'bytea',
    prefix: 'text',
    scopes: 'text[]',
    by: 'text?',
  },
  row,
  text: `insert into govern.api_key (workspace_id, kind, name, hash, prefix, scopes, created_by)
    values (:workspace, 'secret', :name, :hash, :prefix, :scopes, :by)
    returning ${columns}`,
});

/** No row when the source is not one of this workspace, or archived. By the source's primary key. */
export const insertWriteKey = pgQuery({
  name: 'govern.insertWriteKey',
  params: { workspace: 'int4', name: 'text', value: 'text', prefix: 'text', source: 'int4', by: 'text?' },
  row,
  text: `insert into govern.api_key (workspace_id, kind, name, value, prefix, source_id, created_by)
    select :workspace, 'write', :name, :value, :prefix, s.id, :by
    from collect.source s where s.id = :source and s.workspace_id = :workspace and s.archived_at is null
    returning ${columns}`,
});

/** By primary key, within the workspace. The first revocation counts. */
export const revokeKey = pgQuery({
  name: 'govern.revokeKey',
  params: { workspace: 'int4', key: 'int4' },
  row,
  text: `update govern.api_key set revoked_at = coalesce(revoked_at, now())
    where workspace_id = :workspace and id = :key
    returning ${columns}`,
});

/** Whether the key of this id still was alive before a revocation. By primary key. */
export const findKeyState = pgQuery({
  name: 'govern.findKeyState',
  params: { workspace: 'int4', key: 'int4' },
  row: { revoked: 'bool', scopes: 'text[]', kind: 'text' },
  text: `select revoked_at is not null as revoked, scopes, kind from govern.api_key
    where workspace_id = :workspace and id = :key for update`,
});

/** Notes when keys were last used, in one statement for all that were. By primary key. */
export const touchKeys = pgQuery({
  name: 'govern.touchKeys',
  params: { keys: 'int4[]', at: 'timestamptz[]' },
  row: {},
  text: `update govern.api_key k set last_used_at = u.at
    from unnest(:keys, :at) as u (id, at)
    where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)`,
});

/** Names for the ids of keys that stand in the audit log. By primary key. */
export const listKeyNames = pgQuery({
  name: 'govern.listKeyNames',
  params: { workspace: 'int4', keys: 'int4[]' },
  row: { id: 'int4', name: 'text' },
  text: `select id, name from govern.api_key where workspace_id = :workspace and id = any (:keys)`,
});
