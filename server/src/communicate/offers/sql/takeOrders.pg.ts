import { pgQuery } from '../../../platform/index.ts';

/** Whether a workspace has codes or a programme at all: most batches end here. Primary keys, index offer_shared_code. */
export const hasOffers = pgQuery({
  name: 'communicate.hasOffers',
  params: { workspace: 'int4' },
  row: { codes: 'bool', rules: 'jsonb?' },
  text: `
    select (exists (select from communicate.coupon_pool where workspace_id = :workspace)
        or exists (select from communicate.offer where workspace_id = :workspace and shared_code is not null)) as codes,
      (select rules from communicate.loyalty where workspace_id = :workspace) as rules`,
});

const orderRow = {
  order_id: 'text',
  version: 'int8',
  profile_id: 'int8?',
  status: 'text?',
  ordered_at: 'timestamptz?',
  coupon: 'text?',
  amount: 'numeric',
  discount: 'numeric',
} as const;

const orderText = `
  select sale.order_id, sale.version, sale.profile_id, sale.status, sale.ordered_at, sale.coupon,
    case when sale.status = 'cancelled' then 0 else coalesce(sale.base_total, 0) - sale.base_refunded end as amount,
    coalesce(sale.discount, 0) as discount
  from unify."order" as sale
  left join communicate.order_taken as taken on taken.workspace_id = :workspace and taken.order_id = sale.order_id`;

/** Orders of these profile rows whose newest content nobody has looked at. Index order_profile, primary keys. */
export const listUntaken = pgQuery({
  name: 'communicate.listUntakenOrders',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: orderRow,
  text: `${orderText}
    where sale.workspace_id = :workspace and sale.profile_id = any(:profiles)
      and (taken.version is null or taken.version < sale.version)
    order by sale.ordered_at, sale.order_id`,
});

/** The same of all orders after an id, in order of id. Primary keys. */
export const pageUntaken = pgQuery({
  name: 'communicate.pageUntakenOrders',
  params: { workspace: 'int4', after: 'text', limit: 'int4' },
  row: orderRow,
  text: `${orderText}
    where sale.workspace_id = :workspace and sale.order_id > :after
      and (taken.version is null or taken.version < sale.version)
    order by sale.order_id limit :limit`,
});

export const noteTaken = pgQuery({
  name: 'communicate.noteTakenOrders',
  params: { workspace: 'int4', orders: 'text[]', versions: 'int8[]' },
  row: {},
  text: `
    insert into communicate.order_taken (workspace_id, order_id, version)
    select :workspace, order_id, version from unnest(:orders, :versions) as taken (order_id, version)
    on conflict (workspace_id, order_id) do update set version = excluded.version`,
});

/** All orders are to be looked at again: the rules changed. */
export const forgetTaken = pgQuery({
  name: 'communicate.forgetTakenOrders',
  params: { workspace: 'int4' },
  row: {},
  text: `delete from communicate.order_taken where workspace_id = :workspace`,
});

/**
 * The codes of ours among those that orders name, and the offers behind codes for all. The order's customer is compared
 * with the one the code was given to. Primary key of coupon, index offer_shared_code.
 */
export const matchCodes = pgQuery({
  name: 'communicate.matchOrderCodes',
  params: { workspace: 'int4', orders: 'text[]', codes: 'text[]', profiles: 'int8[]' },
  row: {
    position: 'int4',
    offer_id: 'int4?',
    pool_id: 'int4?',
    claimed: 'bool',
    theirs: 'bool',
    expires_at: 'timestamptz?',
    starts_at: 'timestamptz?',
    used_in: 'text?',
  },
  text: `
    select named.position::int as position, coalesce(coupon.offer_id, offer.id) as offer_id, coupon.pool_id,
      coupon.code is null or coupon.claim_key is not null as claimed,
      coupon.profile_id is null or named.profile_id is null
        or coalesce(holder.root_id, 0) = coalesce(buyer.root_id, 0) as theirs,
      case when coupon.code is null then offer.ends_at else coupon.expires_at end as expires_at,
      case when coupon.code is null then offer.starts_at end as starts_at,
      coupon.order_id as used_in
    from unnest(:orders, :codes, :profiles) with ordinality as named (order_id, code, profile_id, position)
    left join communicate.coupon on coupon.workspace_id = :workspace and coupon.code = named.code
    left join communicate.offer on offer.workspace_id = :workspace and offer.shared_code = named.code
    left join unify.profile as holder on holder.workspace_id = :workspace and holder.id = coupon.profile_id
    left join unify.profile as buyer on buyer.workspace_id = :workspace and buyer.id = named.profile_id
    where coupon.code is not null or offer.id is not null`,
});

/** What was noted of these orders before: a changed order is noted anew. Primary key. */
export const clearRedemptions = pgQuery({
  name: 'communicate.clearRedemptions',
  params: { workspace: 'int4', orders: 'text[]' },
  row: {},
  text: `
    with freed as (
      update communicate.coupon set order_id = null, redeemed_at = null
      from communicate.redemption
      where redemption.workspace_id = :workspace and redemption.order_id = any(:orders)
        and coupon.workspace_id = :workspace and coupon.code = redemption.code and coupon.order_id = redemption.order_id
    )
    delete from communicate.redemption where workspace_id = :workspace and order_id = any(:orders)`,
});

export const insertRedemptions = pgQuery({
  name: 'communicate.insertRedemptions',
  params: {
    workspace: 'int4',
    orders: 'text[]',
    codes: 'text[]',
    offers: 'int4[]',
    pools: 'int4[]',
    profiles: 'int8[]',
    at: 'timestamptz[]',
    amounts: 'numeric[]',
    discounts: 'numeric[]',
    problems: 'text[]',
  },
  row: {},
  text: `
    with used as (
      select distinct on (order_id, code) *
      from unnest(:orders, :codes, :offers, :pools, :profiles, :at, :amounts, :discounts, :problems)
        as used (order_id, code, offer_id, pool_id, profile_id, at, amount, discount, problem)
    ), marked as (
      update communicate.coupon set order_id = first.order_id, redeemed_at = first.at
      from (select distinct on (code) * from used where pool_id is not null order by code, at, order_id) as first
      where coupon.workspace_id = :workspace and coupon.code = first.code and coupon.order_id is null
    )
    insert into communicate.redemption
      (workspace_id, order_id, code, offer_id, pool_id, profile_id, at, amount, discount, problem)
    select :workspace, order_id, code, offer_id, pool_id, profile_id, at, amount, discount, problem from used
    on conflict (workspace_id, order_id, code) do nothing`,
});

/** Points that these orders have brought so far. Index points_order. */
export const sumOrderPoints = pgQuery({
  name: 'communicate.sumOrderPoints',
  params: { workspace: 'int4', orders: 'text[]' },
  row: { order_id: 'text?', points: 'int8', entries: 'int8' },
  text: `
    select order_id, sum(points)::int8 as points, count(*) as entries from communicate.points
    where workspace_id = :workspace and order_id = any(:orders) group by order_id`,
});
