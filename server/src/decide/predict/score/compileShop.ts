import type { ChQuery, ChShape, ChValues } from '../../../platform/index.ts';
import type { ScoringParams } from '../backtest/learnShop.ts';
import { readPrediction } from '../sql/predictions.ch.ts';
import { compileOrderDays, compileSummary } from './compileOrders.ts';
import { compileScores } from './compileScores.ts';

/** Whose orders count, and until when. */
export interface ShopScope {
  readonly workspace: number;
  /** '' for all sites. */
  readonly site: string;
  readonly zone: string;
  /** Milliseconds. */
  readonly now: number;
}

const root = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";
const shopParams = { workspace: 'UInt32', site: 'String', zone: 'String', now: 'Int64' } as const;
const paramsOf = ({ workspace, site, zone, now }: ShopScope) => ({ workspace, site, zone, now });
const instant = (ms: string): string => `fromUnixTimestamp64Milli(${ms}, 'UTC')`;

/**
 * `person, day, money, known, ordered` of every customer and local day: sales only, net of refunds, in the base currency.
 * Reads customer_orders by (workspace_id, profile_id); the dictionary is asked once per profile row and day.
 */
const daysOf = (whose: { readonly person: string; readonly own: string }): string => `
  select person, toInt32(local_day) as day, sum(net) as money, sum(unknown) = 0 as known, money > 0 or not known or not max(returned) as ordered
  from (
    select ${whose.person} as person, local_day, net, unknown, returned from (
      select workspace_id, profile_id, toDate(ordered_at, {zone:String}) as local_day,
        sum(ifNull(toFloat64(base_total - base_refunded), 0)) as net, countIf(base_total is null) as unknown,
        max(base_refunded > 0) as returned
      from customer_orders final
      where workspace_id = {workspace:UInt32} and profile_id > 0 and status not in ('cancelled', '')
        and ordered_at <= ${instant('{now:Int64}')} and ({site:String} = '' or site = {site:String})
        ${whose.own}
      group by workspace_id, profile_id, local_day
    )
  )
  group by person, local_day`;
const days = daysOf({ person: root, own: '' });
const today = `toInt32(toDate(${instant('{now:Int64}')}, {zone:String}))`;

interface Compiled<R extends ChShape> {
  readonly query: ChQuery<ChShape, R>;
  readonly values: ChValues<ChShape>;
}

/** Order days of a group as learning reads them; of a large group every `part`th customer. */
export function compileShopDays(scope: ShopScope, part: number) {
  const text =
    part === 1
      ? compileOrderDays(days)
      : compileOrderDays(`select * from (${days}) where cityHash64(person) % {part:UInt32} = 0`);
  const params: ChShape = part === 1 ? shopParams : { ...shopParams, part: 'UInt32' };
  const row = { person: 'String', day: 'Int32', value: 'Nullable(Float64)' } as const;
  return { query: { name: 'decide.predictionDays', text, params, row }, values: { ...paramsOf(scope), part } };
}

/** How many buyers a group has, about. */
export function compileBuyerCount(scope: ShopScope) {
  const text = `
    select uniq(profile_id) as buyers from customer_orders
    where workspace_id = {workspace:UInt32} and profile_id > 0 and ({site:String} = '' or site = {site:String})`;
  const params = { workspace: 'UInt32', site: 'String' } as const;
  const { workspace, site } = scope;
  return {
    query: { name: 'decide.countPredicted', text, params, row: { buyers: 'UInt64' } as const },
    values: { workspace, site },
  };
}

const copied = [
  'order_30',
  'order_90',
  'churn',
  'orders_90',
  'orders_90_low',
  'orders_90_high',
  'orders_365',
  'orders_365_low',
  'orders_365_high',
  'value_90',
  'value_90_low',
  'value_90_high',
  'value_365',
  'value_365_low',
  'value_365_high',
  'historic_value',
  'lifetime_value',
];
const dates = { next_order_at: 'next_days', next_order_from: 'next_from', next_order_to: 'next_to' };

const summary = compileSummary(days, today);

/** Summaries of everyone of a group; see `compileSummary` for the columns. */
export const compileShopSummary = (scope: ShopScope) => {
  const names = ['x', 'tx', 'age', 'valued', 'mean', 'value', 'spent'] as const;
  const row = {
    person: 'UInt64',
    x: 'Float64',
    tx: 'Float64',
    age: 'Float64',
    valued: 'Float64',
    mean: 'Float64',
    value: 'Float64',
    spent: 'Float64',
  } as const;
  const text = `select person, ${names.join(', ')} from (${summary}) order by person`;
  return { query: { name: 'decide.predictionSummary', text, params: shopParams, row }, values: paramsOf(scope) };
};

/**
 * Writes the scores of everyone of a group. Tiers go by the value of the next year: who shares a value shares a tier. A
 * repeat of the same run writes the same rows.
 */
export function compileScoring(scope: ShopScope, params: ScoringParams, run: number): Compiled<Record<never, never>> {
  const tier =
    params.spend === null
      ? "''"
      : "multiIf(place <= everyone * 0.1, 'top', place <= everyone * 0.3, 'high', place <= everyone * 0.6, 'medium', 'low')";
  const moments = Object.values(dates).map((days) => `${instant(`{now:Int64} + toInt64(${days}) * 86400000`)}`);
  const text = `
  insert into predictions (workspace_id, site, profile_id, run_id, computed_at, ${copied.join(', ')},
    ${Object.keys(dates).join(', ')}, tier, orders_90_variance)
  select {workspace:UInt32}, {site:String}, person, {run:UInt64}, ${instant('{now:Int64}')}, ${copied.join(', ')},
    ${moments.join(', ')}, ${tier}, orders_90_variance
  from (
    select *, rank() over (order by value_365 desc) as place, count() over () as everyone
    from (${compileScores(summary, params)})
  )`;
  return {
    query: { name: 'decide.writePredictions', text, params: { ...shopParams, run: 'UInt64' }, row: {} },
    values: { ...paramsOf(scope), run },
  };
}

/**
 * The score of one customer as a run would have written it, from the profile rows that are theirs now: for who was merged or
 * parted since. Answers as `readPrediction` does, without a tier; no row when none of them had ordered. Reads
 * customer_orders by (workspace_id, profile_id).
 */
export function compileOneScore(scope: ShopScope, members: readonly number[], params: ScoringParams) {
  const own = daysOf({ person: 'toUInt64(1)', own: 'and profile_id in {members:Array(UInt64)}' });
  const moment = (days: string): string => `toInt64(ifNull({now:Int64} + toInt64(score.${days}) * 86400000, 0))`;
  const text = `
  select ${instant('{now:Int64}')} as computed_at, ${copied.map((name) => `score.${name} as ${name}`).join(', ')},
    ${moment('next_days')} as next, ${moment('next_from')} as next_from, ${moment('next_to')} as next_to, '' as tier
  from (${compileScores(compileSummary(own, today), params)}) as score`;
  const types = { ...shopParams, members: 'Array(UInt64)' } as const;
  return {
    query: { name: 'decide.scoreOne', text, params: types, row: readPrediction.row },
    values: { ...paramsOf(scope), members },
  };
}
