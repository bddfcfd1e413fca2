import { pgQuery } from '../../../platform/index.ts';

/** Tells whether anything of the catalogue changed. One pass over its products and prices, at most every few seconds. */
export const readCatalogueVersion = pgQuery({
  name: 'decide.readCatalogueVersion',
  params: { workspace: 'int4' },
  row: { products: 'int4', on_sale: 'int4', changed_at: 'timestamptz?', priced_at: 'timestamptz?', prices: 'int4' },
  text: `
    select count(*)::int4 as products, count(*) filter (where removed_at is null)::int4 as on_sale,
      max(updated_at) as changed_at,
      (select max(updated_at) from collect.product_price where workspace_id = :workspace) as priced_at,
      (select count(*)::int4 from collect.product_price where workspace_id = :workspace) as prices
    from collect.product where workspace_id = :workspace`,
});

/** What filters ask of every product, also of those that are gone: people had them. Primary key. */
export const pageCatalogue = pgQuery({
  name: 'decide.pageCatalogue',
  params: { workspace: 'int4', after: 'text', limit: 'int4' },
  row: {
    product_id: 'text',
    group_id: 'text?',
    brand: 'text?',
    category: 'text?',
    size: 'text?',
    availability: 'text',
    removed_at: 'timestamptz?',
    added_at: 'timestamptz?',
    back_at: 'timestamptz?',
    sites: 'text[]',
    currencies: 'text[]',
    prices: 'float8[]',
  },
  text: `
    select product.product_id, product.group_id, product.brand, product.category, product.size, product.availability,
      product.removed_at, change.added_at, change.back_at, priced.sites, priced.currencies, priced.prices
    from (
      select * from collect.product where workspace_id = :workspace and product_id > :after
      order by product_id limit :limit
    ) as product
    cross join lateral (
      select max(at) filter (where kind = 'added') as added_at, max(at) filter (where kind = 'back_in_stock') as back_at
      from collect.product_change
      where product_change.workspace_id = :workspace and product_change.product_id = product.product_id
    ) as change
    cross join lateral (
      select coalesce(array_agg(site order by site, currency), '{}') as sites,
        coalesce(array_agg(currency order by site, currency), '{}') as currencies,
        coalesce(array_agg(coalesce(sale_price, price)::float8 order by site, currency), '{}') as prices
      from collect.product_price
      where product_price.workspace_id = :workspace and product_price.product_id = product.product_id
    ) as priced
    order by product.product_id`,
});

/** Products as they are shown. Primary keys. */
export const readShownProducts = pgQuery({
  name: 'decide.readShownProducts',
  params: { workspace: 'int4', ids: 'text[]' },
  row: {
    product_id: 'text',
    group_id: 'text?',
    title: 'text',
    brand: 'text?',
    category: 'text?',
    link: 'text?',
    image_link: 'text?',
    size: 'text?',
    color: 'text?',
    availability: 'text',
    stock: 'int4?',
    updated_at: 'timestamptz',
    removed_at: 'timestamptz?',
    attributes: 'jsonb',
    prices: 'jsonb',
  },
  text: `
    select product.product_id, product.group_id, product.title, product.brand, product.category, product.link, product.image_link,
      product.size, product.color, product.availability, product.stock, product.updated_at, product.removed_at,
      (select coalesce(jsonb_object_agg(field.key, field.value), '{}') from jsonb_each(product.attributes) as field
       where lower(field.key) ~ '(rating|review|note|avis)') as attributes,
      (select coalesce(jsonb_agg(jsonb_build_object('site', price.site, 'currency', price.currency,
         'price', price.price, 'salePrice', price.sale_price) order by price.site, price.currency), '[]')
       from collect.product_price as price
       where price.workspace_id = :workspace and price.product_id = product.product_id) as prices
    from collect.product
    where product.workspace_id = :workspace and product.product_id = any(:ids)`,
});

/** Products whose text has all the words, the closest first. Trigram index product_search. */
export const searchByText = pgQuery({
  name: 'decide.searchProductsByText',
  params: { workspace: 'int4', words: 'text', first: 'text', second: 'text', third: 'text' },
  row: { product_id: 'text', score: 'float8' },
  text: `
    select product_id, word_similarity(lower(unaccent(:words)), search)::float8 as score
    from collect.product
    where workspace_id = :workspace and removed_at is null
      and search like lower(unaccent(:first)) and search like lower(unaccent(:second))
      and search like lower(unaccent(:third))
    order by score desc, product_id limit 200`,
  planEachTime: true,
});
