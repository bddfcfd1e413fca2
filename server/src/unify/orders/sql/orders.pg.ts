import { pgQuery } from '../../../platform/index.ts';

/** Writes the content of orders; news older than what is stored changes nothing. Primary key. Returns what was written. */
export const upsertOrders = pgQuery({
  name: 'unify.upsertOrders',
  params: {
    workspace: 'int4',
    ids: 'text[]',
    profiles: 'int8[]',
    sources: 'int4[]',
    sites: 'text[]',
    at: 'timestamptz[]',
    currencies: 'text[]',
    totals: 'numeric[]',
    bases: 'numeric[]',
    taxes: 'numeric[]',
    shippings: 'numeric[]',
    discounts: 'numeric[]',
    coupons: 'text[]',
    channels: 'text[]',
    version: 'int8',
  },
  row: { order_id: 'text', inserted: 'bool?' },
  text: `
    insert into unify."order" as o
      (workspace_id, order_id, profile_id, source_id, site, status, ordered_at, content_at, currency, total, base_total,
       tax, shipping, discount, coupon, channel, version)
    select :workspace, order_id, profile_id, source_id, site, 'completed', at, at, currency, total, base_total,
      tax, shipping, discount, coupon, channel, :version
    from unnest(:ids, :profiles, :sources, :sites, :at, :currencies, :totals, :bases, :taxes, :shippings, :discounts,
                :coupons, :channels)
      as stated (order_id, profile_id, source_id, site, at, currency, total, base_total, tax, shipping, discount,
                 coupon, channel)
    order by order_id
    on conflict (workspace_id, order_id) do update set
      profile_id = coalesce(o.profile_id, excluded.profile_id),
      source_id = excluded.source_id,
      site = excluded.site,
      status = case when o.status = 'cancelled' then o.status else excluded.status end,
      ordered_at = least(o.ordered_at, excluded.ordered_at),
      content_at = excluded.content_at,
      currency = excluded.currency, total = excluded.total, base_total = excluded.base_total, tax = excluded.tax,
      shipping = excluded.shipping, discount = excluded.discount, coupon = excluded.coupon,
      channel = coalesce(excluded.channel, o.channel),
      version = excluded.version
    where o.total is null or excluded.content_at >= o.content_at
    returning o.order_id, o.xmax = 0 as inserted`,
});

/** Replaces the lines of orders whose content was just written. */
export const deleteLines = pgQuery({
  name: 'unify.deleteLines',
  params: { workspace: 'int4', ids: 'text[]' },
  row: { order_id: 'text', line: 'int4' },
  text: `
    delete from unify.order_line where workspace_id = :workspace and order_id = any(:ids)
    returning order_id, line`,
});

export const insertLines = pgQuery({
  name: 'unify.insertLines',
  params: {
    workspace: 'int4',
    orders: 'text[]',
    lines: 'int4[]',
    products: 'text[]',
    skus: 'text[]',
    names: 'text[]',
    brands: 'text[]',
    categories: 'text[]',
    variants: 'text[]',
    quantities: 'numeric[]',
    prices: 'numeric[]',
    coupons: 'text[]',
  },
  row: {},
  text: `
    insert into unify.order_line
      (workspace_id, order_id, line, product_id, sku, name, brand, category, variant, quantity, price, coupon)
    select :workspace, order_id, line, product_id, sku, name, brand, category, variant, quantity, price, coupon
    from unnest(:orders, :lines, :products, :skus, :names, :brands, :categories, :variants, :quantities, :prices, :coupons)
      as stated (order_id, line, product_id, sku, name, brand, category, variant, quantity, price, coupon)`,
});

export const cancelOrders = pgQuery({
  name: 'unify.cancelOrders',
  params: {
    workspace: 'int4',
    ids: 'text[]',
    profiles: 'int8[]',
    sources: 'int4[]',
    at: 'timestamptz[]',
    version: 'int8',
  },
  row: {},
  text: `
    insert into unify."order" as o (workspace_id, order_id, profile_id, source_id, status, content_at, version)
    select :workspace, order_id, profile_id, source_id, 'cancelled', at, :version
    from unnest(:ids, :profiles, :sources, :at) as stated (order_id, profile_id, source_id, at)
    on conflict (workspace_id, order_id) do update
    set status = 'cancelled', profile_id = coalesce(o.profile_id, excluded.profile_id), version = excluded.version`,
});

