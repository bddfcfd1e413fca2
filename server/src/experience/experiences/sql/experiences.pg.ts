import { pgQuery } from '../../../platform/index.ts';

const columns = {
  id: 'int4',
  key: 'text',
  name: 'text',
  state: 'text',
  version: 'int4',
  definition: 'jsonb',
  started_at: 'timestamptz?',
  stopped_at: 'timestamptz?',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;
const selected = Object.keys(columns).join(', ');

/** A page of experiences, the newest first. Primary key, backwards. */
export const listExperiences = pgQuery({
  name: 'experience.listExperiences',
  params: { workspace: 'int4', below: 'int4', limit: 'int4' },
  row: columns,
  text: `
    select ${selected} from experience.experience
    where workspace_id = :workspace and id < :below
    order by id desc limit :limit`,
});

/** One experience. Primary key. */
export const findExperience = pgQuery({
  name: 'experience.findExperience',
  params: { workspace: 'int4', id: 'int4' },
  row: columns,
  text: `select ${selected} from experience.experience where workspace_id = :workspace and id = :id`,
});

/** What is called by a key. Unique key. */
export const findExperienceByKey = pgQuery({
  name: 'experience.findExperienceByKey',
  params: { workspace: 'int4', key: 'text' },
  row: { definition: 'jsonb' },
  text: `select definition from experience.experience where workspace_id = :workspace and key = :key`,
});

/** No row: the key is taken. */
export const insertExperience = pgQuery({
  name: 'experience.insertExperience',
  params: { workspace: 'int4', key: 'text', name: 'text', definition: 'jsonb', actor: 'text', now: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    insert into experience.experience
      (workspace_id, key, name, state, definition, created_by, created_at, updated_at)
    values (:workspace, :key, :name, 'draft', :definition, :actor, :now, :now)
    on conflict (workspace_id, key) do nothing
    returning id`,
});

/**
 * A new version of one, or only of the version it is based on. No row: it is archived, or at another version by now. Its key
 * stays: pages and events know it by that. Primary key.
 */
export const updateExperience = pgQuery({
  name: 'experience.updateExperience',
  params: {
    workspace: 'int4',
    id: 'int4',
    name: 'text',
    definition: 'jsonb',
    based_on: 'int4?',
    now: 'timestamptz',
  },
  row: { version: 'int4' },
  text: `
    update experience.experience
    set name = :name, definition = :definition, version = version + 1, updated_at = :now
    where workspace_id = :workspace and id = :id and state <> 'archived'
      and (:based_on::int4 is null or version = :based_on)
    returning version`,
});

/** From one of some states into another. No row: it is in none of them. Primary key. */
export const moveExperience = pgQuery({
  name: 'experience.moveExperience',
  params: { workspace: 'int4', id: 'int4', from: 'text[]', to: 'text', now: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    update experience.experience
    set state = :to, updated_at = :now,
      started_at = case when :to = 'running' then coalesce(started_at, :now) else started_at end,
      stopped_at = case when :to = 'running' then null when state = 'running' then :now else stopped_at end
    where workspace_id = :workspace and id = :id and state = any(:from)
    returning id`,
});

/** Only one that never ran. Primary key. */
export const deleteDraft = pgQuery({
  name: 'experience.deleteDraft',
  params: { workspace: 'int4', id: 'int4' },
  row: { id: 'int4' },
  text: `
    delete from experience.experience
    where workspace_id = :workspace and id = :id and state = 'draft' and started_at is null
    returning id`,
});

/** Lets every process read the experiences of a workspace again. */
export const raiseGeneration = pgQuery({
  name: 'experience.raiseGeneration',
  params: { workspace: 'int4' },
  row: {},
  text: `
    insert into experience.generation (workspace_id, generation) values (:workspace, 1)
    on conflict (workspace_id) do update set generation = generation.generation + 1`,
});

/** Which of these segments are there to be used. Primary key. */
export const listUsableSegments = pgQuery({
  name: 'experience.listUsableSegments',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: { id: 'int4' },
  text: `select id from decide.segment where workspace_id = :workspace and id = any(:ids) and state <> 'archived'`,
});

/** The site of this name. Unique key. */
export const findSite = pgQuery({
  name: 'experience.findSite',
  params: { workspace: 'int4', name: 'text' },
  row: { id: 'int4' },
  text: `select id from govern.site where workspace_id = :workspace and name = :name`,
});

/** Primary key. */
export const readWorkspace = pgQuery({
  name: 'experience.readWorkspace',
  params: { workspace: 'int4' },
  row: { base_currency: 'text', time_zone: 'text' },
  text: `select base_currency, time_zone from govern.workspace where id = :workspace`,
});
