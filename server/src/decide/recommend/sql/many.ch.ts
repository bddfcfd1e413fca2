import { chQuery } from '../../../platform/index.ts';

/**
 * What people looked at and put in the cart, by profile row, newest first. By (workspace_id, profile_id). Equal ones are
 * added up by the reader: grouping here takes longer than all the reading.
 */
export const readLookedOfMany = chQuery({
  name: 'decide.readLookedOfMany',
  params: { workspace: 'UInt32', members: 'Array(UInt64)', since: 'Int64', until: 'Int64', looked: 'UInt32' },
  row: { profile: 'UInt64', event: 'LowCardinality(String)', product: 'String', at: 'Int64' },
  text: `
    select profile_id as profile, event, product_id as product, toUnixTimestamp64Milli(timestamp) as at
    from events
    where workspace_id = {workspace:UInt32} and profile_id in {members:Array(UInt64)}
      and event in ('Product Viewed', 'Product Added') and type = 'track' and product_id != '' and not bot
      and timestamp > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      and timestamp <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
    order by timestamp desc limit {looked:UInt32} by profile_id`,
});

/** The sizes customers set, by the traits that usually hold them. Primary key of customers. */
export const readSizesOfMany = chQuery({
  name: 'decide.readSizesOfMany',
  params: { workspace: 'UInt32', roots: 'Array(UInt64)' },
  row: { profile: 'UInt64', sizes: 'Array(String)' },
  text: `
    select profile_id as profile,
      mapValues(mapFilter((name, value) -> match(lower(name), '(^|_| )(size|taille|pointure)'), traits)) as sizes
    from customers final
    where workspace_id = {workspace:UInt32} and profile_id in {roots:Array(UInt64)} and not removed`,
});
