import { pgQuery } from '../../../platform/index.ts';

/** Notes that something is new of these profile rows. */
export const appendNews = pgQuery({
  name: 'unify.appendNews',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `insert into unify.customer_news (workspace_id, profiles) values (:workspace, :profiles)`,
});

/**
 * One process at a time: the statement after it sees what the one before wrote, so that no older answer overwrites a newer.
 * Held until commit.
 */
export const lockNews = pgQuery({
  name: 'unify.lockNews',
  params: {},
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7403)) as lock`,
});

/** Takes the oldest lines. Primary key. */
export const takeNews = pgQuery({
  name: 'unify.takeNews',
  params: { limit: 'int4' },
  row: { workspace_id: 'int4', profiles: 'int8[]' },
  text: `
    delete from unify.customer_news where id in (select id from unify.customer_news order by id limit :limit)
    returning workspace_id, profiles`,
});

/**
 * Makes the rows of the customers that these profile rows belong to what everything stored says now; rows that stand under
 * another, or are erased, lose theirs. The name is the one that `nameOf` shows, or else the e-mail. A repeat changes
 * nothing. Primary key and profile_root of profiles, identifier_profile, order_profile.
 */
export const refreshCustomers = pgQuery({
  name: 'unify.refreshCustomers',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `
    with roots as materialized (
      select distinct root_id from unify.profile where workspace_id = :workspace and id = any(:profiles)
    ), gone as (
      delete from unify.customer
      where workspace_id = :workspace and id = any(:profiles) and id not in (select root_id from roots)
    ), people as (
      select part.root_id, array_agg(part.id) as members, min(part.first_seen_at) as first_seen_at,
        max(part.last_seen_at) as last_seen_at,
        (array_agg(part.traits #> '{firstName,value}' order by part.traits #>> '{firstName,at}' collate "C" desc, part.id)
          filter (where part.traits ? 'firstName'))[1] as first_name,
        (array_agg(part.traits #> '{lastName,value}' order by part.traits #>> '{lastName,at}' collate "C" desc, part.id)
          filter (where part.traits ? 'lastName'))[1] as last_name,
        (array_agg(part.traits #> '{name,value}' order by part.traits #>> '{name,at}' collate "C" desc, part.id)
          filter (where part.traits ? 'name'))[1] as name,
        (array_agg(part.traits #> '{email,value}' order by part.traits #>> '{email,at}' collate "C" desc, part.id)
          filter (where part.traits ? 'email'))[1] as email
      from roots
      join unify.profile as part on part.workspace_id = :workspace and part.root_id = roots.root_id
      group by part.root_id
    ), named as (
      select people.*, coalesce(
        nullif(concat_ws(' ',
          case jsonb_typeof(first_name) when 'string' then nullif(first_name #>> '{}', '') end,
          case jsonb_typeof(last_name) when 'string' then nullif(last_name #>> '{}', '') end), ''),
        case jsonb_typeof(name) when 'string' then nullif(name #>> '{}', '') end,
        case jsonb_typeof(email) when 'string' then nullif(email #>> '{}', '') end,
        (select value from unify.identifier
         where workspace_id = :workspace and profile_id = any(members) and namespace = 'email'
         order by identifier.first_seen_at limit 1)) as shown
      from people
    )
    insert into unify.customer as c
      (workspace_id, id, known, name, first_seen_at, last_seen_at, orders, revenue, last_order_at)
    select :workspace, root_id,
      exists (select from unify.identifier
              where workspace_id = :workspace and profile_id = any(members) and namespace <> 'anonymous_id'),
      nullif(left(btrim(regexp_replace(
        lower(regexp_replace(normalize(shown, nfd), '[\\u0300-\\u036f]', '', 'g')), '\\s+', ' ', 'g')), 120), ''),
      first_seen_at, last_seen_at, nullif(sold.orders, 0),
      case when sold.orders > 0 then sold.revenue end, case when sold.orders > 0 then sold.last_order_at end
    from named
    cross join lateral (
      select count(*) filter (where status is not null and status <> 'cancelled')::int as orders,
        coalesce(sum(coalesce(base_total, 0) - base_refunded) filter (where status is distinct from 'cancelled'), 0) as revenue,
        max(ordered_at) filter (where status <> 'cancelled') as last_order_at
      from unify."order" where workspace_id = :workspace and profile_id = any(members)
    ) as sold
    order by root_id
    on conflict (workspace_id, id) do update set
      known = excluded.known, name = excluded.name, first_seen_at = excluded.first_seen_at,
      last_seen_at = excluded.last_seen_at, orders = excluded.orders, revenue = excluded.revenue,
      last_order_at = excluded.last_order_at
    where (c.known, c.name, c.first_seen_at, c.last_seen_at, c.orders, c.revenue, c.last_order_at) is distinct from
      (excluded.known, excluded.name, excluded.first_seen_at, excluded.last_seen_at, excluded.orders, excluded.revenue,
       excluded.last_order_at)`,
});

/** Takes people out of sorted lists. Primary key. */
export const deleteListed = pgQuery({
  name: 'unify.deleteListed',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from unify.customer where workspace_id = :workspace and id = any(:profiles)`,
});
