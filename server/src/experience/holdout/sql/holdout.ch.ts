import { chQuery } from '../../../platform/index.ts';

/** FNV-1a over the bytes of a text, from where it stands: the hash that assigns, so that both agree on who is held out. */
const hashOn = (from: string, text: string): string =>
  `arrayFold((hash, byte) -> toUInt32(bitAnd(toUInt64(bitXor(hash, byte)) * 16777619, 4294967295)),
      arrayMap(place -> toUInt32(reinterpretAsUInt8(substring(${text}, place, 1))), range(1, length(${text}) + 1)), ${from})`;

/**
 * What those held out and all others bought since. Everybody who is known counts, whether they came back or not: whoever got
 * more messages also comes more often, so counting visitors alone would compare unlike people. Reads the customers and the
 * orders since; a customer's place is hashed from their number. `begun`: the hash of what stands before the number.
 */
export const readHeldOut = chQuery({
  name: 'experience.readHeldOut',
  params: { workspace: 'UInt32', begun: 'UInt32', places: 'UInt32', since: 'Int64', until: 'Int64' },
  row: {
    held: 'Bool',
    people: 'UInt64',
    buyers: 'UInt64',
    orders: 'UInt64',
    revenue: 'Float64',
    squares: 'Float64',
  },
  text: `
    with bought as (
      select dictGetOrDefault('profile_root_dict', 'root_id', ({workspace:UInt32}, profile_id), profile_id) as root,
        sum(own_orders) as orders, sum(own_revenue) as revenue
      from (
        select profile_id, count() as own_orders,
          toFloat64(sum(toDecimal128(ifNull(base_total, 0), 4) - base_refunded)) as own_revenue
        from customer_orders final
        where workspace_id = {workspace:UInt32} and status not in ('cancelled', '')
          and ordered_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
          and ordered_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
        group by profile_id
      )
      group by root
    ), everybody as (
      select profile_id as root, toString(profile_id) as number, ${hashOn('{begun:UInt32}', 'number')} as hashed,
        toString(hashed) as again, toBool(${hashOn('toUInt32(2166136261)', 'again')} % 10000 < {places:UInt32}) as held
      from customers final
      where workspace_id = {workspace:UInt32} and not removed
    )
    select everybody.held as held, count() as people, countIf(bought.orders > 0) as buyers, sum(bought.orders) as orders,
      sum(bought.revenue) as revenue, sum(bought.revenue * bought.revenue) as squares
    from everybody left join bought on bought.root = everybody.root
    group by held
    order by held`,
});
