import { pgQuery } from '../../../platform/index.ts';

const segmentRow = {
  id: 'int4',
  name: 'text',
  description: 'text',
  kind: 'text',
  state: 'text',
  version: 'int4',
  size: 'int8',
  evaluated_at: 'timestamptz?',
  created_by: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  definition: 'jsonb?',
  newest: 'int4?',
} as const;

/** With the newest definition and its version. */
const segmentColumns = `
  segment.id, segment.name, segment.description, segment.kind, segment.state, segment.version, segment.size,
  segment.evaluated_at, segment.created_by, segment.created_at, segment.updated_at, newest.definition,
  newest.version as newest
  from decide.segment
  left join lateral (
    select definition, version from decide.segment_version
    where segment_version.workspace_id = segment.workspace_id and segment_version.segment_id = segment.id
    order by version desc limit 1
  ) as newest on true`;

export const findSegment = pgQuery({
  name: 'decide.findSegment',
  params: { workspace: 'int4', id: 'int4' },
  row: segmentRow,
  text: `select ${segmentColumns} where segment.workspace_id = :workspace and segment.id = :id`,
});

/** Newest first. Primary key, backwards. */
export const listSegments = pgQuery({
  name: 'decide.listSegments',
  params: { workspace: 'int4', below: 'int4', archived: 'bool', search: 'text', limit: 'int4' },
  row: segmentRow,
  text: `
    select ${segmentColumns}
    where segment.workspace_id = :workspace and segment.id < :below and (segment.state = 'archived') = :archived
      and (:search = '' or position(lower(:search) in lower(segment.name)) > 0)
    order by segment.id desc limit :limit`,
});

/** Segments in force, with the definition that is applied, or being applied for the first time. */
export const listStanding = pgQuery({
  name: 'decide.listStanding',
  params: { workspace: 'int4' },
  row: { id: 'int4', name: 'text', kind: 'text', state: 'text', version: 'int4', definition: 'jsonb?' },
  text: `
    select segment.id, segment.name, segment.kind, segment.state, segment.version, standing.definition
    from decide.segment
    left join decide.segment_version as standing on standing.workspace_id = segment.workspace_id
      and standing.segment_id = segment.id and standing.version = greatest(segment.version, 1)
    where segment.workspace_id = :workspace and segment.state <> 'archived'
    order by segment.id`,
});

export const insertSegment = pgQuery({
  name: 'decide.insertSegment',
  params: {
    workspace: 'int4',
    name: 'text',
    description: 'text',
    kind: 'text',
    state: 'text',
    version: 'int4',
    actor: 'text',
    at: 'timestamptz',
  },
  row: { id: 'int4' },
  text: `
    insert into decide.segment
      (workspace_id, name, description, kind, state, version, created_by, created_at, updated_at, evaluated_at)
    values (:workspace, :name, :description, :kind, :state, :version, :actor, :at, :at,
      case when :kind = 'list' then :at end)
    returning id`,
});

export const insertVersion = pgQuery({
  name: 'decide.insertVersion',
  params: { workspace: 'int4', segment: 'int4', definition: 'jsonb', actor: 'text', at: 'timestamptz' },
  row: { version: 'int4' },
  text: `
    insert into decide.segment_version (workspace_id, segment_id, version, definition, at, by_actor)
    select :workspace, :segment, coalesce(max(version), 0) + 1, :definition, :at, :actor
    from decide.segment_version where workspace_id = :workspace and segment_id = :segment
    returning version`,
});

export const describeSegment = pgQuery({
  name: 'decide.describeSegment',
  params: { workspace: 'int4', id: 'int4', name: 'text', description: 'text', at: 'timestamptz' },
  row: {},
  text: `
    update decide.segment set name = :name, description = :description, updated_at = :at
    where workspace_id = :workspace and id = :id`,
});

export const setState = pgQuery({
  name: 'decide.setState',
  params: { workspace: 'int4', ids: 'int4[]', state: 'text', at: 'timestamptz' },
  row: {},
  text: `
    update decide.segment set state = :state, updated_at = :at where workspace_id = :workspace and id = any(:ids)`,
});

