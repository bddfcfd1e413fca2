import { pgQuery } from '../../../platform/index.ts';

/** A page of products. Primary key. */
export const exportProducts = pgQuery({
  name: 'collect.exportProducts',
  params: { workspace: 'int4', after: 'text', limit: 'int4' },
  row: {
    product_id: 'text',
    group_id: 'text?',
    title: 'text',
    description: 'text?',
    brand: 'text?',
    category: 'text?',
    link: 'text?',
    image_link: 'text?',
    gtin: 'text?',
    size: 'text?',
    color: 'text?',
    availability: 'text',
    stock: 'int4?',
    attributes: 'jsonb',
    updated_at: 'timestamptz',
    removed_at: 'timestamptz?',
  },
  text: `
    select product_id, group_id, title, description, brand, category, link, image_link, gtin, size, color, availability,
      stock, attributes, updated_at, removed_at
    from collect.product
    where workspace_id = :workspace and product_id > :after
    order by product_id
    limit :limit`,
});

/** A page of prices. Primary key. */
export const exportPrices = pgQuery({
  name: 'collect.exportPrices',
  params: { workspace: 'int4', afterProduct: 'text', afterSite: 'text', afterCurrency: 'text', limit: 'int4' },
  row: {
    product_id: 'text',
    site: 'text',
    currency: 'text',
    price: 'numeric',
    sale_price: 'numeric?',
    updated_at: 'timestamptz',
  },
  text: `
    select product_id, site, currency, price, sale_price, updated_at
    from collect.product_price
    where workspace_id = :workspace and (product_id, site, currency) > (:afterProduct, :afterSite, :afterCurrency)
    order by product_id, site, currency
    limit :limit`,
});

/** A page of orders with the customer each belongs to now. Primary keys of order and profile. */
export const exportOrders = pgQuery({
  name: 'collect.exportOrders',
  params: { workspace: 'int4', after: 'text', limit: 'int4' },
  row: {
    order_id: 'text',
    profile_id: 'int8?',
    customer_id: 'int8?',
    source_id: 'int4',
    site: 'text?',
    channel: 'text?',
    status: 'text?',
    ordered_at: 'timestamptz?',
    currency: 'text?',
    total: 'numeric?',
    base_total: 'numeric?',
    tax: 'numeric?',
    shipping: 'numeric?',
    discount: 'numeric?',
    coupon: 'text?',
    refunded: 'numeric',
    base_refunded: 'numeric',
  },
  text: `
    select bought.order_id, bought.profile_id, profile.root_id as customer_id, bought.source_id, bought.site,
      bought.channel, bought.status, bought.ordered_at, bought.currency, bought.total, bought.base_total, bought.tax,
      bought.shipping, bought.discount, bought.coupon, bought.refunded, bought.base_refunded
    from unify."order" bought
    left join unify.profile on profile.workspace_id = :workspace and profile.id = bought.profile_id
    where bought.workspace_id = :workspace and bought.order_id > :after
    order by bought.order_id
    limit :limit`,
});

/** A page of order lines. Primary key. */
export const exportOrderLines = pgQuery({
  name: 'collect.exportOrderLines',
  params: { workspace: 'int4', afterOrder: 'text', afterLine: 'int4', limit: 'int4' },
  row: {
    order_id: 'text',
    line: 'int4',
    product_id: 'text',
    sku: 'text?',
    name: 'text?',
    brand: 'text?',
    category: 'text?',
    variant: 'text?',
    quantity: 'numeric',
    price: 'numeric?',
    coupon: 'text?',
  },
  text: `
    select order_id, line, product_id, sku, name, brand, category, variant, quantity, price, coupon
    from unify.order_line
    where workspace_id = :workspace and (order_id, line) > (:afterOrder, :afterLine)
    order by order_id, line
    limit :limit`,
});
