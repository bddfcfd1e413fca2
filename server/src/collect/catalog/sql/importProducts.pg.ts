import { pgQuery } from '../../../platform/index.ts';

/** One feed at a time per workspace: what changed is told from what was there. Held until commit. */
export const lockCatalog = pgQuery({
  name: 'collect.lockCatalog',
  params: { workspace: 'int4' },
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7402, :workspace)) as lock`,
});

/**
 * Notes the products (and sites) a run names and returns those it names for the first time; `known` when the run had the
 * product before, for another site. Primary key of feed_product.
 */
export const markSeen = pgQuery({
  name: 'collect.markSeenProducts',
  params: { workspace: 'int4', run: 'uuid', ids: 'text[]', sites: 'text[]' },
  row: { productId: 'text', site: 'text', known: 'bool' },
  text: `
    with before as (
      select product_id from collect.feed_product
      where workspace_id = :workspace and run_id = :run and product_id = any(:ids)
    ), added as (
      insert into collect.feed_product (workspace_id, run_id, product_id, site)
      select distinct :workspace, :run, named.product_id, named.site from unnest(:ids, :sites) as named (product_id, site)
      on conflict do nothing
      returning product_id, site
    )
    select product_id as "productId", site, exists (select from before where before.product_id = added.product_id) as known
    from added`,
});

/**
 * Writes products (each id once) and what changed about them. With \`keep\`, a value the row leaves empty stays as it was
 * known; without it the row replaces the product. A product that does not change is not written. Primary key.
 */
export const upsertProducts = pgQuery({
  name: 'collect.upsertProducts',
  params: {
    workspace: 'int4',
    at: 'timestamptz',
    keep: 'bool',
    ids: 'text[]',
    groupIds: 'text[]',
    titles: 'text[]',
    descriptions: 'text[]',
    brands: 'text[]',
    categories: 'text[]',
    links: 'text[]',
    imageLinks: 'text[]',
    gtins: 'text[]',
    sizes: 'text[]',
    colors: 'text[]',
    availabilities: 'text[]',
    stocks: 'int4[]',
    attributes: 'jsonb[]',
  },
  row: { written: 'int4', changes: 'int4' },
  text: `
    with incoming as (
      select * from unnest(:ids, :groupIds, :titles, :descriptions, :brands, :categories, :links, :imageLinks, :gtins,
        :sizes, :colors, :availabilities, :stocks, :attributes)
        as row (product_id, group_id, title, description, brand, category, link, image_link, gtin, size, color,
          availability, stock, attributes)
    ), former as (
      select * from collect.product where workspace_id = :workspace and product_id = any(:ids)
    ), merged as (
      select incoming.product_id, incoming.title, incoming.availability,
        coalesce(incoming.group_id, kept.group_id) as group_id,
        coalesce(incoming.description, kept.description) as description,
        coalesce(incoming.brand, kept.brand) as brand,
        coalesce(incoming.category, kept.category) as category,
        coalesce(incoming.link, kept.link) as link,
        coalesce(incoming.image_link, kept.image_link) as image_link,
        coalesce(incoming.gtin, kept.gtin) as gtin,
        coalesce(incoming.size, kept.size) as size,
        coalesce(incoming.color, kept.color) as color,
        coalesce(incoming.stock, kept.stock) as stock,
        coalesce(kept.attributes, '{}') || incoming.attributes as attributes
      from incoming left join former kept on :keep and kept.product_id = incoming.product_id
    ), written as (
      insert into collect.product as known (workspace_id, product_id, group_id, title, description, brand, category, link,
        image_link, gtin, size, color, availability, stock, attributes, search, updated_at)
      select :workspace, product_id, group_id, title, description, brand, category, link, image_link, gtin, size, color,
        availability, stock, attributes,
        lower(unaccent(concat_ws(' ', title, brand, category, color, size, product_id, group_id, gtin))), :at
      from merged
      on conflict (workspace_id, product_id) do update set
        group_id = excluded.group_id, title = excluded.title, description = excluded.description,
        brand = excluded.brand, category = excluded.category, link = excluded.link, image_link = excluded.image_link,
        gtin = excluded.gtin, size = excluded.size, color = excluded.color, availability = excluded.availability,
        stock = excluded.stock, attributes = excluded.attributes, search = excluded.search,
        updated_at = excluded.updated_at, removed_at = null
      where known.removed_at is not null
        or (known.group_id, known.title, known.description, known.brand, known.category, known.link, known.image_link,
            known.gtin, known.size, known.color, known.availability, known.stock, known.attributes)
          is distinct from
           (excluded.group_id, excluded.title, excluded.description, excluded.brand, excluded.category, excluded.link,
            excluded.image_link, excluded.gtin, excluded.size, excluded.color, excluded.availability, excluded.stock,
            excluded.attributes)
      returning product_id
    ), changes as (
      insert into collect.product_change (workspace_id, product_id, kind, before, after, at)
      select :workspace, product_id, kind, before, after, :at
      from (
        select incoming.product_id, incoming.availability as after,
          case when former.removed_at is null then former.availability else 'removed' end as before,
          case
            when former.product_id is null then 'added'
            when incoming.availability = 'in_stock' and (former.removed_at is not null or former.availability <> 'in_stock')
              then 'back_in_stock'
            when former.removed_at is not null then 'added'
            when incoming.availability = 'out_of_stock' and former.availability <> 'out_of_stock' then 'out_of_stock'
          end as kind
        from incoming left join former using (product_id)
      ) as told
      where kind is not null
      returning id
    )
    select (select count(*) from written)::int4 as written, (select count(*) from changes)::int4 as changes`,
});

/**
 * Writes prices (each product and site once) and the drops and rises, by what a customer pays: the sale price while there
 * is one. A site that changes its currency gets a new price and no drop or rise. Primary key of product_price.
 */
export const upsertPrices = pgQuery({
  name: 'collect.upsertPrices',
  params: {
    workspace: 'int4',
    at: 'timestamptz',
    ids: 'text[]',
    sites: 'text[]',
    currencies: 'text[]',
    prices: 'numeric[]',
    salePrices: 'numeric[]',
  },
  row: { written: 'int4', changes: 'int4' },
  text: `
    with incoming as (
      select * from unnest(:ids, :sites, :currencies, :prices, :salePrices)
        as row (product_id, site, currency, price, sale_price)
    ), former as (
      select * from collect.product_price where workspace_id = :workspace and product_id = any(:ids)
    ), written as (
      insert into collect.product_price as known (workspace_id, product_id, site, currency, price, sale_price, updated_at)
      select :workspace, product_id, site, currency, price, sale_price, :at from incoming
      on conflict (workspace_id, product_id, site, currency) do update set
        price = excluded.price, sale_price = excluded.sale_price, updated_at = excluded.updated_at
      where (known.price, known.sale_price) is distinct from (excluded.price, excluded.sale_price)
      returning product_id
    ), other_currency as (
      delete from collect.product_price as gone using incoming
      where gone.workspace_id = :workspace and gone.product_id = incoming.product_id and gone.site = incoming.site
        and gone.currency <> incoming.currency
    ), changes as (
      insert into collect.product_change (workspace_id, product_id, kind, site, currency, before, after, at)
      select :workspace, product_id, case when after < before then 'price_drop' else 'price_rise' end, site, currency,
        before::text, after::text, :at
      from (
        select incoming.product_id, incoming.site, incoming.currency,
          coalesce(former.sale_price, former.price) as before, coalesce(incoming.sale_price, incoming.price) as after
        from incoming join former using (product_id, site, currency)
      ) as compared
      where before <> after
      returning id
    )
    select (select count(*) from written)::int4 as written, (select count(*) from changes)::int4 as changes`,
});

/**
 * Ends a full feed: products it did not name for its sites are no longer sold there. One that is sold nowhere else is
 * marked removed and keeps its last price; one that is sold on another site only loses this site's price. Sequential over
 * the workspace's products and prices: once per feed.
 */
export const removeAbsent = pgQuery({
  name: 'collect.removeAbsentProducts',
  params: { workspace: 'int4', run: 'uuid', site: 'text', at: 'timestamptz' },
  row: { removed: 'int4' },
  text: `
    with seen as (
      select product_id, site from collect.feed_product where workspace_id = :workspace and run_id = :run
    ), sites as (
      select site from seen union select :site
    ), gone as (
      select price.product_id, price.site
      from collect.product_price price join sites using (site)
      where price.workspace_id = :workspace
        and not exists (select from seen where seen.product_id = price.product_id and seen.site = price.site)
    ), removed as (
      update collect.product set removed_at = :at, updated_at = :at
      where workspace_id = :workspace and removed_at is null
        and exists (select from seen)
        and not exists (select from seen where seen.product_id = product.product_id)
        and not exists (
          select from collect.product_price price
          where price.workspace_id = :workspace and price.product_id = product.product_id
            and price.site not in (select site from sites))
      returning product_id, availability
    ), unpriced as (
      delete from collect.product_price as price using gone
      where price.workspace_id = :workspace and price.product_id = gone.product_id and price.site = gone.site
        and exists (select from seen)
        and exists (
          select from collect.product
          where product.workspace_id = :workspace and product.product_id = price.product_id and product.removed_at is null)
        and not exists (select from removed where removed.product_id = price.product_id)
    ), changes as (
      insert into collect.product_change (workspace_id, product_id, kind, before, at)
      select :workspace, product_id, 'removed', availability, :at from removed
    )
    select count(*)::int4 as removed from removed`,
});

/** Forgets what a run named. Primary key. */
export const forgetSeen = pgQuery({
  name: 'collect.forgetSeenProducts',
  params: { workspace: 'int4', run: 'uuid' },
  row: {},
  text: `delete from collect.feed_product where workspace_id = :workspace and run_id = :run`,
});
