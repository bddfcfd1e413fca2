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
