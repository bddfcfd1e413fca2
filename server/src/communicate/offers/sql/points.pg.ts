import { pgQuery } from '../../../platform/index.ts';

export const readLoyalty = pgQuery({
  name: 'communicate.readLoyalty',
  params: { workspace: 'int4' },
  row: { rules: 'jsonb' },
  text: `select rules from communicate.loyalty where workspace_id = :workspace`,
});

export const saveLoyalty = pgQuery({
  name: 'communicate.saveLoyalty',
  params: { workspace: 'int4', rules: 'jsonb', now: 'timestamptz' },
  row: {},
  text: `
    insert into communicate.loyalty (workspace_id, rules, updated_at) values (:workspace, :rules, :now)
    on conflict (workspace_id) do update set rules = excluded.rules, updated_at = excluded.updated_at`,
});

/** One change of points at a time per workspace where a balance decides. Held until commit. */
export const lockPoints = pgQuery({
  name: 'communicate.lockPoints',
  params: { workspace: 'int4' },
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7407, :workspace)) as lock`,
});

/** Repeats write nothing. Index points_once. */
export const insertPoints = pgQuery({
  name: 'communicate.insertPoints',
  params: {
    workspace: 'int4',
    profiles: 'int8[]',
    kinds: 'text[]',
    points: 'int4[]',
    keys: 'text[]',
    at: 'timestamptz[]',
    expires: 'timestamptz[]',
    orders: 'text[]',
    notes: 'text[]',
    actor: 'text',
  },
  row: { id: 'int8' },
  text: `
    insert into communicate.points (workspace_id, profile_id, kind, points, key, at, expires_at, order_id, note, actor)
    select :workspace, profile_id, kind, points, key, at, expires_at, order_id, note, :actor
    from unnest(:profiles, :kinds, :points, :keys, :at, :expires, :orders, :notes)
      as entry (profile_id, kind, points, key, at, expires_at, order_id, note)
    on conflict (workspace_id, profile_id, key) do nothing
    returning id`,
});

/** Whether a customer's rows have this key. Index points_once. */
export const findPointsKey = pgQuery({
  name: 'communicate.findPointsKey',
  params: { workspace: 'int4', profiles: 'int8[]', key: 'text' },
  row: { id: 'int8' },
  text: `
    select id from communicate.points where workspace_id = :workspace and profile_id = any(:profiles) and key = :key limit 1`,
});

/**
 * Balances of the customers that these profile rows belong to, by asked row: points, what was earned since a day, and what
 * ends next. What is spent counts against what ends first. Indexes profile_root, points_profile.
 */
export const readBalances = pgQuery({
  name: 'communicate.readBalances',
  params: { workspace: 'int4', profiles: 'int8[]', since: 'timestamptz' },
  row: { profile_id: 'int8', balance: 'int8', earned: 'int8', ending: 'int8?', ends_at: 'timestamptz?' },
  text: `
    with asked as (
      select distinct own.id, part.id as part
      from unify.profile as own
      join unify.profile as part on part.workspace_id = :workspace and part.root_id = own.root_id
      where own.workspace_id = :workspace and own.id = any(:profiles)
    ), entry as materialized (
      select asked.id, points.points, points.at, points.expires_at, points.kind
      from asked join communicate.points on points.workspace_id = :workspace and points.profile_id = asked.part
    ), sums as (
      select id, sum(points) as balance,
        coalesce(sum(points) filter (where kind in ('earn', 'correct') and at >= :since), 0) as earned,
        coalesce(-sum(points) filter (where points < 0), 0) as spent
      from entry group by id
    ), ends as (
      select id, expires_at, sum(sum(points)) over (partition by id order by expires_at) as until
      from entry where points > 0 and expires_at is not null group by id, expires_at
    ), next as (
      select distinct on (ends.id) ends.id, ends.until - sums.spent as ending, ends.expires_at
      from ends join sums on sums.id = ends.id
      where ends.until > sums.spent
      order by ends.id, ends.expires_at
    )
    select sums.id as profile_id, sums.balance::int8 as balance, sums.earned::int8 as earned,
      least(next.ending, sums.balance)::int8 as ending, next.expires_at as ends_at
    from sums left join next on next.id = sums.id and sums.balance > 0`,
});

/** Entries of a customer, newest first, below an id. Index points_profile. */
export const listPoints = pgQuery({
  name: 'communicate.listPoints',
  params: { workspace: 'int4', profiles: 'int8[]', below: 'int8', limit: 'int4' },
  row: {
    id: 'int8',
    kind: 'text',
    points: 'int4',
    at: 'timestamptz',
    expires_at: 'timestamptz?',
    order_id: 'text?',
    note: 'text',
  },
  text: `
    select id, kind, points, at, expires_at, order_id, note from communicate.points
    where workspace_id = :workspace and profile_id = any(:profiles) and id < :below order by id desc limit :limit`,
});

/** Workspaces with points that may have ended by now: few. Index points_ending. */
export const listEndingWorkspaces = pgQuery({
  name: 'communicate.listEndingWorkspaces',
  params: { now: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    select workspace.id from govern.workspace
    where exists (select from communicate.points where workspace_id = workspace.id and expires_at <= :now)`,
});

/**
 * Ends points whose time has come: of each customer what was earned to end by now, less what was spent, corrected or ended
 * before. One entry each, on the customer's root. Indexes points_ending, profile_root, points_profile.
 */
export const expirePoints = pgQuery({
  name: 'communicate.expirePoints',
  params: { workspace: 'int4', now: 'timestamptz', key: 'text' },
  row: { profile_id: 'int8' },
  text: `
    with touched as (
      select distinct profile.root_id
      from communicate.points
      join unify.profile on profile.workspace_id = :workspace and profile.id = points.profile_id
      where points.workspace_id = :workspace and points.expires_at <= :now
    ), left_over as (
      select touched.root_id,
        sum(points.points) filter (where points.points > 0 and points.expires_at <= :now)
          + sum(least(points.points, 0)) as points
      from touched
      join unify.profile as part on part.workspace_id = :workspace and part.root_id = touched.root_id
      join communicate.points on points.workspace_id = :workspace and points.profile_id = part.id
      group by touched.root_id
    )
    insert into communicate.points (workspace_id, profile_id, kind, points, key, at, actor)
    select :workspace, root_id, 'expire', -points::int, :key, :now, 'system:loyalty' from left_over where points > 0
    on conflict (workspace_id, profile_id, key) do nothing
    returning profile_id`,
});

export const deletePoints = pgQuery({
  name: 'communicate.deletePoints',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from communicate.points where workspace_id = :workspace and profile_id = any(:profiles)`,
});
