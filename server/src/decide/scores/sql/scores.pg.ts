import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int4',
  name: 'text',
  description: 'text',
  definition: 'jsonb',
  version: 'int4',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;
const columns = 'id, name, description, definition, version, created_at, updated_at';

/** A workspace has few; primary key. */
export const listScores = pgQuery({
  name: 'decide.listScores',
  params: { workspace: 'int4' },
  row,
  text: `select ${columns} from decide.score where workspace_id = :workspace order by id`,
});

export const findScore = pgQuery({
  name: 'decide.findScore',
  params: { workspace: 'int4', id: 'int4' },
  row,
  text: `select ${columns} from decide.score where workspace_id = :workspace and id = :id`,
});

export const insertScore = pgQuery({
  name: 'decide.insertScore',
  params: { workspace: 'int4', name: 'text', description: 'text', definition: 'jsonb', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    insert into decide.score (workspace_id, name, description, definition, created_at, updated_at)
    values (:workspace, :name, :description, :definition, :at, :at) returning id`,
});

export const updateScore = pgQuery({
  name: 'decide.updateScore',
  params: { workspace: 'int4', id: 'int4', name: 'text', description: 'text', definition: 'jsonb', at: 'timestamptz' },
  row: { version: 'int4' },
  text: `
    update decide.score
    set name = :name, description = :description, definition = :definition, version = version + 1, updated_at = :at
    where workspace_id = :workspace and id = :id
    returning version`,
});

export const deleteScore = pgQuery({
  name: 'decide.deleteScore',
  params: { workspace: 'int4', id: 'int4' },
  row: {},
  text: `delete from decide.score where workspace_id = :workspace and id = :id`,
});
