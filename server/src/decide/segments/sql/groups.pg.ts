import { pgQuery } from '../../../platform/index.ts';

/** Live segments with their sizes. Primary key. */
export const listSizes = pgQuery({
  name: 'decide.listSegmentSizes',
  params: { workspace: 'int4' },
  row: { id: 'int4', name: 'text', size: 'int8' },
  text: `
    select id, name, size from decide.segment
    where workspace_id = :workspace and state in ('live', 'stale') order by name, id`,
});

/** By how much segments shrink when the people of each group are counted as one. Primary key of membership. */
export const countSurplus = pgQuery({
  name: 'decide.countSurplusMembers',
  params: { workspace: 'int4', people: 'int8[]', groups: 'int4[]' },
  row: { segment_id: 'int4', surplus: 'int8' },
  text: `
    select segment_id, sum(members - 1)::int8 as surplus
    from (
      select membership.segment_id, grouped.group_id, count(*) as members
      from unnest(:people, :groups) as grouped (profile_id, group_id)
      join decide.membership on membership.workspace_id = :workspace and membership.profile_id = grouped.profile_id
      group by 1, 2
    ) as counted
    group by segment_id having sum(members - 1) > 0`,
});

/** Segments of these people. Primary key of membership. */
export const listSegmentsOfPeople = pgQuery({
  name: 'decide.listSegmentsOfPeople',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { profile_id: 'int8', id: 'int4', name: 'text' },
  text: `
    select membership.profile_id, segment.id, segment.name
    from decide.membership
    join decide.segment on segment.workspace_id = :workspace and segment.id = membership.segment_id
    where membership.workspace_id = :workspace and membership.profile_id = any(:profiles) and segment.state <> 'archived'`,
});
