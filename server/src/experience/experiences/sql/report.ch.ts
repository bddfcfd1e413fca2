import { chQuery } from '../../../platform/index.ts';

/** What pages told of one experience. Reads the projection of events by name. */
export const told = `
      select profile_id, event, timestamp, toString(device_type) as device_type, JSONExtractString(properties, 'variant') as shown_variant
      from events
      where workspace_id = {workspace:UInt32} and type = 'track' and not bot and profile_id > 0
        and event in ('Experience Viewed', 'Experience Clicked', 'Experience Closed', 'Experience Answered')
        and timestamp >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        and JSONExtractString(properties, 'experience') = {key:String}`;

/** Views and clicks by day of the workspace's clock. */
export const readDays = chQuery({
  name: 'experience.readDays',
  params: { workspace: 'UInt32', key: 'String', since: 'Int64', zone: 'String' },
  row: { day: 'Date', views: 'UInt64', clicks: 'UInt64' },
  text: `
    select toDate(timestamp, {zone:String}) as day,
      countIf(event = 'Experience Viewed' and shown_variant != '') as views, countIf(event = 'Experience Clicked') as clicks
    from (${told})
    group by day
    order by day`,
});

/** What views say they cost the page: until the decision was there, and to bring it onto the page. Events by name. */
export const readCost = chQuery({
  name: 'experience.readCost',
  params: { workspace: 'UInt32', key: 'String', since: 'Int64' },
  row: { pages: 'UInt64', waits: 'UInt64', wait: 'Array(Float64)', apply: 'Array(Float64)' },
  text: `
    select countIf(applied >= 0) as pages, countIf(waited >= 0) as waits,
      quantilesIf(0.5, 0.95)(waited, waited >= 0) as wait, quantilesIf(0.5, 0.95)(applied, applied >= 0) as apply
    from (
      select if(JSONHas(properties, 'waitMs'), JSONExtractFloat(properties, 'waitMs'), -1.) as waited,
        if(JSONHas(properties, 'applyMs'), JSONExtractFloat(properties, 'applyMs'), -1.) as applied
      from events
      where workspace_id = {workspace:UInt32} and type = 'track' and not bot and event = 'Experience Viewed'
        and timestamp >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        and JSONExtractString(properties, 'experience') = {key:String} and JSONExtractString(properties, 'variant') != ''
    )`,
});
