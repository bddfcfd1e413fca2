-- Households as a list of their own: who belongs to one stands in household_member, how large and valuable each was when a
-- run last looked stands here, so that a page of the most valuable is read by an index.
create table unify.household (
  workspace_id int not null references govern.workspace on delete cascade,
  household_id bigint not null,
  size int not null,
  -- Net revenue of everybody in it, in the base currency.
  value float8 not null,
  found_at timestamptz not null,
  primary key (workspace_id, household_id)
);
create index household_value on unify.household (workspace_id, value desc, household_id desc);
create index household_size on unify.household (workspace_id, size desc, household_id desc);

insert into unify.household (workspace_id, household_id, size, value, found_at)
select home.workspace_id, home.household_id, count(*), coalesce(sum(spent.value), 0), now()
from (
  select distinct member.workspace_id, member.household_id, profile.root_id
  from unify.household_member as member
  join unify.profile on profile.workspace_id = member.workspace_id and profile.id = member.profile_id
) as home
cross join lateral (
  select sum(coalesce("order".base_total, 0) - "order".base_refunded)::float8 as value
  from unify.profile as part
  join unify."order" on "order".workspace_id = part.workspace_id and "order".profile_id = part.id
    and "order".status is distinct from 'cancelled'
  where part.workspace_id = home.workspace_id and part.root_id = home.root_id
) as spent
group by 1, 2;
