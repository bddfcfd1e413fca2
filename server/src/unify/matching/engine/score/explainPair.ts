import type { MatchExplanation, MatchExplanationStep, MatchModel } from '@vitrail/contracts';
import { compileCompare, countedFields } from '../compare/compileCompare.ts';
import { listComparisons } from '../compare/levels.ts';
import { halvesRow, patternHalves, unpackPattern } from '../fit/patterns.ts';
import type { MatchSpace } from '../types.ts';
import { Workbench } from '../work.ts';
import { frequencyBits, levelBits, priorBits, probabilityOf } from './weights.ts';

/** What a pair agrees on, as compared by ClickHouse. */
export interface ComparedPair {
  readonly levels: readonly number[];
  /** Field → records with the value on which the pair agrees. */
  readonly counts: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, readonly [string, string]>>;
}

/** Steps that matter less than this say nothing worth reading. */
const worthSaying = 0.5;

/** The waterfall of a pair: the prior, a step for each comparison that says something, the frequency of a term as its own. */
export function explain(model: MatchModel, { levels, counts, values }: ComparedPair): MatchExplanation {
  const prior = priorBits(model);
  const blank = { left: '', right: '' };
  const steps: MatchExplanationStep[] = [{ kind: 'prior', name: 'prior', field: '', level: '', ...blank, ...prior }];
  for (const [at, comparison] of model.comparisons.entries()) {
    const level = levels[at] ?? 0;
    if (level === 0) continue;
    const [left = '', right = ''] = values[comparison.field] ?? [];
    const base = {
      name: comparison.name,
      field: comparison.field,
      level: comparison.levels[level]?.name ?? '',
      left,
      right,
    };
    steps.push({ kind: 'comparison', ...base, ...levelBits(model, comparison, level) });
    if (level !== 1) continue;
    const frequency = frequencyBits(model, comparison, counts[comparison.field] ?? 0);
    if (frequency.stranger !== 0) steps.push({ kind: 'term_frequency', ...base, ...frequency });
  }
  const weight = steps.reduce((sum, { stranger }) => sum + stranger, 0);
  const householdWeight = steps.reduce((sum, { household }) => sum + household, 0);
  return {
    steps,
    weight,
    householdWeight,
    probability: probabilityOf(weight, householdWeight),
    ...sides(steps),
  };
}

/** Comparisons by how much they speak for or against, frequency included, strongest first. */
function sides(steps: readonly MatchExplanationStep[]): { for: string[]; against: string[] } {
  const bits = new Map<string, number>();
  for (const { kind, name, stranger } of steps) if (kind !== 'prior') bits.set(name, (bits.get(name) ?? 0) + stranger);
  const sorted = [...bits].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  return {
    for: sorted.filter(([, value]) => value > worthSaying).map(([name]) => name),
    against: sorted.filter(([, value]) => value < -worthSaying).map(([name]) => name),
  };
}

/** Null when one of the records is not there. */
export async function explainPair(
  space: MatchSpace,
  model: MatchModel,
  left: number,
  right: number,
): Promise<MatchExplanation | null> {
  const bench = new Workbench(space, { threads: 1, lane: 'interactive' });
  const comparisons = listComparisons(model.settings.comparisons);
  const fields = countedFields(comparisons);
  const shown = [...new Set(model.comparisons.map(({ field }) => field))];
  const value = (side: string, field: string): string =>
    field === 'address'
      ? `arrayStringConcat(arrayFilter(part -> part != '', [${side}_v_street, ${side}_v_postal_code, ${side}_v_city]), ', ')`
      : `${side}_v_${field}`;
  const record = (parameter: string): string =>
    `(select * from ${bench.table('records')} final where record_id = {${parameter}:UInt64} and removed = 0)`;
  const compared = compileCompare(comparisons, {
    pairs: '(select {left:UInt64} as left, {right:UInt64} as right)',
    extra: [],
    left: record('left'),
    right: record('right'),
    values: shown.flatMap((field) =>
      (field === 'address' ? ['street', 'postal_code', 'city'] : [field]).flatMap((each) => [
        `l_v_${each}`,
        `r_v_${each}`,
      ]),
    ),
  });
  const [row] = await bench.rows(
    'explain',
    `select ${patternHalves}, [${fields.map((field) => `c_${field}`).join(', ')}]::Array(UInt64) as counts,
      [${shown.map((field) => value('l', field)).join(', ')}]::Array(String) as lefts,
      [${shown.map((field) => value('r', field)).join(', ')}]::Array(String) as rights
     from (${compared})`,
    { ...halvesRow, counts: 'Array(UInt64)', lefts: 'Array(String)', rights: 'Array(String)' },
    { left: 'UInt64', right: 'UInt64' },
    { left: Math.min(left, right), right: Math.max(left, right) },
  );
  if (row === undefined) return null;
  const swap = left > right;
  return explain(model, {
    levels: unpackPattern(row, model.comparisons.length),
    counts: Object.fromEntries(fields.map((field, index) => [field, row.counts[index] ?? 0])),
    values: Object.fromEntries(
      shown.map((field, index) => {
        const pair = [row.lefts[index] ?? '', row.rights[index] ?? ''] as const;
        return [field, swap ? ([pair[1], pair[0]] as const) : pair];
      }),
    ),
  });
}
