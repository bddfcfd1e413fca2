import { chQuery } from '../../../platform/index.ts';

/** The neighbours of some items. Primary key. */
export const readNeighbours = chQuery({
  name: 'decide.readItemNeighbours',
  params: { workspace: 'UInt32', kind: 'String', items: 'Array(String)', since: 'UInt64' },
  row: { item: 'String', others: 'Array(String)', scores: 'Array(Float64)', shared: 'Array(UInt32)' },
  text: `
    select item, others, arrayMap(score -> toFloat64(score), scores) as scores, shared
    from item_neighbours final
    where workspace_id = {workspace:UInt32} and kind = {kind:String} and item in {items:Array(String)}
      and version >= {since:UInt64}`,
});

/** The lists for everybody. Primary key. */
export const readLists = chQuery({
  name: 'decide.readItemLists',
  params: { workspace: 'UInt32', since: 'UInt64' },
  row: {
    list: 'LowCardinality(String)',
    site: 'LowCardinality(String)',
    items: 'Array(String)',
    scores: 'Array(Float64)',
  },
  text: `
    select list, site, items, scores from item_lists final
    where workspace_id = {workspace:UInt32} and version >= {since:UInt64}`,
});

/**
 * What one customer looked at and put in the cart, and what they bought, without cancelled orders: one query, because each
 * costs some milliseconds before it reads anything. By (workspace_id, profile_id).
 */
export const readDone = chQuery({
  name: 'decide.readDoneWithProducts',
  params: { workspace: 'UInt32', members: 'Array(UInt64)', since: 'Int64', until: 'Int64' },
  row: { kind: 'String', product: 'String', times: 'UInt64', at: 'Int64' },
  text: `
    select if(event = 'Product Added', 'added', 'viewed') as kind, product_id as product, count() as times,
      max(toUnixTimestamp64Milli(timestamp)) as at
    from events
    where workspace_id = {workspace:UInt32} and profile_id in {members:Array(UInt64)}
      and type = 'track' and event in ('Product Viewed', 'Product Added') and product_id != '' and not bot
      and timestamp > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      and timestamp <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
    group by event, product_id
    order by at desc, product limit 400
    union all
    select 'bought' as kind, product_id as product, count() as times, max(toUnixTimestamp64Milli(ordered_at)) as at
    from customer_order_lines final
    where workspace_id = {workspace:UInt32} and profile_id in {members:Array(UInt64)} and not removed and product_id != ''
      and (profile_id, order_id) in (
        select profile_id, order_id from customer_orders final
        where workspace_id = {workspace:UInt32} and profile_id in {members:Array(UInt64)} and status not in ('cancelled', ''))
    group by product_id
    order by at desc, product limit 2000`,
});

/** The sizes a customer set, by the traits that usually hold them. Primary key of customers. */
export const readSizes = chQuery({
  name: 'decide.readOwnSizes',
  params: { workspace: 'UInt32', root: 'UInt64' },
  row: { sizes: 'Array(String)' },
  text: `
    select mapValues(mapFilter((name, value) -> match(lower(name), '(^|_| )(size|taille|pointure)'), traits)) as sizes
    from customers final
    where workspace_id = {workspace:UInt32} and profile_id = {root:UInt64} and not removed`,
});
