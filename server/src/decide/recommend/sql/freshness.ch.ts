import { chQuery } from '../../../platform/index.ts';

const signalEvents = `event in ('Product Viewed', 'Product Added')`;

/**
 * Profile rows that did something with a product, as received since. The skip index on received_at passes over what was
 * received before; bounded, so that an import is noticed and not swallowed whole.
 */
export const listTouched = chQuery({
  name: 'decide.listTouchedByProducts',
  params: { workspace: 'UInt32', since: 'Int64', limit: 'UInt32' },
  row: { profile: 'UInt64', received: 'Int64' },
  text: `
    select profile_id as profile, max(toUnixTimestamp64Milli(received_at)) as received
    from events
    where workspace_id = {workspace:UInt32} and received_at > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      and type = 'track' and profile_id > 0 and not bot and product_id != ''
      and (${signalEvents} or event = 'Order Completed')
    group by profile_id order by received desc limit {limit:UInt32}`,
});

/** All profile rows of these customers, the rows that were merged into them among them. One pass over the workspace's merges. */
export const listMerged = chQuery({
  name: 'decide.listMergedRows',
  params: { workspace: 'UInt32', roots: 'Array(UInt64)' },
  row: { profile: 'UInt64' },
  text: `
    select profile_id as profile from profile_root final
    where workspace_id = {workspace:UInt32} and root_id in {roots:Array(UInt64)}`,
});

/** Where these rows stand now. */
export const listRootsOf = chQuery({
  name: 'decide.listRootsOf',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: { root: 'UInt64' },
  text: `
    select distinct dictGetOrDefault('profile_root_dict', 'root_id', ({workspace:UInt32}, profile), profile) as root
    from (select arrayJoin({profiles:Array(UInt64)}) as profile)`,
});

/** Tables in which the recommender of a workspace keeps what people had. */
export const listHistoryTables = chQuery({
  name: 'decide.listHistoryTables',
  params: { names: 'Array(String)' },
  row: { name: 'String' },
  text: `
    select name from system.tables
    where database = currentDatabase() and name in {names:Array(String)} order by name`,
});

/** What people did with what they were shown in so many days, by arm; orders within seven days of a click on the product. */
export const readArms = chQuery({
  name: 'decide.readRecommendationArms',
  params: { workspace: 'UInt32', since: 'Int64' },
  row: {
    arm: 'String',
    people: 'UInt64',
    shown: 'UInt64',
    clicked: 'UInt64',
    ordered: 'UInt64',
    revenue: 'Float64',
  },
  text: `
    with seen as (
      select profile_id, event, product_id, timestamp, JSONExtractString(properties, 'arm') as arm
      from events
      where workspace_id = {workspace:UInt32} and profile_id > 0 and type = 'track' and not bot
        and event in ('Recommendation Shown', 'Recommendation Clicked')
        and timestamp > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        and arm in ('recommended', 'popular')
    ), bought as (
      select clicks.arm as arm, uniqExact(line.profile_id, line.order_id) as ordered,
        toFloat64(sum(ifNull(line.base_price, 0) * line.quantity)) as revenue
      from (
        select profile_id, order_id, product_id, ordered_at, base_price, quantity from customer_order_lines final
        where workspace_id = {workspace:UInt32} and not removed
          and profile_id in (select profile_id from seen where event = 'Recommendation Clicked')
          and (profile_id, order_id) not in (
            select profile_id, order_id from customer_orders final
            where workspace_id = {workspace:UInt32} and status in ('cancelled', ''))
      ) as line
      asof inner join (select * from seen where event = 'Recommendation Clicked') as clicks
        on clicks.profile_id = line.profile_id and clicks.product_id = line.product_id and line.ordered_at >= clicks.timestamp
      where line.ordered_at < clicks.timestamp + interval 7 day
      group by arm
    )
    select seen.arm as arm, uniqExact(seen.profile_id) as people, countIf(event = 'Recommendation Shown') as shown,
      countIf(event = 'Recommendation Clicked') as clicked,
      any(bought.ordered) as ordered, any(bought.revenue) as revenue
    from seen left join bought on bought.arm = seen.arm
    group by seen.arm`,
});

/** Who buys these products: each customer once, with how often and for how much. */
export const readBuyers = chQuery({
  name: 'decide.readProductBuyers',
  params: { workspace: 'UInt32', products: 'Array(String)' },
  row: { customers: 'UInt64', orders: 'UInt64', revenue: 'Float64', repeat: 'UInt64' },
  text: `
    select count() as customers, sum(own_orders) as orders, sum(own_revenue) as revenue, countIf(own_orders > 1) as repeat
    from (
      select dictGetOrDefault('profile_root_dict', 'root_id', ({workspace:UInt32}, profile_id), profile_id) as person,
        sum(row_orders) as own_orders, sum(row_revenue) as own_revenue
      from (
        select profile_id, uniqExact(order_id) as row_orders,
          toFloat64(sum(ifNull(base_price, 0) * quantity)) as row_revenue
        from customer_order_lines final
        where workspace_id = {workspace:UInt32} and product_id in {products:Array(String)} and not removed
          and (profile_id, order_id) not in (
            select profile_id, order_id from customer_orders final
            where workspace_id = {workspace:UInt32} and status in ('cancelled', ''))
        group by profile_id
      )
      group by person
    )`,
});

/** The personas of those who buy these products, as they were noted last. */
export const readBuyerPersonas = chQuery({
  name: 'decide.readProductBuyerPersonas',
  params: { workspace: 'UInt32', products: 'Array(String)' },
  row: { persona: 'String', customers: 'UInt64' },
  text: `
    select persona, count() as customers
    from (
      select profile_id, argMax(persona, day) as persona from persona_days final
      where workspace_id = {workspace:UInt32} and profile_id in (
        select dictGetOrDefault('profile_root_dict', 'root_id', ({workspace:UInt32}, profile_id), profile_id)
        from customer_order_lines final
        where workspace_id = {workspace:UInt32} and product_id in {products:Array(String)} and not removed)
      group by profile_id
    )
    where persona != ''
    group by persona order by customers desc, persona`,
});
