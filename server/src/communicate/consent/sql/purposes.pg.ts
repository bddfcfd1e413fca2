import { pgQuery } from '../../../platform/index.ts';

/** Purposes that were set in a workspace: few. Primary key. */
export const listPurposes = pgQuery({
  name: 'communicate.listPurposes',
  params: { workspace: 'int4' },
  row: { name: 'text', categories: 'jsonb', bases: 'jsonb', expires_months: 'int4?' },
  text: `
    select name, categories, bases, expires_months
    from communicate.purpose where workspace_id = :workspace order by name`,
});

/** Primary key. */
export const savePurposes = pgQuery({
  name: 'communicate.savePurposes',
  params: { workspace: 'int4', names: 'text[]', categories: 'jsonb[]', bases: 'jsonb[]', months: 'int4[]' },
  row: {},
  text: `
    insert into communicate.purpose (workspace_id, name, categories, bases, expires_months)
    select :workspace, name, categories, bases, months
    from unnest(:names, :categories, :bases, :months) as purpose (name, categories, bases, months)
    on conflict (workspace_id, name) do update
    set categories = excluded.categories, bases = excluded.bases, expires_months = excluded.expires_months`,
});

/** Primary key. */
export const deletePurposes = pgQuery({
  name: 'communicate.deletePurposes',
  params: { workspace: 'int4', except: 'text[]' },
  row: {},
  text: `delete from communicate.purpose where workspace_id = :workspace and name <> all(:except)`,
});

/** Primary key. */
export const addPurposes = pgQuery({
  name: 'communicate.addPurposes',
  params: { workspace: 'int4', names: 'text[]', categories: 'jsonb[]', bases: 'jsonb[]', months: 'int4[]' },
  row: {},
  text: `
    insert into communicate.purpose (workspace_id, name, categories, bases, expires_months)
    select :workspace, name, categories, bases, months
    from unnest(:names, :categories, :bases, :months) as purpose (name, categories, bases, months)
    on conflict (workspace_id, name) do nothing`,
});
