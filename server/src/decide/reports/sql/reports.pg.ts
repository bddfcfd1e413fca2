import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int4',
  name: 'text',
  kind: 'text',
  definition: 'jsonb',
  owner: 'text',
  shared: 'bool',
  updated_at: 'timestamptz',
} as const;
const columns = 'id, name, kind, definition, owner, shared, updated_at';

/** A reader's own reports and the shared ones, by name. Index report_workspace; a workspace has hundreds at most. */
export const pageReports = pgQuery({
  name: 'decide.pageReports',
  params: { workspace: 'int4', owner: 'text', afterName: 'text', afterId: 'int4', limit: 'int4' },
  row,
  text: `
    select ${columns} from decide.report
    where workspace_id = :workspace and (shared or owner = :owner) and (name, id) > (:afterName, :afterId)
    order by name, id
    limit :limit`,
});

/** Primary key, within the workspace; another's private report is not there. */
export const findReport = pgQuery({
  name: 'decide.findReport',
  params: { workspace: 'int4', id: 'int4', owner: 'text' },
  row,
  text: `select ${columns} from decide.report
    where workspace_id = :workspace and id = :id and (shared or owner = :owner)`,
});

export const insertReport = pgQuery({
  name: 'decide.insertReport',
  params: {
    workspace: 'int4',
    name: 'text',
    kind: 'text',
    definition: 'jsonb',
    owner: 'text',
    shared: 'bool',
    at: 'timestamptz',
  },
  row,
  text: `
    insert into decide.report (workspace_id, name, kind, definition, owner, shared, created_at, updated_at)
    values (:workspace, :name, :kind, :definition, :owner, :shared, :at, :at)
    returning ${columns}`,
});

/** Primary key. Only its owner's. */
export const updateReport = pgQuery({
  name: 'decide.updateReport',
  params: {
    workspace: 'int4',
    id: 'int4',
    owner: 'text',
    name: 'text',
    kind: 'text',
    definition: 'jsonb',
    shared: 'bool',
    at: 'timestamptz',
  },
  row,
  text: `
    update decide.report
    set name = :name, kind = :kind, definition = :definition, shared = :shared, updated_at = :at
    where workspace_id = :workspace and id = :id and owner = :owner
    returning ${columns}`,
});

/** Primary key. Only its owner's, unless `anybody`. */
export const deleteReport = pgQuery({
  name: 'decide.deleteReport',
  params: { workspace: 'int4', id: 'int4', owner: 'text', anybody: 'bool' },
  row: { name: 'text' },
  text: `
    delete from decide.report
    where workspace_id = :workspace and id = :id and (owner = :owner or (:anybody and shared))
    returning name`,
});
