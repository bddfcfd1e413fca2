import { chQuery } from '../../../platform/index.ts';

const root = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";
const ms = (column: string): string => `toUnixTimestamp64Milli(${column})`;
const dayMs = 86_400_000;
/** Weight 1 now, half of it 60 days ago. */
const faded = (at: string): string => `exp2(-greatest(0, {now:Int64} - ${ms(at)}) / ${60 * dayMs})`;
/** A year: what is older weighs next to nothing. */
const recent = (at: string): string =>
  `${at} > fromUnixTimestamp64Milli({now:Int64} - ${365 * dayMs}, 'UTC') and ${at} <= fromUnixTimestamp64Milli({now:Int64}, 'UTC')`;
const hours = (hour: string, weight: string): string =>
  `arrayMap(each -> if(each = ${hour}, ${weight}, 0.), range(24))`;
const sales = "status not in ('cancelled', '')";

/** What a click, an opened message or a purchase says of when and where a person answers, beside a page view. */
const clicked =
  "event in ('Email Link Clicked', 'SMS Link Clicked', 'Push Notification Tapped', 'Push Notification Opened')";
const opened = "event = 'Email Opened'";
/** Mail programs load pictures by themselves: such an opening says when a machine worked. */
const machine = `${opened} and (simpleJSONExtractBool(properties, 'machine_open') or simpleJSONExtractBool(properties, 'machineOpen'))`;
const signal = `multiIf(${clicked}, 3., ${opened}, 1., 0.2)`;

/**
 * When and where everyone answers, and how much of what they buy is reduced: one row per person. One pass over a year of
 * events and of orders, both by (workspace_id, profile_id). A person's own hours are drawn to everyone's as long as they are
 * few (20 signals weigh as much as everyone), channels by 2, discounts by 3 orders. Hours are local: the workspace's zone,
 * moved to the zone of a person who
 * has one of their own (`zones`, `offsets` in hours).
 */
export const writeHabits = chQuery({
  name: 'decide.writeHabits',
  params: {
    workspace: 'UInt32',
    run: 'UInt64',
    now: 'Int64',
    zone: 'String',
    zones: 'Array(String)',
    offsets: 'Array(Int32)',
  },
  row: {},
  text: `
    insert into habits (workspace_id, profile_id, run_id, computed_at, best_hour, hour_signals, channel, channels,
      discount_affinity, discount_orders)
    with
      signals as (
        select person, sumForEach(by_hour) as by_hour, sumForEach(by_channel) as by_channel,
          sum(reduced) as reduced, sum(bought) as bought
        from (
          select ${root} as person, by_hour, by_channel, reduced, bought from (
            select workspace_id, profile_id, sumForEach(${hours('hour', 'weight')}) as by_hour,
              [sumIf(weight, event like 'Email %'), sumIf(weight, event like 'SMS %'), sumIf(weight, event like 'Push %'),
                sumIf(weight, not match(event, '^(Email|SMS|Push) ')), 0.] as by_channel,
              toUInt64(0) as reduced, toUInt64(0) as bought
            from (
              select workspace_id, profile_id, toString(event) as event, toHour(timestamp, {zone:String}) as hour,
                ${signal} * ${faded('timestamp')} as weight
              from events
              where workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and type in ('page', 'screen', 'track')
                and ${recent('timestamp')} and not (${machine})
            )
            group by workspace_id, profile_id
            union all
            select workspace_id, profile_id, sumForEach(${hours('toHour(ordered_at, {zone:String})', `if(channel = 'store', 0., 3. * ${faded('ordered_at')})`)}) as by_hour,
              [0., 0., 0., sumIf(5. * ${faded('ordered_at')}, channel != 'store'), sumIf(5. * ${faded('ordered_at')}, channel = 'store')] as by_channel,
              countIf(coupon != '' or discount > 0) as reduced, count() as bought
            from customer_orders final
            where workspace_id = {workspace:UInt32} and profile_id > 0 and ${sales} and ${recent('ordered_at')}
            group by workspace_id, profile_id
          )
        )
        group by person
      ),
      (
        select tuple(sumForEach(by_hour), sumForEach(by_channel), sum(reduced) / greatest(1, sum(bought))) from signals
      ) as everyone,
      arrayMap(each -> each / greatest(1e-9, arraySum(everyone.1)), everyone.1) as usual_hours,
      arrayMap(each -> each / greatest(1e-9, arraySum(everyone.2)), everyone.2) as usual_channels
    select {workspace:UInt32}, person, {run:UInt64}, fromUnixTimestamp64Milli({now:Int64}, 'UTC'),
      toUInt8(modulo(modulo(indexOf(drawn_hours, arrayMax(drawn_hours)) - 1 + moved, 24) + 24, 24)), arraySum(by_hour),
      if(arraySum(by_channel) = 0, '', names[indexOf(by_channel, arrayMax(by_channel))]),
      mapFromArrays(names, arrayMap(each -> toFloat32(each), shares)),
      (reduced + 3 * everyone.3) / (bought + 3), bought
    from (
      select person, by_hour, by_channel, reduced, bought, ['email', 'sms', 'push', 'web', 'store'] as names,
        arrayMap((own, usual) -> (own + 20 * usual) / (arraySum(by_hour) + 20), by_hour, usual_hours) as drawn_hours,
        arrayMap((own, usual) -> (own + 2 * usual) / (arraySum(by_channel) + 2), by_channel, usual_channels) as shares,
        ifNull(offset, 0) as moved
      from signals
      inner join (
        select profile_id as person, transform(traits['timezone'], {zones:Array(String)}, {offsets:Array(Int32)}, toInt32(0)) as offset
        from customers final where workspace_id = {workspace:UInt32} and not removed
      ) as moves using (person)
    )`,
});

