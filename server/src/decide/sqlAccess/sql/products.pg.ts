import { pgQuery } from '../../../platform/index.ts';

/**
 * Tells whether anything of the catalogue changed since it was copied: every written row moves a sum. One pass over its
 * products and prices.
 */
export const markCatalogue = pgQuery({
  name: 'decide.markCatalogue',
  params: { workspace: 'int4' },
  row: { products: 'int4', mark: 'text' },
  text: `
    select product.products, concat_ws(' ', product.products, product.moments, price.prices, price.moments,
      (select base_currency from govern.workspace where id = :workspace)) as mark
    from (
      select count(*)::int4 as products, sum(extract(epoch from updated_at)) as moments
      from collect.product where workspace_id = :workspace
    ) as product
    cross join (
      select count(*) as prices, sum(extract(epoch from updated_at)) as moments
      from collect.product_price where workspace_id = :workspace
    ) as price`,
});

/** Products as lines of JSON for ClickHouse's table of the same name, also those that are gone. Primary keys. */
export const pageProductLines = pgQuery({
  name: 'decide.pageProductLines',
  params: { workspace: 'int4', after: 'text', limit: 'int4', version: 'int8', mark: 'text' },
  row: { product_id: 'text', line: 'text' },
  text: `
    select product.product_id, jsonb_build_object(
        'workspace_id', product.workspace_id, 'product_id', product.product_id,
        'group_id', coalesce(product.group_id, ''), 'title', product.title, 'brand', coalesce(product.brand, ''),
        'category', coalesce(product.category, ''), 'size', coalesce(product.size, ''),
        'color', coalesce(product.color, ''), 'gtin', coalesce(product.gtin, ''), 'link', coalesce(product.link, ''),
        'availability', product.availability, 'stock', product.stock, 'sites', priced.sites,
        'currencies', priced.currencies, 'prices', priced.prices, 'sale_prices', priced.sale_prices,
        'price', priced.price, 'attributes', told.attributes,
        'updated_at', to_char(product.updated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
        'removed_at', to_char(product.removed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
        'catalogue', :mark, 'version', :version)::text as line
    from (
      select * from collect.product where workspace_id = :workspace and product_id > :after
      order by product_id limit :limit
    ) as product
    cross join lateral (
      select coalesce(jsonb_agg(site order by site, currency), '[]') as sites,
        coalesce(jsonb_agg(currency order by site, currency), '[]') as currencies,
        coalesce(jsonb_agg(price::text order by site, currency), '[]') as prices,
        coalesce(jsonb_agg(sale_price::text order by site, currency), '[]') as sale_prices,
        (min(coalesce(sale_price, price)) filter (where currency = workspace.base_currency))::text as price
      from collect.product_price
      join govern.workspace on workspace.id = :workspace
      where product_price.workspace_id = :workspace and product_price.product_id = product.product_id
    ) as priced
    cross join lateral (
      select coalesce(jsonb_object_agg(field.key, coalesce(field.value #>> '{}', '')), '{}') as attributes
      from jsonb_each(product.attributes) as field
    ) as told
    order by product.product_id`,
});
