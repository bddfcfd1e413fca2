import { pgQuery } from '../../../../platform/index.ts';

/** Pairs of customers that somebody keeps apart, as they stand now. */
export const listAllApart = pgQuery({
  name: 'unify.listAllApart',
  params: { workspace: 'int4' },
  row: { low: 'int8', high: 'int8' },
  text: `
    select distinct least(a.root_id, b.root_id) as low, greatest(a.root_id, b.root_id) as high
    from unify.kept_apart
    join unify.profile as a on a.workspace_id = :workspace and a.id = kept_apart.low_id
    join unify.profile as b on b.workspace_id = :workspace and b.id = kept_apart.high_id
    where kept_apart.workspace_id = :workspace and a.root_id <> b.root_id`,
});

/** Takes a mark back that was made at this moment. */
export const deleteApart = pgQuery({
  name: 'unify.deleteApart',
  params: { workspace: 'int4', low: 'int8', high: 'int8', at: 'timestamptz' },
  row: {},
  text: `
    delete from unify.kept_apart
    where workspace_id = :workspace and low_id = :low and high_id = :high and at = :at`,
});

/** Net revenue of customers, by root. Indexes profile_root, order_profile. */
export const sumRevenue = pgQuery({
  name: 'unify.sumRevenueOfRoots',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: { root_id: 'int8', revenue: 'float8' },
  text: `
    select profile.root_id, sum(coalesce("order".base_total, 0) - "order".base_refunded)::float8 as revenue
    from unify.profile
    join unify."order" on "order".workspace_id = :workspace and "order".profile_id = profile.id
      and "order".status is distinct from 'cancelled'
    where profile.workspace_id = :workspace and profile.root_id = any(:roots)
    group by profile.root_id`,
});

/**
 * Profile rows with everything that was merged below them, but for merges from a certain one on: how each side of a merge
 * looked before it. Indexes merge_winner, primary key.
 */
export const readBelow = pgQuery({
  name: 'unify.readRowsBelow',
  params: { workspace: 'int4', tops: 'int8[]', before: 'int8[]' },
  row: {
    top: 'int8',
    id: 'int8',
    root_id: 'int8',
    created_at: 'timestamptz',
    first_seen_at: 'timestamptz',
    last_seen_at: 'timestamptz',
    traits: 'jsonb',
    consents: 'jsonb',
    merge_winner: 'int8?',
    merge_at: 'timestamptz?',
    merge_kind: 'text?',
  },
  text: `
    with recursive below as (
      select asked.top, asked.before, asked.top as id, null::int8 as merge_id
      from unnest(:tops, :before) as asked (top, before)
      union
      select below.top, below.before, profile.id, merge.id
      from below
      join unify.merge on merge.workspace_id = :workspace and merge.winner_id = below.id and merge.undone_at is null
        and (below.before is null or merge.id < below.before)
      join unify.profile on profile.workspace_id = :workspace and profile.id = merge.loser_id and profile.merge_id = merge.id
    )
    select below.top, profile.id, profile.root_id, profile.created_at, profile.first_seen_at, profile.last_seen_at,
      profile.traits, profile.consents, merge.winner_id as merge_winner, merge.at as merge_at, merge.kind as merge_kind
    from below
    join unify.profile on profile.workspace_id = :workspace and profile.id = below.id
    left join unify.merge on merge.workspace_id = :workspace and merge.id = below.merge_id
    order by below.top, profile.id`,
});