/** Zones that customers say they live in. One pass over customers. */
export const listTimeZones = chQuery({
  name: 'decide.listTimeZones',
  params: { workspace: 'UInt32' },
  row: { zone: 'String' },
  text: `
    select traits['timezone'] as zone from customers final
    where workspace_id = {workspace:UInt32} and not removed and zone != '' and length(zone) < 50
    group by zone order by count() desc limit 200`,
});

const dimensions = `['category', 'brand']`;

/**
 * What everyone is drawn to: views weigh 1, carts 3, purchases 5, all fading by half in 60 days. The share of a value is drawn
 * to everyone's share as if 5 more signals had been everyone's. Events by (workspace_id, profile_id); the first five of each.
 */
export const writeAppetences = chQuery({
  name: 'decide.writeAppetences',
  params: { workspace: 'UInt32', run: 'UInt64', now: 'Int64', places: 'UInt8' },
  row: {},
  text: `
    insert into appetences (workspace_id, dimension, profile_id, place, run_id, value, share, signals)
    with
      signals as (
        select person, kind, value, sum(weight) as weight
        from (
          select ${root} as person, pair.1 as kind, pair.2 as value, weight from (
            select workspace_id, profile_id, pair, sum(weight) as weight
            from (
              select workspace_id, profile_id, toString(category) as category, toString(brand) as brand,
                if(event = 'Product Added', 3., 1.) * ${faded('timestamp')} as weight
              from events
              where workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and type = 'track'
                and event in ('Product Viewed', 'Product Added') and ${recent('timestamp')}
              union all
              select workspace_id, profile_id, toString(category) as category, toString(brand) as brand,
                5. * ${faded('ordered_at')} as weight
              from customer_order_lines final
              where workspace_id = {workspace:UInt32} and profile_id > 0 and not removed and ${recent('ordered_at')}
            )
            array join arrayZip(${dimensions}, [category, brand]) as pair
            where pair.2 != ''
            group by workspace_id, profile_id, pair
          )
        )
        group by person, kind, value
      ),
      usual as (
        select kind, value, weight / sum(weight) over (partition by kind) as share
        from (select kind, value, sum(weight) as weight from signals group by kind, value)
      )
    select {workspace:UInt32}, kind, person, toUInt8(place), {run:UInt64}, value, share, weight
    from (
      select person, kind, value, weight,
        (weight + 5 * usual.share) / (sum(weight) over (partition by person, kind) + 5) as share,
        row_number() over (partition by person, kind order by weight desc, value) as place
      from signals inner join usual using (kind, value)
    )
    where place <= {places:UInt8}`,
});

/** How many people a run wrote habits of. */
export const countHabits = chQuery({
  name: 'decide.countHabits',
  params: { workspace: 'UInt32', run: 'UInt64' },
  row: { people: 'UInt64' },
  text: `select count() as people from habits where workspace_id = {workspace:UInt32} and run_id = {run:UInt64}`,
});

/** Former runs, once nobody reads them. */
export const deleteFormerHabits = chQuery({
  name: 'decide.deleteFormerHabits',
  params: { workspace: 'UInt32', run: 'UInt64' },
  row: {},
  text: `delete from habits where workspace_id = {workspace:UInt32} and run_id < {run:UInt64}`,
});

export const deleteFormerAppetences = chQuery({
  name: 'decide.deleteFormerAppetences',
  params: { workspace: 'UInt32', run: 'UInt64' },
  row: {},
  text: `delete from appetences where workspace_id = {workspace:UInt32} and run_id < {run:UInt64}`,
});
