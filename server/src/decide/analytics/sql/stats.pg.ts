import { pgQuery } from '../../../platform/index.ts';

export const countProfiles = pgQuery({
  name: 'decide.countProfiles',
  params: { workspace: 'int4' },
  row: { profiles: 'int8', identified: 'int8', identifiers: 'int8', merges: 'int8', products: 'int8' },
  text: `
    select
      (select count(*) from unify.profile where workspace_id = :workspace and root_id = id) as profiles,
      (select count(distinct profile.root_id) from unify.identifier
       join unify.profile on profile.workspace_id = identifier.workspace_id and profile.id = identifier.profile_id
       where identifier.workspace_id = :workspace and identifier.namespace <> 'anonymous_id') as identified,
      (select count(*) from unify.identifier where workspace_id = :workspace) as identifiers,
      (select count(*) from unify.merge where workspace_id = :workspace and undone_at is null) as merges,
      (select count(*) from collect.product where workspace_id = :workspace and removed_at is null) as products`,
});

/** Orders by currency; every figure of revenue comes from here. */
export const sumAllOrders = pgQuery({
  name: 'decide.sumAllOrders',
  params: { workspace: 'int4' },
  row: {
    currency: 'text?',
    orders: 'int8',
    revenue: 'numeric',
    base_revenue: 'numeric',
    base_refunded: 'numeric',
    without_rate: 'int8',
    without_customer: 'int8',
  },
  text: `
    select currency,
      count(*) filter (where status is not null and status <> 'cancelled') as orders,
      coalesce(sum(coalesce(total, 0) - refunded) filter (where status is distinct from 'cancelled'), 0) as revenue,
      coalesce(sum(coalesce(base_total, 0) - base_refunded) filter (where status is distinct from 'cancelled'), 0) as base_revenue,
      coalesce(sum(base_refunded) filter (where status is distinct from 'cancelled'), 0) as base_refunded,
      count(*) filter (where status = 'completed' and base_total is null) as without_rate,
      count(*) filter (where status is not null and profile_id is null) as without_customer
    from unify."order" where workspace_id = :workspace
    group by currency order by 2 desc, 1`,
});

export const readSettings = pgQuery({
  name: 'decide.readSettings',
  params: { workspace: 'int4' },
  row: { base_currency: 'text', time_zone: 'text' },
  text: `select base_currency, time_zone from govern.workspace where id = :workspace`,
});

/** People first seen, and profiles joined, by local day. */
export const countByDay = pgQuery({
  name: 'decide.countByDay',
  params: { workspace: 'int4', from: 'timestamptz', to: 'timestamptz', zone: 'text' },
  row: { day: 'text', profiles: 'int8', merged: 'int8' },
  text: `
    select day, sum(profiles)::int8 as profiles, sum(merged)::int8 as merged from (
      select to_char(first_seen_at at time zone :zone, 'YYYY-MM-DD') as day, 1 as profiles, 0 as merged
      from unify.profile
      where workspace_id = :workspace and root_id = id and first_seen_at >= :from and first_seen_at < :to
      union all
      select to_char(at at time zone :zone, 'YYYY-MM-DD'), 0, 1
      from unify.merge where workspace_id = :workspace and undone_at is null and at >= :from and at < :to
    ) as counted
    group by day`,
});
