import { chQuery } from '../../../platform/index.ts';

/** What these people looked at last, by profile row. By (workspace_id, profile_id, timestamp). */
export const readLastViewed = chQuery({
  name: 'communicate.readLastViewed',
  params: { workspace: 'UInt32', members: 'Array(UInt64)', since: 'Int64', until: 'Int64' },
  row: { profile: 'UInt64', product: 'String', at: 'Int64' },
  text: `
    select profile_id as profile, product_id as product, max(toUnixTimestamp64Milli(timestamp)) as at
    from events
    where workspace_id = {workspace:UInt32} and profile_id in {members:Array(UInt64)}
      and type = 'track' and event = 'Product Viewed' and product_id != '' and not bot
      and timestamp > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      and timestamp <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
    group by profile_id, product_id
    order by at desc, product limit 12 by profile_id`,
});