/** Refunds, each once. A null amount is the whole order, filled in when the order's total is known. */
export const insertRefunds = pgQuery({
  name: 'unify.insertRefunds',
  params: {
    workspace: 'int4',
    ids: 'text[]',
    messages: 'text[]',
    profiles: 'int8[]',
    at: 'timestamptz[]',
    currencies: 'text[]',
    amounts: 'numeric[]',
    bases: 'numeric[]',
  },
  row: {},
  text: `
    insert into unify.refund (workspace_id, order_id, message_hash, profile_id, at, currency, amount, base_amount)
    select :workspace, order_id, md5(message)::uuid, profile_id, at, currency, amount, base_amount
    from unnest(:ids, :messages, :profiles, :at, :currencies, :amounts, :bases)
      as stated (order_id, message, profile_id, at, currency, amount, base_amount)
    on conflict do nothing`,
});

/**
 * Brings the refunded amounts of these orders up to date from all their refunds, whichever came first. A whole-order
 * refund counts the order's total. Primary keys.
 */
export const applyRefunds = pgQuery({
  name: 'unify.applyRefunds',
  params: { workspace: 'int4', ids: 'text[]', sources: 'int4[]', version: 'int8' },
  row: {},
  text: `
    with refunded as (
      select asked.order_id, asked.source_id, max(refund.profile_id) as profile_id, min(refund.at) as at,
        max(refund.currency) as currency, bool_or(refund.amount is null) as whole,
        coalesce(sum(refund.amount), 0) as amount, coalesce(sum(refund.base_amount), 0) as base_amount
      from unnest(:ids, :sources) as asked (order_id, source_id)
      join unify.refund on refund.workspace_id = :workspace and refund.order_id = asked.order_id
      group by asked.order_id, asked.source_id
    )
    insert into unify."order" as o
      (workspace_id, order_id, profile_id, source_id, content_at, refunded, base_refunded, currency, version)
    select :workspace, order_id, profile_id, source_id, at, amount, base_amount, currency, :version
    from refunded order by order_id
    on conflict (workspace_id, order_id) do update set
      profile_id = coalesce(o.profile_id, excluded.profile_id),
      refunded = case when (select whole from refunded r where r.order_id = o.order_id)
        then coalesce(o.total, excluded.refunded) else excluded.refunded end,
      base_refunded = case when (select whole from refunded r where r.order_id = o.order_id)
        then coalesce(o.base_total, excluded.base_refunded) else excluded.base_refunded end,
      version = excluded.version`,
});

/** Which of these orders have refunds waiting for their total. */
export const listRefunded = pgQuery({
  name: 'unify.listRefunded',
  params: { workspace: 'int4', ids: 'text[]' },
  row: { order_id: 'text' },
  text: `select distinct order_id from unify.refund where workspace_id = :workspace and order_id = any(:ids)`,
});

export const readOrders = pgQuery({
  name: 'unify.readOrders',
  params: { workspace: 'int4', ids: 'text[]' },
  row: {
    order_id: 'text',
    profile_id: 'int8?',
    source_id: 'int4',
    site: 'text?',
    channel: 'text?',
    status: 'text?',
    ordered_at: 'timestamptz?',
    content_at: 'timestamptz',
    currency: 'text?',
    total: 'numeric?',
    base_total: 'numeric?',
    discount: 'numeric?',
    coupon: 'text?',
    refunded: 'numeric',
    base_refunded: 'numeric',
  },
  text: `
    select order_id, profile_id, source_id, site, channel, status, ordered_at, content_at, currency, total, base_total,
      discount, coupon, refunded, base_refunded
    from unify."order" where workspace_id = :workspace and order_id = any(:ids)`,
});
