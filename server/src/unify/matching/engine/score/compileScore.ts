import type { MatchModel, MatchThresholds } from '@vitrail/contracts';
import { levelBits as bitsOfLevel } from '../compare/compileCompare.ts';
import { hasFrequency, levelBits, priorBits } from './weights.ts';

const number = (value: number): string => `toFloat64(${value})`;

/** Sum of bits over `pattern` and the counts `c_<field>`, in the order of the comparisons. */
function compileWeight(model: MatchModel, against: 'stranger' | 'household'): string {
  const terms = model.comparisons.flatMap((comparison, at) => {
    const level = `bitAnd(bitShiftRight(pattern, ${at * bitsOfLevel}), ${2 ** bitsOfLevel - 1})`;
    const bits = comparison.levels.map((_, index) => levelBits(model, comparison, index)[against]);
    const own = `arrayElement([${bits.join(', ')}]::Array(Float64), ${level} + 1)`;
    const counts =
      hasFrequency(comparison) &&
      (against === 'stranger' || (comparison.method === 'given_name' && model.prior.household > 0));
    if (!counts) return [own];
    const mean = Math.max(comparison.levels[1]?.u ?? 0, 1e-9) * comparison.filled;
    return [own, `if(${level} = 1, log2(${number(mean)} / greatest(2, c_${comparison.field})), 0)`];
  });
  return [number(priorBits(model)[against]), ...terms].join(' + ');
}

/** Compared pairs (`pattern`, `c_…`) with `weight`, `household_weight`, `probability`, `housemates` and `band`. */
export function compileScore(model: MatchModel, { auto, review }: MatchThresholds, compared: string): string {
  return `select *,
    1 / (1 + exp2(-weight) + exp2(-household_weight)) as probability,
    exp2(-household_weight) * probability as housemates,
    multiIf(probability > ${number(auto)}, 'auto', probability >= ${number(review)}, 'review', 'apart') as band
  from (
    select *, ${compileWeight(model, 'stranger')} as weight, ${compileWeight(model, 'household')} as household_weight
    from ${compared}
  )`;
}
