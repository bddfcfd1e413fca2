import { pgQuery } from '../../../platform/index.ts';

/**
 * Segments, archived ones left out, whose newest definition holds a condition of one of these kinds, of this id where it is
 * not ''.
 * Reads the newest version of each segment of the workspace; there are hundreds at most.
 */
const users = `
  select segment.id, segment.name, segment.state from decide.segment
  join lateral (
    select definition from decide.segment_version as version
    where version.workspace_id = segment.workspace_id and version.segment_id = segment.id
    order by version.version desc limit 1
  ) as newest on true
  where segment.workspace_id = :workspace and segment.state <> 'archived'
    and exists (
      select from jsonb_path_query(newest.definition, '$.** ? (exists(@.kind))') as condition
      where condition ->> 'kind' = any(:kinds::text[])
        and (:id::text = '' or condition ->> 'score' = :id or condition ->> 'lookalike' = :id
          or condition ->> 'provider' = :id))`;

export const listUsers = pgQuery({
  name: 'decide.listReferenceUsers',
  params: { workspace: 'int4', kinds: 'text[]', id: 'text' },
  row: { id: 'int4', name: 'text', state: 'text' },
  text: `${users} order by segment.name, segment.id`,
});

/** They are applied to everyone again; until then their members stay. */
export const markUsers = pgQuery({
  name: 'decide.markReferenceUsers',
  params: { workspace: 'int4', kinds: 'text[]', id: 'text' },
  row: {},
  text: `
    update decide.segment set state = 'building'
    where workspace_id = :workspace and state in ('live', 'stale') and id in (select id from (${users}) as users)`,
});
