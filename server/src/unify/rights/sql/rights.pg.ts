import { pgQuery } from '../../../platform/index.ts';

/** Removes all that PostgreSQL holds of these profile rows and orders, in one statement; returns the counts by table. */
export const deleteProfiles = pgQuery({
  name: 'unify.deleteProfiles',
  params: { workspace: 'int4', profiles: 'int8[]', orders: 'text[]' },
  row: {
    identifiers: 'int8',
    former_traits: 'int8',
    collisions: 'int8',
    merges: 'int8',
    kept_apart: 'int8',
    company_members: 'int8',
    order_lines: 'int8',
    refunds: 'int8',
    orders: 'int8',
    match_links: 'int8',
    reviews: 'int8',
    households: 'int8',
    profiles: 'int8',
  },
  text: `
    with
      identifiers as (delete from unify.identifier where workspace_id = :workspace and profile_id = any(:profiles) returning 1),
      former as (delete from unify.former_trait where workspace_id = :workspace and profile_id = any(:profiles) returning 1),
      collisions as (delete from unify.collision where workspace_id = :workspace
        and (profile_id = any(:profiles) or other_profile_id = any(:profiles)) returning 1),
      merges as (delete from unify.merge where workspace_id = :workspace
        and (winner_id = any(:profiles) or loser_id = any(:profiles)) returning 1),
      apart as (delete from unify.kept_apart where workspace_id = :workspace
        and (low_id = any(:profiles) or high_id = any(:profiles)) returning 1),
      members as (delete from unify.company_member where workspace_id = :workspace and profile_id = any(:profiles) returning 1),
      lines as (delete from unify.order_line where workspace_id = :workspace and order_id = any(:orders) returning 1),
      refunds as (delete from unify.refund where workspace_id = :workspace and order_id = any(:orders) returning 1),
      orders as (delete from unify."order" where workspace_id = :workspace and order_id = any(:orders) returning 1),
      links as (delete from unify.match_link as link using unify.match_run as run where link.workspace_id = :workspace
        and run.workspace_id = :workspace and run.id = link.run_id and run.kind = 'people'
        and (link.left_id = any(:profiles) or link.right_id = any(:profiles)) returning 1),
      reviews as (delete from unify.review where workspace_id = :workspace and kind = 'people'
        and (left_id = any(:profiles) or right_id = any(:profiles)) returning id),
      votes as (delete from unify.review_vote where workspace_id = :workspace and review_id in (select id from reviews)),
      comments as (delete from unify.review_comment where workspace_id = :workspace and review_id in (select id from reviews)),
      households as (delete from unify.household_member where workspace_id = :workspace
        and profile_id = any(:profiles) returning 1),
      queued as (delete from unify.match_queue where workspace_id = :workspace and kind = 'people'
        and record_id = any(:profiles)),
      profiles as (delete from unify.profile where workspace_id = :workspace and id = any(:profiles) returning 1)
    select
      (select count(*) from identifiers) as identifiers, (select count(*) from former) as former_traits,
      (select count(*) from collisions) as collisions, (select count(*) from merges) as merges,
      (select count(*) from apart) as kept_apart, (select count(*) from members) as company_members,
      (select count(*) from lines) as order_lines, (select count(*) from refunds) as refunds,
      (select count(*) from orders) as orders, (select count(*) from links) as match_links,
      (select count(*) from reviews) as reviews, (select count(*) from households) as households, (select count(*) from profiles) as profiles`,
});

export const listOrderIds = pgQuery({
  name: 'unify.listOrderIds',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { order_id: 'text' },
  text: `select order_id from unify."order" where workspace_id = :workspace and profile_id = any(:profiles)`,
});
