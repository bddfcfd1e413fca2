import { chQuery } from '../../../platform/index.ts';

const root = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";
const ms = (column: string): string => `toUnixTimestamp64Milli(${column})`;
const dayMs = 86_400_000;
/** Weight 1 now, half of it 60 days ago. */
const faded = (at: string): string => `exp2(-greatest(0, {now:Int64} - ${ms(at)}) / ${60 * dayMs})`;
/** A year: what is older weighs next to nothing. */
const recent = (at: string): string =>
  `${at} > fromUnixTimestamp64Milli({now:Int64} - ${365 * dayMs}, 'UTC') and ${at} <= fromUnixTimestamp64Milli({now:Int64}, 'UTC')`;
/** Weights summed by hour, an array of 24: one addition a row, where adding up arrays takes 24. */
const byHour = (weight: string, hour: string): string => `sumResample(0, 24, 1)(${weight}, ${hour})`;
const sales = "status not in ('cancelled', '')";

/** What a click, an opened message or a purchase says of when and where a person answers, beside a page view. */
const clicked =
  "event in ('Email Link Clicked', 'SMS Link Clicked', 'Push Notification Tapped', 'Push Notification Opened', 'Message Link Clicked')";
const opened = "event in ('Email Opened', 'Message Opened')";
const signal = `multiIf(${clicked}, 3., ${opened}, 1., 0.2)`;
/** What the shop was told of its visitors, and answers to messages of ours: that we sent them says nothing of the person. */
const told = `(type in ('page', 'screen', 'track') or type = 'message' and (${clicked} or ${opened}))`;
/** Place of a channel in email, sms, push, web, store; 5 for one that is none of them. */
const place = `toUInt8(multiIf(
                  type = 'message', transform(message_channel, ['email', 'sms', 'webpush', 'mobilepush', 'inbox'], [0, 1, 2, 2, 3], 5),
                  event like 'Email %', 0, event like 'SMS %', 1, event like 'Push %', 2, 3))`;

/**
 * When and where everyone answers, and how much of what they buy is reduced: one row per person. One pass over a year of
 * events and of orders, both by (workspace_id, profile_id); what everyone does is summed beside each row, because a part of a
 * query that is named and read twice is computed twice. What a machine opened or clicked says when a machine worked, and is left
 * out. A person's own hours are drawn to everyone's as long as they are
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
            select workspace_id, profile_id, ${byHour('weight', 'hour')} as by_hour,
              sumResample(0, 5, 1)(weight, place) as by_channel,
              toUInt64(0) as reduced, toUInt64(0) as bought
            from (
              select workspace_id, profile_id, toHour(timestamp, {zone:String}) as hour, ${place} as place,
                ${signal} * ${faded('timestamp')} as weight
              from events
              where workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and not machine and ${told}
                and ${recent('timestamp')}
            )
            group by workspace_id, profile_id
            union all
            select workspace_id, profile_id,
              ${byHour(`if(channel = 'store', 0., 3. * ${faded('ordered_at')})`, 'toHour(ordered_at, {zone:String})')} as by_hour,
              [0., 0., 0., sumIf(5. * ${faded('ordered_at')}, channel != 'store'), sumIf(5. * ${faded('ordered_at')}, channel = 'store')] as by_channel,
              countIf(coupon != '' or discount > 0) as reduced, count() as bought
            from customer_orders final
            where workspace_id = {workspace:UInt32} and profile_id > 0 and ${sales} and ${recent('ordered_at')}
            group by workspace_id, profile_id
          )
        )
        group by person
      )
    select {workspace:UInt32}, person, {run:UInt64}, fromUnixTimestamp64Milli({now:Int64}, 'UTC'),
      toUInt8(modulo(modulo(indexOf(drawn_hours, arrayMax(drawn_hours)) - 1 + moved, 24) + 24, 24)), in_hours,
      if(in_channels = 0, '', names[indexOf(by_channel, arrayMax(by_channel))]),
      mapFromArrays(names, arrayMap(each -> toFloat32(each), shares)),
      (reduced + 3 * usual_discount) / (bought + 3), bought
    from (
      select person, by_channel, in_hours, in_channels, reduced, bought, usual_discount, ['email', 'sms', 'push', 'web', 'store'] as names,
        arrayMap((own, all) -> (own + 20 * all / greatest(1e-9, all_in_hours)) / (in_hours + 20), by_hour, all_hours) as drawn_hours,
        arrayMap((own, all) -> (own + 2 * all / greatest(1e-9, all_in_channels)) / (in_channels + 2),
          by_channel, all_channels) as shares,
        ifNull(offset, 0) as moved
      from (
        -- Totals are columns of their own: within arrayMap they would be added up again for each element.
        select *, arraySum(by_hour) as in_hours, arraySum(by_channel) as in_channels,
          arraySum(all_hours) as all_in_hours, arraySum(all_channels) as all_in_channels
        from (
          select *, sumForEach(by_hour) over () as all_hours, sumForEach(by_channel) over () as all_channels,
            sum(reduced) over () / greatest(1, sum(bought) over ()) as usual_discount
          from signals
        )
      ) as signals_of_all
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

/** What people did with products, each with its weight. */
const interest = (columns: string): string => `
  select ${columns}, if(event = 'Product Added', 3., 1.) * ${faded('timestamp')} as weight
  from events
  where workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and type = 'track'
    and event in ('Product Viewed', 'Product Added') and ${recent('timestamp')}`;
