import { pgQuery } from '../../../platform/index.ts';

const columns = `id, key, name, state, kind, definition, seed, bucket_version, group_name, group_from, group_to, started_at,
  stopped_at, learning, created_at, updated_at`;
const row = {
  id: 'int4',
  key: 'text',
  name: 'text',
  state: 'text',
  kind: 'text',
  definition: 'jsonb',
  seed: 'text',
  bucket_version: 'int4',
  group_name: 'text?',
  group_from: 'float8?',
  group_to: 'float8?',
  started_at: 'timestamptz?',
  stopped_at: 'timestamptz?',
  learning: 'jsonb?',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;

/** Newest first, a page at a time; states as asked, words in its name, key, hypothesis or what was learnt. By primary key. */
export const listExperiments = pgQuery({
  name: 'experience.listExperiments',
  params: { workspace: 'int4', before: 'int4', limit: 'int4', states: 'text[]', words: 'text', learnt: 'bool' },
  row,
  text: `
    select ${columns} from experience.experiment
    where workspace_id = :workspace and id < :before and state = any(:states)
      and (not :learnt or learning is not null)
      and (:words = '' or position(lower(:words) in lower(name || ' ' || key || ' '
        || coalesce(definition ->> 'hypothesis', '') || ' ' || coalesce(learning ->> 'note', ''))) > 0)
    order by id desc limit :limit`,
});

/** Primary key. */
export const findExperiment = pgQuery({
  name: 'experience.findExperiment',
  params: { workspace: 'int4', id: 'int4' },
  row,
  text: `select ${columns} from experience.experiment where workspace_id = :workspace and id = :id`,
});

/** The same, held until the end of the transaction: two who change it do so one after the other. */
export const lockExperiment = pgQuery({
  name: 'experience.lockExperiment',
  params: { workspace: 'int4', id: 'int4' },
  row,
  text: `select ${columns} from experience.experiment where workspace_id = :workspace and id = :id for update`,
});

/** What people are assigned by now. Few rows: those of a workspace that run. */
export const listRunningExperiments = pgQuery({
  name: 'experience.listRunningExperiments',
  params: { workspace: 'int4' },
  row,
  text: `
    select ${columns} from experience.experiment
    where workspace_id = :workspace and state = 'running' order by id`,
});

/** Nothing when the key is taken. Index experiment_key. */
export const insertExperiment = pgQuery({
  name: 'experience.insertExperiment',
  params: {
    workspace: 'int4',
    key: 'text',
    name: 'text',
    kind: 'text',
    definition: 'jsonb',
    seed: 'text',
    by: 'text',
    at: 'timestamptz',
  },
  row: { id: 'int4' },
  text: `
    insert into experience.experiment
      (workspace_id, key, name, state, kind, definition, seed, created_by, created_at, updated_at)
    values (:workspace, :key, :name, 'draft', :kind, :definition, :seed, :by, :at, :at)
    on conflict (workspace_id, key) do nothing
    returning id`,
});

export const changeExperiment = pgQuery({
  name: 'experience.changeExperiment',
  params: { workspace: 'int4', id: 'int4', name: 'text', kind: 'text', definition: 'jsonb', at: 'timestamptz' },
  row: {},
  text: `
    update experience.experiment set name = :name, kind = :kind, definition = :definition, updated_at = :at
    where workspace_id = :workspace and id = :id`,
});

/** Begins, with its part of the group. */
export const startExperiment = pgQuery({
  name: 'experience.startExperiment',
  params: { workspace: 'int4', id: 'int4', group: 'text?', from: 'float8?', to: 'float8?', at: 'timestamptz' },
  row: {},
  text: `
    update experience.experiment
    set state = 'running', started_at = :at, stopped_at = null, updated_at = :at,
      bucket_version = case when started_at is null then bucket_version else bucket_version + 1 end,
      group_name = :group, group_from = :from, group_to = :to
    where workspace_id = :workspace and id = :id`,
});

/** Ends, and gives its part of the group back. */
export const endExperiment = pgQuery({
  name: 'experience.endExperiment',
  params: { workspace: 'int4', id: 'int4', state: 'text', at: 'timestamptz' },
  row: {},
  text: `
    update experience.experiment
    set state = :state, stopped_at = case when started_at is null then null else coalesce(stopped_at, :at) end,
      updated_at = :at, group_name = null, group_from = null, group_to = null
    where workspace_id = :workspace and id = :id`,
});

export const recordLearning = pgQuery({
  name: 'experience.recordLearning',
  params: { workspace: 'int4', id: 'int4', learning: 'jsonb', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    update experience.experiment set learning = :learning, updated_at = :at
    where workspace_id = :workspace and id = :id returning id`,
});

/** The parts of a group that are taken. Few rows: experiments of a workspace. */
export const listGroupParts = pgQuery({
  name: 'experience.listGroupParts',
  params: { workspace: 'int4', group: 'text' },
  row: { id: 'int4', name: 'text', group_from: 'float8?', group_to: 'float8?' },
  text: `
    select id, name, group_from, group_to from experience.experiment
    where workspace_id = :workspace and group_name = :group`,
});

/** Makes the row if there is none and holds it: what concerns the whole workspace changes one after the other. */
export const lockSettings = pgQuery({
  name: 'experience.lockSettings',
  params: { workspace: 'int4' },
  row: { global_holdout: 'float8', published_segments: 'int4[]' },
  text: `
    insert into experience.setting (workspace_id) values (:workspace)
    on conflict (workspace_id) do update set workspace_id = excluded.workspace_id
    returning global_holdout, published_segments`,
});
export const readSettings = pgQuery({
  name: 'experience.readSettings',
  params: { workspace: 'int4' },
  row: { global_holdout: 'float8', published_segments: 'int4[]' },
  text: `select global_holdout, published_segments from experience.setting where workspace_id = :workspace`,
});
export const writeSettings = pgQuery({
  name: 'experience.writeSettings',
  params: { workspace: 'int4', holdout: 'float8', segments: 'int4[]', at: 'timestamptz' },
  row: {},
  text: `
    insert into experience.setting as known (workspace_id, global_holdout, published_segments, held_since)
    values (:workspace, :holdout, :segments, case when :holdout > 0 then :at end)
    on conflict (workspace_id) do update
    set global_holdout = excluded.global_holdout, published_segments = excluded.published_segments,
      held_since = case when known.global_holdout = excluded.global_holdout then known.held_since
        else excluded.held_since end`,
});

/** Since when how many are held out. Primary key. */
export const readHeldOut = pgQuery({
  name: 'experience.readHeldOutShare',
  params: { workspace: 'int4' },
  row: { global_holdout: 'float8', held_since: 'timestamptz?' },
  text: `select global_holdout, held_since from experience.setting where workspace_id = :workspace`,
});

/** In which zone days are, and in which currency money is. Primary key. */
export const readWorkspaceUnits = pgQuery({
  name: 'experience.readWorkspaceUnits',
  params: { workspace: 'int4' },
  row: { time_zone: 'text', base_currency: 'text' },
  text: `select time_zone, base_currency from govern.workspace where id = :workspace`,
});
