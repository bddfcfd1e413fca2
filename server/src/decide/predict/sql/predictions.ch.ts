import { chQuery } from '../../../platform/index.ts';

/** One customer's row of the run in use. By primary key. */
export const readPrediction = chQuery({
  name: 'decide.readPrediction',
  params: { workspace: 'UInt32', site: 'String', run: 'UInt64', person: 'UInt64' },
  row: {
    computed_at: 'DateTime64(3)',
    order_30: 'Float64',
    order_90: 'Float64',
    churn: 'Float64',
    orders_90: 'Float64',
    orders_90_low: 'Float64',
    orders_90_high: 'Float64',
    orders_365: 'Float64',
    orders_365_low: 'Float64',
    orders_365_high: 'Float64',
    value_90: 'Float64',
    value_90_low: 'Float64',
    value_90_high: 'Float64',
    value_365: 'Float64',
    value_365_low: 'Float64',
    value_365_high: 'Float64',
    historic_value: 'Float64',
    lifetime_value: 'Float64',
    next: 'Int64',
    next_from: 'Int64',
    next_to: 'Int64',
    tier: 'LowCardinality(String)',
  },
  text: `
    select computed_at, order_30, order_90, churn, orders_90, orders_90_low, orders_90_high, orders_365, orders_365_low,
      orders_365_high, value_90, value_90_low, value_90_high, value_365, value_365_low, value_365_high, historic_value,
      lifetime_value, ifNull(toUnixTimestamp64Milli(next_order_at), 0) as next,
      ifNull(toUnixTimestamp64Milli(next_order_from), 0) as next_from,
      ifNull(toUnixTimestamp64Milli(next_order_to), 0) as next_to, tier
    from predictions final
    where workspace_id = {workspace:UInt32} and site = {site:String} and profile_id = {person:UInt64}
      and run_id = {run:UInt64}`,
});

/** The tier of who is worth so much: that of the nearest who is worth no more. By (workspace, site). */
export const readTierOf = chQuery({
  name: 'decide.readTierOf',
  params: { workspace: 'UInt32', site: 'String', run: 'UInt64', worth: 'Float64' },
  row: { tier: 'LowCardinality(String)' },
  text: `
    select tier from predictions final
    where workspace_id = {workspace:UInt32} and site = {site:String} and run_id = {run:UInt64}
      and value_365 <= {worth:Float64}
    order by value_365 desc, profile_id limit 1`,
});

/** Everyone's predictions of a run in a few figures, by tier. By (workspace, site). */
export const summarisePredictions = chQuery({
  name: 'decide.summarisePredictions',
  params: { workspace: 'UInt32', site: 'String', run: 'UInt64' },
  row: { tier: 'LowCardinality(String)', customers: 'UInt64', worth: 'Float64', leaving: 'UInt64', at_risk: 'Float64' },
  text: `
    select tier, count() as customers, sum(value_365) as worth,
      countIf(churn > 0.5 and next_order_at is not null) as leaving,
      sumIf(value_365, churn > 0.5 and next_order_at is not null) as at_risk
    from predictions final
    where workspace_id = {workspace:UInt32} and site = {site:String} and run_id = {run:UInt64}
    group by tier`,
});

/** Rows of former runs of a group. */
export const deleteFormerPredictions = chQuery({
  name: 'decide.deleteFormerPredictions',
  params: { workspace: 'UInt32', site: 'String', run: 'UInt64' },
  row: {},
  text: `delete from predictions where workspace_id = {workspace:UInt32} and site = {site:String} and run_id < {run:UInt64}`,
});

/** Keeps the probabilities of a run until they can be compared. */
export const keepPublished = chQuery({
  name: 'decide.keepPublished',
  params: { workspace: 'UInt32', site: 'String', run: 'UInt64' },
  row: {},
  text: `
    insert into published_predictions
      (workspace_id, site, run_id, profile_id, computed_at, order_90, orders_90, orders_90_variance)
    select workspace_id, site, run_id, profile_id, computed_at, order_90, orders_90, orders_90_variance
    from predictions final
    where workspace_id = {workspace:UInt32} and site = {site:String} and run_id = {run:UInt64}`,
});

export const deletePublished = chQuery({
  name: 'decide.deletePublished',
  params: { workspace: 'UInt32', site: 'String', run: 'UInt64' },
  row: {},
  text: `delete from published_predictions where workspace_id = {workspace:UInt32} and site = {site:String} and run_id = {run:UInt64}`,
});