const purchases = (columns: string): string => `
  select ${columns}, 5. * ${faded('ordered_at')} as weight
  from customer_order_lines final
  where workspace_id = {workspace:UInt32} and profile_id > 0 and not removed and ${recent('ordered_at')}`;

const everyonesOf = (dimension: 'brand' | 'category'): string => `
  select '${dimension}' as kind, toString(${dimension}) as value, sum(weight) as weight
  from (${interest(dimension)} union all ${purchases(dimension)}) where ${dimension} != '' group by ${dimension}`;

/** Number of a value among all values and its weight in one word, so that sorting the words brings equal values together. */
const word = (dimension: 'brand' | 'category', values: string, first: string): string =>
  `bitShiftLeft(toUInt64(transform(${dimension}, ${values}, arrayMap(each -> toUInt32(each + ${first}), arrayEnumerate(${values})), toUInt32(0))), 32)
    + reinterpretAsUInt32(toFloat32(weight))`;
const wordsOf = (rows: string): string => `
  select workspace_id, profile_id, arrayConcat(
    groupArrayIf(${word('brand', 'brands', '0')}, brand != ''),
    groupArrayIf(${word('category', 'categories', 'length(brands)')}, category != '')) as words
  from (${rows}) group by workspace_id, profile_id`;
const own = 'workspace_id, profile_id, brand, category';

/**
 * What everyone is drawn to: views weigh 1, carts 3, purchases 5, all fading by half in 60 days. The share of a value is drawn
 * to everyone's share as if 5 more signals had been everyone's; the first `places` of each, of equal ones the first by name.
 * Rows stream through in the order of the key (workspace_id, profile_id), one person after the other: as a table of sums by
 * person and value they would take gigabytes, and eight times as long.
 */
export const writeAppetences = chQuery({
  name: 'decide.writeAppetences',
  params: { workspace: 'UInt32', run: 'UInt64', now: 'Int64', places: 'UInt8' },
  row: {},
  text: `
    insert into appetences (workspace_id, dimension, profile_id, place, run_id, value, share, signals)
    with
      (
        select (groupArray(kind), groupArray(value), groupArray(share)) from (
          select kind, value, weight / sum(weight) over (partition by kind) as share
          from (${everyonesOf('brand')} union all ${everyonesOf('category')})
          order by kind, value
        )
      ) as everyones,
      everyones.1 as kinds, everyones.2 as names, everyones.3 as shares,
      arrayFilter((name, kind) -> kind = 'brand', names, kinds) as brands,
      arrayFilter((name, kind) -> kind = 'category', names, kinds) as categories
    select {workspace:UInt32}, kinds[one.2], person, toUInt8(place), {run:UInt64}, names[one.2],
      (one.1 + 5 * shares[one.2]) / (total + 5), one.1
    from (
      select person, arraySum(drawn.1) as total,
        arraySlice(arrayPartialSort(each -> (-each.1, each.2), {places:UInt8}, drawn), 1, {places:UInt8}) as strongest
      from (
        select person, arrayJoin([
          arrayFilter(each -> each.2 <= length(brands), sums), arrayFilter(each -> each.2 > length(brands), sums)]) as drawn
        from (
          -- A sum is what has been added up at the last word of a value, less what had been at the last of the one before.
          select person, arrayMap(each -> toUInt32(bitShiftRight(each, 32)), sorted) as numbers,
            arrayPushBack(arrayPopFront(numbers), toUInt32(0)) as next,
            arrayCumSum(arrayMap(each -> reinterpretAsFloat32(toUInt32(bitAnd(each, 4294967295))), sorted)) as added,
            arrayFilter((sum, number, following) -> number != following, added, numbers, next) as ends,
            arrayZip(arrayMap((end, before) -> end - before, ends, arrayPushFront(arrayPopBack(ends), 0.)),
              arrayFilter((number, following) -> number != following, numbers, next)) as sums
          from (
            select person, arraySort(groupArrayArray(words)) as sorted
            from (
              select ${root} as person, words from (${wordsOf(interest(own))} union all ${wordsOf(purchases(own))})
              -- Of products without brand and category there is nothing to say.
              where notEmpty(words)
            )
            group by person
          )
        )
      )
      where notEmpty(drawn)
    )
    array join strongest as one, arrayEnumerate(strongest) as place
    settings optimize_aggregation_in_order = 1, max_threads = 2`,
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

/** The best hours of some customers, of the run in use. Order key (workspace_id, profile_id). */
export const listBestHours = chQuery({
  name: 'decide.listBestHours',
  params: { workspace: 'UInt32', run: 'UInt64', people: 'Array(UInt64)' },
  row: { person: 'UInt64', hour: 'UInt8' },
  text: `
    select profile_id as person, best_hour as hour from habits final
    where workspace_id = {workspace:UInt32} and run_id = {run:UInt64} and has({people:Array(UInt64)}, profile_id)
      and hour_signals > 0`,
});
