import { pgQuery } from '../../platform/index.ts';

const row = { id: 'int4', list: 'text', name: 'text', settings: 'jsonb', saved_at: 'timestamptz' } as const;

/** A person's views in a workspace, of one list or of all ('' as list). Unique index (workspace_id, user_id, list, name). */
export const listViews = pgQuery({
  name: 'govern.listViews',
  params: { workspace: 'int4', user: 'text', list: 'text' },
  row,
  text: `select id, list, name, settings, saved_at from govern.saved_view
    where workspace_id = :workspace and user_id = :user and (:list = '' or list = :list)
    order by list, name`,
});

/** Saves a view; one of this name is replaced. No row when the list has as many as it may. Unique index as above. */
export const saveView = pgQuery({
  name: 'govern.saveView',
  params: {
    workspace: 'int4',
    user: 'text',
    list: 'text',
    name: 'text',
    settings: 'jsonb',
    at: 'timestamptz',
    most: 'int4',
  },
  row,
  text: `insert into govern.saved_view (workspace_id, user_id, list, name, settings, saved_at)
    select :workspace, :user, :list, :name, :settings, :at
    where (select count(*) from govern.saved_view
      where workspace_id = :workspace and user_id = :user and list = :list and name <> :name) < :most
    on conflict (workspace_id, user_id, list, name) do update
    set settings = excluded.settings, saved_at = excluded.saved_at
    returning id, list, name, settings, saved_at`,
});

/** Primary key. */
export const deleteView = pgQuery({
  name: 'govern.deleteView',
  params: { workspace: 'int4', user: 'text', id: 'int4' },
  row: { id: 'int4' },
  text: `delete from govern.saved_view where workspace_id = :workspace and user_id = :user and id = :id returning id`,
});
