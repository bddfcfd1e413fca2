import { pgQuery } from '../../../../platform/index.ts';

export const listHouseholds = pgQuery({
  name: 'unify.listHouseholds',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8', household_id: 'int8', size: 'int4', first: 'bool' },
  text: `
    select profile_id, household_id, size, first from unify.household_member where workspace_id = :workspace`,
});

/** Households of these customers. Primary key. */
export const readHouseholdsOf = pgQuery({
  name: 'unify.readHouseholdsOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { profile_id: 'int8', household_id: 'int8', size: 'int4', first: 'bool' },
  text: `
    select profile_id, household_id, size, first from unify.household_member
    where workspace_id = :workspace and profile_id = any(:profiles)`,
});

/** Who belongs to a household, as customers stand now. Indexes household_member_household, primary key of profile. */
export const listHouseholdMembers = pgQuery({
  name: 'unify.listHouseholdMembers',
  params: { workspace: 'int4', household: 'int8' },
  row: { root_id: 'int8', first: 'bool' },
  text: `
    select profile.root_id, bool_or(member.first) as first
    from unify.household_member as member
    join unify.profile on profile.workspace_id = :workspace and profile.id = member.profile_id
    where member.workspace_id = :workspace and member.household_id = :household
    group by profile.root_id order by 1`,
});

/** Writes who lives with whom; rows that say the same already are left alone. */
export const writeHouseholds = pgQuery({
  name: 'unify.writeHouseholds',
  params: { workspace: 'int4', profiles: 'int8[]', households: 'int8[]', sizes: 'int4[]', first: 'bool[]' },
  row: {},
  text: `
    insert into unify.household_member (workspace_id, profile_id, household_id, size, first)
    select :workspace, member.profile_id, household_id, size, first
    from unnest(:profiles, :households, :sizes, :first) as member (profile_id, household_id, size, first)
    join unify.profile on profile.workspace_id = :workspace and profile.id = member.profile_id
    on conflict (workspace_id, profile_id) do update
    set household_id = excluded.household_id, size = excluded.size, first = excluded.first`,
});

export const deleteHouseholds = pgQuery({
  name: 'unify.deleteHouseholds',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from unify.household_member where workspace_id = :workspace and profile_id = any(:profiles)`,
});

/** Writes how large and valuable each household is. Primary key. */
export const writeHouseholdValues = pgQuery({
  name: 'unify.writeHouseholdValues',
  params: { workspace: 'int4', households: 'int8[]', sizes: 'int4[]', values: 'float8[]', at: 'timestamptz' },
  row: {},
  text: `
    insert into unify.household as known (workspace_id, household_id, size, value, found_at)
    select :workspace, household_id, size, value, :at
    from unnest(:households, :sizes, :values) as home (household_id, size, value)
    on conflict (workspace_id, household_id) do update
    set size = excluded.size, value = excluded.value, found_at = excluded.found_at`,
});

/** Households that the last run did not find any more. Sequential over the workspace's households: once a run. */
export const deleteFormerHouseholds = pgQuery({
  name: 'unify.deleteFormerHouseholds',
  params: { workspace: 'int4', before: 'timestamptz' },
  row: {},
  text: `delete from unify.household where workspace_id = :workspace and found_at < :before`,
});

const pageParams = { workspace: 'int4', least: 'int4', belowId: 'int8', limit: 'int4' } as const;
const pageRow = { household_id: 'int8', value: 'float8', size: 'int4', found_at: 'timestamptz' } as const;
const columns = 'household_id, value, size, found_at';

/** The most valuable households. Index household_value. */
export const pageValuableHouseholds = pgQuery({
  name: 'unify.pageValuableHouseholds',
  params: { ...pageParams, belowValue: 'float8' },
  row: pageRow,
  text: `
    select ${columns} from unify.household
    where workspace_id = :workspace and (value, household_id) < (:belowValue, :belowId) and size >= :least
    order by value desc, household_id desc limit :limit`,
});

/** The largest households. Index household_size. */
export const pageLargeHouseholds = pgQuery({
  name: 'unify.pageLargeHouseholds',
  params: { ...pageParams, belowSize: 'int4' },
  row: pageRow,
  text: `
    select ${columns} from unify.household
    where workspace_id = :workspace and (size, household_id) < (:belowSize, :belowId) and size >= :least
    order by size desc, household_id desc limit :limit`,
});

/** How many households there are. Index household_size. */
export const countHouseholds = pgQuery({
  name: 'unify.countHouseholds',
  params: { workspace: 'int4', least: 'int4' },
  row: { households: 'int4' },
  text: `
    select count(*)::int as households from unify.household where workspace_id = :workspace and size >= :least`,
});

/**
 * Who belongs to these households, as customers stand now; whoever stands for one first. Indexes
 * household_member_household, primary key of profile.
 */
export const listMembersOfHouseholds = pgQuery({
  name: 'unify.listMembersOfHouseholds',
  params: { workspace: 'int4', households: 'int8[]' },
  row: { household_id: 'int8', root_id: 'int8', first: 'bool' },
  text: `
    select member.household_id, profile.root_id, bool_or(member.first) as first
    from unify.household_member as member
    join unify.profile on profile.workspace_id = :workspace and profile.id = member.profile_id
    where member.workspace_id = :workspace and member.household_id = any(:households)
    group by member.household_id, profile.root_id
    order by 1, 3 desc, 2`,
});
