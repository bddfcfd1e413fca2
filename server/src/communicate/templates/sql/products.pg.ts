import { pgQuery } from '../../../platform/index.ts';

const row = {
  product_id: 'text',
  title: 'text',
  brand: 'text?',
  category: 'text?',
  link: 'text?',
  image_link: 'text?',
  size: 'text?',
  color: 'text?',
  availability: 'text',
  removed: 'bool',
  prices: 'jsonb',
} as const;
const columns = `
  product.product_id, product.title, product.brand, product.category, product.link, product.image_link, product.size,
  product.color, product.availability, product.removed_at is not null as removed,
  (select coalesce(jsonb_agg(jsonb_build_object('site', price.site, 'currency', price.currency,
     'price', price.price::float8, 'sale', price.sale_price::float8) order by price.site, price.currency), '[]')
   from collect.product_price as price
   where price.workspace_id = product.workspace_id and price.product_id = product.product_id) as prices`;

/** Products as messages show them. Primary keys. */
export const readMessageProducts = pgQuery({
  name: 'communicate.readMessageProducts',
  params: { workspace: 'int4', ids: 'text[]' },
  row,
  text: `
    select ${columns} from collect.product
    where product.workspace_id = :workspace and product.product_id = any(:ids)`,
});

/** Something to show where nothing is known: on sale, in stock, with a picture. Stops at the first that fit. Primary key. */
export const readAnyProducts = pgQuery({
  name: 'communicate.readAnyProducts',
  params: { workspace: 'int4', limit: 'int4' },
  row,
  text: `
    select ${columns} from collect.product
    where product.workspace_id = :workspace and product.removed_at is null and product.availability = 'in_stock'
      and product.image_link is not null
    order by product.product_id limit :limit`,
});
