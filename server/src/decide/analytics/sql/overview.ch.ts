import { chQuery } from '../../../platform/index.ts';

/** What people did; entries and exits of segments are ours. */
export const countEvents = chQuery({
  name: 'decide.countEvents',
  params: { workspace: 'UInt32' },
  row: { events: 'UInt64' },
  text: `select count() as events from events where workspace_id = {workspace:UInt32} and type != 'segment'`,
});

/** People with a page or screen view, by local day; '' is the whole time. Joined profiles count once. */
export const countVisitors = chQuery({
  name: 'decide.countVisitors',
  params: { workspace: 'UInt32', from: 'Int64', to: 'Int64', zone: 'String', site: 'String' },
  row: { day: 'String', visitors: 'UInt64' },
  text: `
    select if(grouping(local) = 1, '', toString(local)) as day, uniqExact(person) as visitors
    from (
      -- The dictionary is asked once per profile and day, not once per event: four times faster.
      select local, dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id) as person
      from (
        select distinct workspace_id, profile_id, toDate(timestamp, {zone:String}) as local
        from events
        where workspace_id = {workspace:UInt32} and type in ('page', 'screen') and not bot and profile_id > 0
          and timestamp >= fromUnixTimestamp64Milli({from:Int64}) and timestamp < fromUnixTimestamp64Milli({to:Int64})
          and ({site:String} = '' or site = {site:String})
      )
    )
    group by grouping sets ((local), ())`,
});

/** Orders, revenue and first-time buyers by local day. */
export const sumOrdersByDay = chQuery({
  name: 'decide.sumOrdersByDay',
  params: { workspace: 'UInt32', from: 'Int64', to: 'Int64', zone: 'String', site: 'String' },
  row: { day: 'String', orders: 'UInt64', revenue: 'Float64', new_customers: 'UInt64' },
  text: `
    with current as (
      select order_id, ordered_at, status, site,
        dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id) as person,
        toFloat64(ifNull(base_total, 0) - base_refunded) as net
      from orders final
      where workspace_id = {workspace:UInt32} and status != 'cancelled'
    ), firsts as (
      select person, min(ordered_at) as first_at from current where person > 0 and status != '' group by person
    )
    select toString(toDate(ordered_at, {zone:String})) as day,
      countIf(status != '') as orders,
      round(sum(net), 4) as revenue,
      uniqExactIf(person, person > 0 and status != '' and ordered_at = first_at) as new_customers
    from current left join firsts using (person)
    where ordered_at >= fromUnixTimestamp64Milli({from:Int64}) and ordered_at < fromUnixTimestamp64Milli({to:Int64})
      and ({site:String} = '' or site = {site:String})
    group by day`,
});