const root = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";
/** Who was predicted and what they did: `p` an order within the horizon, `e` orders, `v` their variance, `n` that came. */
const compared = `
      select person, 1 - exp(sum(log(greatest(1e-12, 1 - chance)))) as p, sum(orders) as e, sum(variance) as v,
        toFloat64(sum(came)) as n
      from (
        select ${root} as person, toFloat64(order_90) as chance, toFloat64(orders_90) as orders,
          toFloat64(orders_90_variance) as variance, toUInt64(0) as came
        from published_predictions final
        where workspace_id = {workspace:UInt32} and site = {site:String} and run_id = {run:UInt64}
        union all
        select ${root} as person, 0., 0., 0., uniqExact(toDate(ordered_at, {zone:String})) as came
        from customer_orders final
        where workspace_id = {workspace:UInt32} and profile_id > 0 and status not in ('cancelled', '')
          and ({site:String} = '' or site = {site:String})
          and (base_total is null or base_total > base_refunded)
          and toDate(ordered_at, {zone:String}) > toDate(fromUnixTimestamp64Milli({at:Int64}, 'UTC'), {zone:String})
          and toDate(ordered_at, {zone:String}) <= toDate(fromUnixTimestamp64Milli({at:Int64}, 'UTC'), {zone:String}) + {days:Int32}
        group by person
      )
      group by person
      having e > 0`;

/** Published probabilities against what happened, in ten equal groups. By (workspace, site, run) and (workspace). */
export const comparePublished = chQuery({
  name: 'decide.comparePublished',
  params: { workspace: 'UInt32', site: 'String', run: 'UInt64', at: 'Int64', days: 'Int32', zone: 'String' },
  row: {
    group_number: 'UInt64',
    customers: 'UInt64',
    predicted: 'Float64',
    happened: 'Float64',
    brier: 'Float64',
    loss: 'Float64',
    orders: 'Float64',
    variance: 'Float64',
    came: 'Float64',
  },
  text: `
    select toUInt64(intDiv((place - 1) * 10, everyone)) as group_number, count() as customers, sum(p) as predicted,
      toFloat64(countIf(n > 0)) as happened, sum(pow(p - if(n > 0, 1, 0), 2)) as brier,
      -sum(if(n > 0, log(greatest(1e-12, p)), log(greatest(1e-12, 1 - p)))) as loss,
      sum(e) as orders, sum(v) as variance, sum(n) as came
    from (select p, e, v, n, row_number() over (order by p) as place, count() over () as everyone from (${compared}))
    group by group_number order by group_number`,
});

/** How often who ordered had the higher probability; no number when all or none did. */
export const rankPublished = chQuery({
  name: 'decide.rankPublished',
  params: { workspace: 'UInt32', site: 'String', run: 'UInt64', at: 'Int64', days: 'Int32', zone: 'String' },
  row: { auc: 'Nullable(Float64)' },
  text: `
    select if(countIf(n > 0) in (0, count()), null, arrayROCAUC(groupArray(p), groupArray(toUInt8(n > 0)))) as auc
    from (${compared})`,
});

/** One customer's habits of the run in use. By primary key. */
export const readHabits = chQuery({
  name: 'decide.readHabits',
  params: { workspace: 'UInt32', run: 'UInt64', person: 'UInt64' },
  row: {
    best_hour: 'UInt8',
    hour_signals: 'Float64',
    channel: 'LowCardinality(String)',
    names: 'Array(String)',
    shares: 'Array(Float64)',
    affinity: 'Float64',
    discount_orders: 'UInt32',
  },
  text: `
    select best_hour, toFloat64(hour_signals) as hour_signals, channel,
      arrayMap(each -> toString(each), mapKeys(channels)) as names,
      arrayMap(each -> toFloat64(each), mapValues(channels)) as shares,
      toFloat64(discount_affinity) as affinity, discount_orders
    from habits final
    where workspace_id = {workspace:UInt32} and profile_id = {person:UInt64} and run_id = {run:UInt64}`,
});

/** What one customer is drawn to, strongest first. By primary key. */
export const readAppetences = chQuery({
  name: 'decide.readAppetences',
  params: { workspace: 'UInt32', run: 'UInt64', person: 'UInt64' },
  row: { dimension: 'LowCardinality(String)', value: 'LowCardinality(String)', part: 'Float64', strength: 'Float64' },
  text: `
    select dimension, value, toFloat64(share) as part, toFloat64(signals) as strength from appetences final
    where workspace_id = {workspace:UInt32} and dimension in ('category', 'brand') and profile_id = {person:UInt64}
      and run_id = {run:UInt64} and value != ''
    order by dimension, place`,
});

/** For the right to be forgotten; each may be repeated. */
export const deletePredictions = chQuery({
  name: 'decide.deletePredictions',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from predictions where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});
export const deletePublishedOf = chQuery({
  name: 'decide.deletePublishedOf',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from published_predictions where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});
export const deleteHabits = chQuery({
  name: 'decide.deleteHabits',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from habits where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});
export const deleteAppetences = chQuery({
  name: 'decide.deleteAppetences',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from appetences where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});
