import { pgQuery } from '../../../platform/index.ts';

export const productSummary = {
  productId: 'text',
  groupId: 'text?',
  title: 'text',
  brand: 'text?',
  category: 'text?',
  imageLink: 'text?',
  size: 'text?',
  color: 'text?',
  availability: 'text',
  stock: 'int4?',
  prices: 'jsonb',
  updatedAt: 'timestamptz',
  removedAt: 'timestamptz?',
} as const;

export const productColumns = `
  product.product_id as "productId", product.group_id as "groupId", product.title, product.brand, product.category,
  product.image_link as "imageLink", product.size, product.color, product.availability, product.stock,
  priced.prices, product.updated_at as "updatedAt", product.removed_at as "removedAt"`;

/** Prices of each product as JSON: primary key of product_price. */
export const withPrices = `
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('site', price.site, 'currency', price.currency,
      'price', price.price, 'salePrice', price.sale_price) order by price.site, price.currency), '[]') as prices
    from collect.product_price price
    where price.workspace_id = :workspace and price.product_id = product.product_id
  ) priced`;

export const filters = { brand: 'text?', category: 'text?', availability: 'text?', removed: 'bool' } as const;

/** `category` is matched with everything below it: `Femme` takes `Femme > Hauts`. */
export const whereProduct = `
  product.workspace_id = :workspace
  and (:removed or product.removed_at is null)
  and (:brand is null or product.brand = :brand)
  and (:category is null or product.category = :category or starts_with(product.category, :category || ' > '))
  and (:availability is null or product.availability = :availability)`;

/** The catalogue by product id. Primary key; filters are checked on the way. */
export const pageProducts = pgQuery({
  name: 'collect.pageProducts',
  params: { workspace: 'int4', ...filters, after: 'text', limit: 'int4' },
  row: productSummary,
  text: `
    select ${productColumns}
    from collect.product ${withPrices}
    where ${whereProduct} and product.product_id > :after
    order by product.product_id
    limit :limit`,
});

/**
 * Products that hold every word (three at most are looked for, the others only rank), the closest first. Trigram index
 * product_search; a missing word is the pattern `%`, which the index passes over.
 */
export const searchProducts = pgQuery({
  name: 'collect.searchProducts',
  params: {
    workspace: 'int4',
    ...filters,
    words: 'text',
    first: 'text',
    second: 'text',
    third: 'text',
    afterScore: 'float8?',
    afterId: 'text',
    limit: 'int4',
  },
  row: { ...productSummary, score: 'float8' },
  text: `
    select ${productColumns}, found.score
    from (
      select product.product_id, word_similarity(lower(unaccent(:words)), product.search)::float8 as score
      from collect.product
      where ${whereProduct}
        and product.search like lower(unaccent(:first))
        and product.search like lower(unaccent(:second))
        and product.search like lower(unaccent(:third))
    ) found
    join collect.product product on product.workspace_id = :workspace and product.product_id = found.product_id
    ${withPrices}
    where :afterScore is null or found.score < :afterScore
      or (found.score = :afterScore and found.product_id > :afterId)
    order by found.score desc, found.product_id
    limit :limit`,
});

/** One product with all it holds. Primary key. */
export const selectProduct = pgQuery({
  name: 'collect.selectProduct',
  params: { workspace: 'int4', id: 'text' },
  row: { ...productSummary, description: 'text?', link: 'text?', gtin: 'text?', attributes: 'jsonb' },
  text: `
    select ${productColumns}, product.description, product.link, product.gtin, product.attributes
    from collect.product ${withPrices}
    where product.workspace_id = :workspace and product.product_id = :id`,
});

/** The other products of a group, those still sold first. Index product_group. */
export const listVariants = pgQuery({
  name: 'collect.listVariants',
  params: { workspace: 'int4', group: 'text', except: 'text' },
  row: productSummary,
  text: `
    select ${productColumns}
    from collect.product ${withPrices}
    where product.workspace_id = :workspace and product.group_id = :group and product.product_id <> :except
    order by product.removed_at nulls first, product.product_id
    limit 100`,
});

/** What changed about a product, newest first. Index product_change_product. */
export const pageProductChanges = pgQuery({
  name: 'collect.pageProductChanges',
  params: { workspace: 'int4', id: 'text', beforeAt: 'timestamptz?', beforeId: 'int8', limit: 'int4' },
  row: {
    id: 'int8',
    productId: 'text',
    kind: 'text',
    site: 'text',
    currency: 'text?',
    before: 'text?',
    after: 'text?',
    at: 'timestamptz',
  },
  text: `
    select id, product_id as "productId", kind, site, currency, before, after, at
    from collect.product_change
    where workspace_id = :workspace and product_id = :id
      and (:beforeAt is null or (at, id) < (:beforeAt, :beforeId))
    order by at desc, id desc
    limit :limit`,
});

/** How many products there are. One pass over the workspace's products. */
export const countProducts = pgQuery({
  name: 'collect.countProducts',
  params: { workspace: 'int4' },
  row: { products: 'int4', inStock: 'int4', outOfStock: 'int4', removed: 'int4', lastUpdateAt: 'timestamptz?' },
  text: `
    select count(*) filter (where removed_at is null)::int4 as products,
      count(*) filter (where removed_at is null and availability = 'in_stock')::int4 as "inStock",
      count(*) filter (where removed_at is null and availability = 'out_of_stock')::int4 as "outOfStock",
      count(*) filter (where removed_at is not null)::int4 as removed,
      max(updated_at) as "lastUpdateAt"
    from collect.product
    where workspace_id = :workspace`,
});

/** The largest brands and categories on sale. One pass each over the workspace's products. */
export const listFacets = pgQuery({
  name: 'collect.listCatalogFacets',
  params: { workspace: 'int4' },
  row: { facet: 'text', name: 'text', products: 'int4' },
  text: `
    (select 'brand' as facet, brand as name, count(*)::int4 as products
     from collect.product where workspace_id = :workspace and removed_at is null and brand is not null
     group by brand order by count(*) desc, brand limit 50)
    union all
    (select 'category', category, count(*)::int4
     from collect.product where workspace_id = :workspace and removed_at is null and category is not null
     group by category order by count(*) desc, category limit 50)`,
});