/** A version was applied to everyone. While a newer one waits, the segment goes on being built. */
export const markApplied = pgQuery({
  name: 'decide.markApplied',
  params: { workspace: 'int4', ids: 'int4[]', versions: 'int4[]', at: 'timestamptz' },
  row: {},
  text: `
    update decide.segment set version = applied.version, evaluated_at = :at,
      state = case
        when state = 'archived' then state
        when exists (select from decide.segment_version as newer
                     where newer.workspace_id = :workspace and newer.segment_id = applied.id
                       and newer.version > applied.version) then 'building'
        else 'live' end
    from unnest(:ids, :versions) as applied (id, version)
    where segment.workspace_id = :workspace and segment.id = applied.id`,
});

/** Every change of what segments are; a compiled form of an older generation is compiled again. */
export const raiseGeneration = pgQuery({
  name: 'decide.raiseGeneration',
  params: { workspace: 'int4' },
  row: {},
  text: `
    insert into decide.segment_generation as g (workspace_id, generation) values (:workspace, 1)
    on conflict (workspace_id) do update set generation = g.generation + 1`,
});

export const readGeneration = pgQuery({
  name: 'decide.readGeneration',
  params: { workspace: 'int4' },
  row: { generation: 'int8', time_zone: 'text' },
  text: `
    select coalesce(generation, 0) as generation, time_zone from govern.workspace
    left join decide.segment_generation on workspace_id = workspace.id
    where workspace.id = :workspace`,
});

export const listVersions = pgQuery({
  name: 'decide.listVersions',
  params: { workspace: 'int4', id: 'int4' },
  row: { version: 'int4', definition: 'jsonb', at: 'timestamptz', by_actor: 'text' },
  text: `
    select version, definition, at, by_actor from decide.segment_version
    where workspace_id = :workspace and segment_id = :id order by version desc limit 200`,
});

/**
 * Segments whose newest version is not applied to everyone yet, oldest first, of all workspaces; and those set aside
 * before `retry`, which may have met a busy hour.
 */
export const listUnapplied = pgQuery({
  name: 'decide.listUnapplied',
  params: { retry: 'timestamptz' },
  row: { workspace_id: 'int4', id: 'int4' },
  text: `
    select workspace_id, id from decide.segment
    where state = 'building' or (state = 'stale' and updated_at < :retry) order by updated_at`,
});

export const listWorkspacesWithSegments = pgQuery({
  name: 'decide.listWorkspacesWithSegments',
  params: {},
  row: { workspace_id: 'int4' },
  text: `select distinct workspace_id from decide.segment where state <> 'archived'`,
});

export const deleteSegmentMembers = pgQuery({
  name: 'decide.deleteSegmentMembers',
  params: { workspace: 'int4', segment: 'int4' },
  row: { profile_id: 'int8', segment_id: 'int4' },
  text: `
    with listed as (
      delete from decide.list_entry where workspace_id = :workspace and segment_id = :segment
    ), former as (
      delete from decide.former_membership where workspace_id = :workspace and segment_id = :segment
    )
    delete from decide.membership where workspace_id = :workspace and segment_id = :segment
    returning profile_id, segment_id`,
});

/** Profile rows that hold one of these identifiers. Index identifier_exclusive. */
export const findByIdentifier = pgQuery({
  name: 'decide.findByIdentifier',
  params: { workspace: 'int4', namespaces: 'text[]', values: 'text[]' },
  row: { value: 'text', profile_id: 'int8' },
  text: `
    select distinct value, profile_id from unify.identifier
    where workspace_id = :workspace and namespace = any(:namespaces) and value = any(:values)`,
});

export const listSites = pgQuery({
  name: 'decide.listSites',
  params: { workspace: 'int4' },
  row: { name: 'text' },
  text: `select name from govern.site where workspace_id = :workspace order by name`,
});

/** When everybody was last asked about the segment that waits longest for it. */
export const findLastRecompute = pgQuery({
  name: 'decide.findLastRecompute',
  params: { workspace: 'int4' },
  row: { at: 'timestamptz?' },
  text: `
    select min(evaluated_at) as at from decide.segment
    where workspace_id = :workspace and kind = 'dynamic' and state in ('live', 'building') and version > 0`,
});

/** Workspaces where somebody's moment may have gone unseen, because everybody was last asked this time. */
export const listForgotten = pgQuery({
  name: 'decide.listForgotten',
  params: { before: 'timestamptz' },
  row: { workspace_id: 'int4' },
  text: `
    select distinct workspace_id from decide.segment
    where kind = 'dynamic' and state = 'live' and evaluated_at < :before`,
});
