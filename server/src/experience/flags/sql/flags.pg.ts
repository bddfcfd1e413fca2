import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int4',
  key: 'text',
  active: 'bool',
  definition: 'jsonb',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;
const columns = 'id, key, active, definition, created_at, updated_at';

/** By key, a page at a time. Index flag_key. */
export const listFlags = pgQuery({
  name: 'experience.listFlags',
  params: { workspace: 'int4', after: 'text', limit: 'int4', words: 'text' },
  row,
  text: `
    select ${columns} from experience.flag
    where workspace_id = :workspace and key > :after
      and (:words = '' or position(lower(:words) in lower(key || ' ' || (definition ->> 'name'))) > 0)
    order by key limit :limit`,
});

/** All of a workspace, to be held in memory: some hundreds. Index flag_key. */
export const listAllFlags = pgQuery({
  name: 'experience.listAllFlags',
  params: { workspace: 'int4' },
  row,
  text: `select ${columns} from experience.flag where workspace_id = :workspace order by key`,
});

/** Primary key. */
export const findFlag = pgQuery({
  name: 'experience.findFlag',
  params: { workspace: 'int4', id: 'int4' },
  row,
  text: `select ${columns} from experience.flag where workspace_id = :workspace and id = :id`,
});

/** Nothing when the key is taken. Index flag_key. */
export const insertFlag = pgQuery({
  name: 'experience.insertFlag',
  params: {
    workspace: 'int4',
    key: 'text',
    active: 'bool',
    definition: 'jsonb',
    by: 'text',
    at: 'timestamptz',
  },
  row: { id: 'int4' },
  text: `
    insert into experience.flag (workspace_id, key, active, definition, created_by, created_at, updated_at)
    values (:workspace, :key, :active, :definition, :by, :at, :at)
    on conflict (workspace_id, key) do nothing
    returning id`,
});

/** Nothing when there is no such flag, or its key is another. */
export const changeFlag = pgQuery({
  name: 'experience.changeFlag',
  params: {
    workspace: 'int4',
    id: 'int4',
    key: 'text',
    active: 'bool',
    definition: 'jsonb',
    at: 'timestamptz',
  },
  row: { id: 'int4' },
  text: `
    update experience.flag set active = :active, definition = :definition, updated_at = :at
    where workspace_id = :workspace and id = :id and key = :key
    returning id`,
});

export const deleteFlag = pgQuery({
  name: 'experience.deleteFlag',
  params: { workspace: 'int4', id: 'int4' },
  row: { key: 'text' },
  text: `delete from experience.flag where workspace_id = :workspace and id = :id returning key`,
});
