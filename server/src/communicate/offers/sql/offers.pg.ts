import { pgQuery } from '../../../platform/index.ts';

const offerRow = {
  id: 'int4',
  key: 'text',
  name: 'text',
  state: 'text',
  starts_at: 'timestamptz?',
  ends_at: 'timestamptz?',
  definition: 'jsonb',
  pool_id: 'int4?',
  shared_code: 'text?',
  updated_at: 'timestamptz',
} as const;

const counted = {
  ...offerRow,
  claimed: 'int8',
  redeemed: 'int8',
  revenue: 'numeric',
  discount: 'numeric',
  problems: 'int8',
} as const;

const countedText = `
  select offer.id, key, name, state, starts_at, ends_at, definition, offer.pool_id, shared_code, updated_at,
    (select count(*) from communicate.coupon
     where coupon.workspace_id = :workspace and coupon.pool_id = offer.pool_id and coupon.offer_id = offer.id) as claimed,
    used.redeemed, used.revenue, used.discount, used.problems
  from communicate.offer
  cross join lateral (
    select count(*) as redeemed, coalesce(sum(amount), 0) as revenue, coalesce(sum(discount), 0) as discount,
      count(problem) as problems
    from communicate.redemption
    where redemption.workspace_id = :workspace and redemption.offer_id = offer.id
  ) as used`;

/** Offers with what came of them, newest first, below an id. Primary keys, index redemption_offer, coupon_claim. */
export const listOffers = pgQuery({
  name: 'communicate.listOffers',
  params: { workspace: 'int4', below: 'int4', limit: 'int4' },
  row: counted,
  text: `${countedText} where offer.workspace_id = :workspace and offer.id < :below order by offer.id desc limit :limit`,
});

/** The same of one. */
export const findOffer = pgQuery({
  name: 'communicate.findOffer',
  params: { workspace: 'int4', id: 'int4' },
  row: counted,
  text: `${countedText} where offer.workspace_id = :workspace and offer.id = :id`,
});

/** Offers that run at a moment: few. */
export const listRunningOffers = pgQuery({
  name: 'communicate.listRunningOffers',
  params: { workspace: 'int4', now: 'timestamptz' },
  row: { ...offerRow, language: 'text' },
  text: `
    select offer.id, key, offer.name, state, starts_at, ends_at, definition, pool_id, shared_code, updated_at,
      workspace.language
    from communicate.offer join govern.workspace on workspace.id = offer.workspace_id
    where workspace_id = :workspace and state = 'active' and (starts_at is null or starts_at <= :now)
      and (ends_at is null or ends_at > :now)
    order by offer.id`,
});

const offerParams = {
  workspace: 'int4',
  key: 'text',
  name: 'text',
  state: 'text',
  starts: 'timestamptz?',
  ends: 'timestamptz?',
  definition: 'jsonb',
  pool: 'int4?',
  shared: 'text?',
  now: 'timestamptz',
} as const;

export const insertOffer = pgQuery({
  name: 'communicate.insertOffer',
  params: { ...offerParams, actor: 'text' },
  row: { id: 'int4' },
  text: `
    insert into communicate.offer
      (workspace_id, key, name, state, starts_at, ends_at, definition, pool_id, shared_code, created_by, created_at, updated_at)
    values (:workspace, :key, :name, :state, :starts, :ends, :definition, :pool, :shared, :actor, :now, :now)
    on conflict do nothing
    returning id`,
});

/** Returns nothing when there is no such offer. Primary key. */
export const updateOffer = pgQuery({
  name: 'communicate.updateOffer',
  params: { ...offerParams, id: 'int4' },
  row: { id: 'int4' },
  text: `
    update communicate.offer
    set key = :key, name = :name, state = :state, starts_at = :starts, ends_at = :ends, definition = :definition,
      pool_id = :pool, shared_code = :shared, updated_at = :now
    where workspace_id = :workspace and id = :id
    returning id`,
});

/** Whether an offer of another id has this key or code for all. Indexes offer_key, offer_shared_code. */
export const findOfferTwins = pgQuery({
  name: 'communicate.findOfferTwins',
  params: { workspace: 'int4', id: 'int4', key: 'text', shared: 'text?' },
  row: { same_key: 'bool' },
  text: `
    select key = :key as same_key from communicate.offer
    where workspace_id = :workspace and id <> :id and (key = :key or shared_code = :shared)
    order by key = :key desc limit 1`,
});

/** Customers, of these, that are in any of the segments. Primary key of membership. */
export const listMembers = pgQuery({
  name: 'communicate.listOfferMembers',
  params: { workspace: 'int4', roots: 'int8[]', segments: 'int4[]' },
  row: { profile_id: 'int8', segment_id: 'int4' },
  text: `
    select profile_id, segment_id from decide.membership
    where workspace_id = :workspace and profile_id = any(:roots) and segment_id = any(:segments)`,
});

/**
 * By key, how many codes can be given now: null without end (one code for all), 0 for an offer that does not run or has no
 * codes. Not counted beyond ten thousand. Indexes offer_key, coupon_free, coupon_claim.
 */
export const readStock = pgQuery({
  name: 'communicate.readOfferStock',
  params: { workspace: 'int4', keys: 'text[]', now: 'timestamptz' },
  row: { id: 'int4', key: 'text', left: 'int8?' },
  text: `
    select offer.id, offer.key,
      case
        when offer.state <> 'active' or offer.starts_at > :now or offer.ends_at <= :now then 0
        when offer.shared_code is not null then null
        when offer.pool_id is null then 0
        else greatest(0, least(free.codes, (offer.definition -> 'limits' ->> 'total')::int8 - given.codes))
      end as left
    from communicate.offer
    cross join lateral (
      select count(*) as codes from (
        select from communicate.coupon
        where coupon.workspace_id = :workspace and coupon.pool_id = offer.pool_id and coupon.claim_key is null
          and coupon.redeemed_at is null
        limit 10000) as counted
    ) as free
    cross join lateral (
      select case when offer.definition -> 'limits' ->> 'total' is null then 0 else (
        select count(*) from communicate.coupon
        where coupon.workspace_id = :workspace and coupon.pool_id = offer.pool_id and coupon.offer_id = offer.id
          and coupon.claim_key is not null)
      end as codes
    ) as given
    where offer.workspace_id = :workspace and offer.key = any(:keys)`,
});
