import { leastYearChance } from '../backtest/backtest.ts';
import type { ScoringParams } from '../backtest/learnShop.ts';
import { normalQuantileTables } from '../math/normal.ts';
import { compileFeatures } from '../models/features.ts';
import type { LogisticModel } from '../models/logistic.ts';
import { mostOrders } from '../models/survivors.ts';

/** A number of ours, to its last digit, as a Float64 for ClickHouse. */
function literal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('a parameter of a model is finite');
  return `toFloat64('${value}')`;
}

/** The normal quantile of the expression `u`, as `normalQuantile` computes it. */
function compileQuantile(u: string): string {
  const horner = (polynomial: readonly number[], x: string): string =>
    polynomial.reduceRight((sum, each) => (sum === '' ? literal(each) : `(${sum} * ${x} + ${literal(each)})`), '');
  const { middle, shoulder, tail } = normalQuantileTables;
  const ratio = ({ above, below }: { above: readonly number[]; below: readonly number[] }, x: string): string =>
    `${horner(above, x)} / ${horner(below, x)}`;
  const centred = `(${u} - 0.5)`;
  const root = `sqrt(-log(if(${centred} < 0, ${u}, 1 - ${u})))`;
  return `multiIf(
    abs${centred} <= 0.425, ${centred} * ${ratio(middle, `(0.180625 - ${centred} * ${centred})`)},
    ${root} <= 5, sign${centred} * ${ratio(shoulder, `(${root} - 1.6)`)},
    sign${centred} * ${ratio(tail, `(${root} - 5)`)})`;
}

const compileLogistic = ({ intercept, weights }: LogisticModel): string => {
  const sum = compileFeatures().map((feature, index) => `${literal(weights[index] ?? 0)} * (${feature})`);
  return `1 / (1 + exp(-(${[literal(intercept), ...sum].join(' + ')})))`;
};

/** Columns of the sums over the distribution of the number of orders within `days`: see `outlookOf`. */
function compileOutlook(days: number, { a, b }: { a: string; b: string }): string {
  return `
    tupleElement(terms_${days}, 1) as any_${days}, tupleElement(terms_${days}, 2) as mean_${days},
    tupleElement(terms_${days}, 3) as square_${days}, tupleElement(terms_${days}, 4) as low_${days},
    tupleElement(terms_${days}, 5) as high_${days},
    arrayMap(p -> (p[1], arraySum(p), arraySum((c, n) -> (2 * n - 1) * c, p, arrayEnumerate(p)),
        toFloat64(arrayCount(c -> c > 0.9, p)), toFloat64(arrayCount(c -> c > 0.1, p))),
      [arrayMap((mass, stay) -> alive * greatest(0., 1 - mass) * exp(stay),
        arrayCumSum(arrayMap(m -> exp(m), arrayCumSum(arrayMap(
          k -> if(k = 0, shape * log_${days}, log((shape + k - 1) / k) + step_${days}), range(n_${days}))))),
        arrayCumSum(arrayMap(k -> if(k = 0, 0., log((${b} + x + k) / (${a} + ${b} + x + k))), range(n_${days}))))])[1]
      as terms_${days}`;
}

/** Value within `days`: see `worthOf`. */
const compileValue = (days: number): string => `
    spend_p * mean_${days} * first as value_${days}_mean,
    (spend_p * spend_p * square_${days} + spend_p * mean_${days}) * second as value_${days}_square,
    value_${days}_mean / greatest(any_${days}, 1e-300) as value_${days}_positive,
    sqrt(log(greatest(1., value_${days}_square / greatest(any_${days}, 1e-300) / (value_${days}_positive * value_${days}_positive)))) as value_${days}_spread,
    log(value_${days}_positive) - value_${days}_spread * value_${days}_spread / 2 as value_${days}_centre,
    1 - 0.9 / greatest(any_${days}, 1e-300) as u_${days}_low, 1 - 0.1 / greatest(any_${days}, 1e-300) as u_${days}_high`;

const compileEnd = (days: number, end: 'low' | 'high'): string => {
  const u = `u_${days}_${end}`;
  // The quantile is asked of a number inside (0, 1) for every row of a block.
  const safe = `least(greatest(${u}, 1e-12), 1 - 1e-12)`;
  return `if(${u} <= 0, 0., exp(value_${days}_centre + value_${days}_spread * ${compileQuantile(safe)})) as value_${days}_${end}`;
};

