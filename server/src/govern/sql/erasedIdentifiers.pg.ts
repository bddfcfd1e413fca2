import { pgQuery } from '../../platform/index.ts';

/** Which of these workspaces ever erased anyone: usually none, which spares hashing a whole batch. By primary key. */
export const listErasingWorkspaces = pgQuery({
  name: 'govern.listErasingWorkspaces',
  params: { workspaces: 'int4[]' },
  row: { workspace_id: 'int4' },
  text: `select w.id as workspace_id from unnest(:workspaces) as w (id)
    where exists (select from govern.erased_identifier e where e.workspace_id = w.id)`,
});

/** Positions (from 1) of the hashes that are known as erased. By primary key. */
export const findErasedHashes = pgQuery({
  name: 'govern.findErasedHashes',
  params: { workspaces: 'int4[]', hashes: 'bytea[]' },
  row: { position: 'int8' },
  text: `select u.position from unnest(:workspaces, :hashes) with ordinality as u (workspace_id, hash, position)
    join govern.erased_identifier e on e.workspace_id = u.workspace_id and e.hash = u.hash`,
});

/** Safe to repeat: the first erasure's time stays. */
export const insertErasedHashes = pgQuery({
  name: 'govern.insertErasedHashes',
  params: { workspace: 'int4', hashes: 'bytea[]', at: 'timestamptz' },
  row: {},
  text: `insert into govern.erased_identifier (workspace_id, hash, erased_at)
    select :workspace, h.hash, :at from unnest(:hashes) as h (hash)
    on conflict do nothing`,
});
