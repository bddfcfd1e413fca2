import { pgQuery } from '../../../platform/index.ts';

const poolRow = {
  id: 'int4',
  name: 'text',
  created_at: 'timestamptz',
  codes: 'int8',
  remaining: 'int8',
  redeemed: 'int8',
} as const;

/** Pools with how many codes are left: few pools; counting a million codes takes 0.1 s. Index coupon_claim. */
export const listPools = pgQuery({
  name: 'communicate.listCouponPools',
  params: { workspace: 'int4' },
  row: poolRow,
  text: `
    select pool.id, pool.name, pool.created_at, count(coupon.code) as codes,
      count(coupon.code) filter (where coupon.claim_key is null and coupon.redeemed_at is null) as remaining,
      count(coupon.redeemed_at) as redeemed
    from communicate.coupon_pool as pool
    left join communicate.coupon on coupon.workspace_id = :workspace and coupon.pool_id = pool.id
    where pool.workspace_id = :workspace
    group by pool.id, pool.name, pool.created_at order by pool.id desc`,
});

export const insertPool = pgQuery({
  name: 'communicate.insertCouponPool',
  params: { workspace: 'int4', name: 'text', now: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    insert into communicate.coupon_pool (workspace_id, name, created_at) values (:workspace, :name, :now) returning id`,
});

/** Primary key. */
export const findPool = pgQuery({
  name: 'communicate.findCouponPool',
  params: { workspace: 'int4', id: 'int4' },
  row: { id: 'int4' },
  text: `select id from communicate.coupon_pool where workspace_id = :workspace and id = :id`,
});

/** Adds codes nobody has; returns how many were new. A code of any pool is taken for the whole workspace. Primary key. */
export const addCodes = pgQuery({
  name: 'communicate.addCouponCodes',
  params: { workspace: 'int4', pool: 'int4', codes: 'text[]' },
  row: {},
  text: `
    insert into communicate.coupon (workspace_id, code, pool_id)
    select distinct :workspace, code, :pool from unnest(:codes) as added (code)
    where not exists (
      select from communicate.offer where offer.workspace_id = :workspace and offer.shared_code = added.code)
    on conflict (workspace_id, code) do nothing`,
});

/** What these claims were given before. Index coupon_claim. */
export const findClaims = pgQuery({
  name: 'communicate.findCouponClaims',
  params: { workspace: 'int4', pool: 'int4', keys: 'text[]' },
  row: { claim_key: 'text?', code: 'text' },
  text: `
    select claim_key, code from communicate.coupon
    where workspace_id = :workspace and pool_id = :pool and claim_key = any(:keys)`,
});

/**
 * Gives each claim a code nobody has; claims for which there is none are not returned. Codes that another transaction is
 * giving away are passed over, so two never wait for or get the same one. Index coupon_free.
 */
export const takeCodes = pgQuery({
  name: 'communicate.takeCouponCodes',
  params: {
    workspace: 'int4',
    pool: 'int4',
    offer: 'int4?',
    keys: 'text[]',
    profiles: 'int8[]',
    now: 'timestamptz',
    expires: 'timestamptz?',
  },
  row: { claim_key: 'text?', code: 'text' },
  text: `
    with free as materialized (
      select code from communicate.coupon
      where workspace_id = :workspace and pool_id = :pool and claim_key is null and redeemed_at is null
      order by code limit cardinality(:keys)
      for update skip locked
    ), numbered as (
      select code, row_number() over (order by code) as place from free
    ), wanted as (
      select key, profile_id, place from unnest(:keys, :profiles) with ordinality as claim (key, profile_id, place)
    )
    update communicate.coupon
    set claim_key = wanted.key, profile_id = wanted.profile_id, offer_id = :offer, claimed_at = :now, expires_at = :expires
    from numbered join wanted on wanted.place = numbered.place
    where coupon.workspace_id = :workspace and coupon.code = numbered.code
    returning coupon.claim_key, coupon.code`,
});

/**
 * One after the other where a limit decides: everybody who wants a code of the offer, or one customer only when nothing
 * limits the whole. Held until commit.
 */
export const lockClaims = pgQuery({
  name: 'communicate.lockClaims',
  params: { offer: 'int4', customer: 'int8' },
  row: { locked: 'bool?' },
  text: `
    select true as locked
    from (select pg_advisory_xact_lock(hashtextextended('claim/' || :offer || '/' || :customer, 7412))) as lock`,
});

/** How many codes of an offer were given, in all and to these customers. Indexes coupon_claim, coupon_profile. */
export const countGiven = pgQuery({
  name: 'communicate.countGivenCoupons',
  params: { workspace: 'int4', pool: 'int4', offer: 'int4', profiles: 'int8[]' },
  row: { root_id: 'int8?', given: 'int8' },
  text: `
    select null::int8 as root_id, count(*) as given from communicate.coupon
    where workspace_id = :workspace and pool_id = :pool and offer_id = :offer and claim_key is not null
    union all
    select part.root_id, count(*)
    from unify.profile as own
    join unify.profile as part on part.workspace_id = :workspace and part.root_id = own.root_id
    join communicate.coupon on coupon.workspace_id = :workspace and coupon.profile_id = part.id
      and coupon.pool_id = :pool and coupon.offer_id = :offer
    where own.workspace_id = :workspace and own.id in (select distinct id from unnest(:profiles) as asked (id))
    group by part.root_id`,
});

/** Codes customers hold and have not used, newest first. Index coupon_profile. */
export const listHeldCodes = pgQuery({
  name: 'communicate.listHeldCoupons',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    profile_id: 'int8?',
    code: 'text',
    offer_id: 'int4?',
    claimed_at: 'timestamptz?',
    expires_at: 'timestamptz?',
    redeemed_at: 'timestamptz?',
  },
  text: `
    select profile_id, code, offer_id, claimed_at, expires_at, redeemed_at from communicate.coupon
    where workspace_id = :workspace and profile_id = any(:profiles)
    order by claimed_at desc, code`,
});

/** A person was erased: their codes stay used or given, to nobody. Index coupon_profile. */
export const eraseCoupons = pgQuery({
  name: 'communicate.eraseCoupons',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `update communicate.coupon set profile_id = null where workspace_id = :workspace and profile_id = any(:profiles)`,
});
export const eraseRedemptions = pgQuery({
  name: 'communicate.eraseRedemptions',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from communicate.redemption where workspace_id = :workspace and profile_id = any(:profiles)`,
});