/** Settings for queries with the text of this file: the arrays of a block are held at once. */
export const scoreSettings = { max_block_size: 4_096, max_threads: 2 } as const;

/** Columns of the scores, in the order of `compileScores`. */
export const scoreColumns = [
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
  'next_days',
  'next_from',
  'next_to',
  'orders_90_variance',
] as const;

/**
 * Scores of everyone in `source`, a query of `person, x, tx, age, valued, mean, value, spent` (days; Float64), by closed
 * forms and finite sums: equal to the TypeScript of `models/` to rounding. `next_*` are days from now, null where a date
 * would mean nothing; a date supposes an order within `dateDays`. Without any known value, values are 0.
 */
export function compileScores(source: string, params: ScoringParams, dateDays = 365): string {
  const { purchases, spend, logistic } = params;
  const [r, alpha, a, b] = [purchases.r, purchases.alpha, purchases.a, purchases.b].map(literal);
  const at = { a: a ?? '', b: b ?? '' };
  const horizons = [90, 365];
  const spendColumns =
    spend === null
      ? '0. as spend_p, 0. as first, 0. as second'
      : `${literal(spend.p)} as spend_p,
      (${literal(spend.g)} + valued * mean) / (${literal(spend.q)} + ${literal(spend.p)} * valued - 1) as first,
      (${literal(spend.g)} + valued * mean) * (${literal(spend.g)} + valued * mean)
        / ((${literal(spend.q)} + ${literal(spend.p)} * valued - 1) * greatest(${literal(spend.q)} + ${literal(spend.p)} * valued - 2, 0.05)) as second`;
  const worth = (days: number, what: string): string => (spend === null ? '0.' : `value_${days}_${what}`);
  const chance = (days: number): string => `alive * (1 - pow(q_${days}, shape))`;
  const date = (share: string): string =>
    `if(x > 0 and ${chance(365)} >= ${leastYearChance}, greatest(1, ceil(
      (${alpha} + age) * (pow(1 - ${share} * (1 - pow((${alpha} + age) / (${alpha} + age + ${dateDays}), shape)), -1 / shape) - 1))), null)`;
  return `
  select person,
    ${logistic === null ? chance(30) : `least(${compileLogistic(logistic.in30)}, ${compileLogistic(logistic.in90)})`} as order_30,
    ${logistic === null ? 'any_90' : compileLogistic(logistic.in90)} as order_90,
    1 - order_90 as churn,
    mean_90 as orders_90, low_90 as orders_90_low, high_90 as orders_90_high,
    mean_365 as orders_365, low_365 as orders_365_low, high_365 as orders_365_high,
    ${worth(90, 'mean')} as value_90, ${spend === null ? '0. as value_90_low, 0. as value_90_high' : `${compileEnd(90, 'low')}, ${compileEnd(90, 'high')}`},
    ${worth(365, 'mean')} as value_365, ${spend === null ? '0. as value_365_low, 0. as value_365_high' : `${compileEnd(365, 'low')}, ${compileEnd(365, 'high')}`},
    spent as historic_value, spent + value_365 as lifetime_value,
    ${date('0.5')} as next_days, ${date('0.1')} as next_from, ${date('0.9')} as next_to,
    square_90 - mean_90 * mean_90 as orders_90_variance
  from (
    select *${spend === null ? '' : `, ${horizons.map(compileValue).join(', ')}`}
    from (
      select *, ${horizons.map((days) => compileOutlook(days, at)).join(', ')}
      from (
        select *, ${horizons.map((days) => `log(q_${days}) as log_${days}, log(1 - q_${days}) as step_${days}`).join(', ')}
        from (
        select *, ${r} + x as shape, ${spendColumns},
          ${[30, ...horizons].map((days) => `(${alpha} + age) / (${alpha} + age + ${days}) as q_${days}`).join(', ')},
          1 / (1 + (${a} / (${b} + x)) * pow((${alpha} + age) / (${alpha} + tx), ${r} + x)) as alive,
          ${horizons
            .map(
              (days) =>
                `toUInt32(least(${mostOrders}, ceil(shape * (1 - q_${days}) / q_${days} + 12 * sqrt(shape * (1 - q_${days}) / q_${days} / q_${days}) + 20))) as n_${days}`,
            )
            .join(', ')}
        from (${source})
        )
      )
    )
  )`;
}
