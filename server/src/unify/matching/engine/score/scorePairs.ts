import type { MatchModel, MatchThresholds } from '@vitrail/contracts';
import { countedFields } from '../compare/compileCompare.ts';
import { listComparisons } from '../compare/levels.ts';
import type { MatchSpace, MatchWork, ScoreSummary } from '../types.ts';
import { Workbench } from '../work.ts';
import { compileScore } from './compileScore.ts';

/** Pairs less probable are not kept, unless they are probably housemates. */
export const leastKept = 0.0001;

/** Weighs the compared pairs by a model and writes the table `<prefix>_pairs`. */
export async function scorePairs(
  space: MatchSpace,
  model: MatchModel,
  thresholds: MatchThresholds,
  work: MatchWork = {},
): Promise<ScoreSummary> {
  const bench = new Workbench(space, work);
  bench.progress('score', 0, 1);
  const counts = countedFields(listComparisons(model.settings.comparisons)).map((field) => `c_${field}`);
  await bench.drop('pairs');
  await bench.define(
    'createPairs',
    `create table if not exists ${bench.table('pairs')} (left UInt64, right UInt64, weight Float64, household_weight Float64,
      probability Float64, housemates Float64, band LowCardinality(String), pattern UInt64${counts.map((name) => `, ${name} UInt32`).join('')})
      engine = MergeTree order by (left, right)`,
  );
  await bench.runPlain(
    'score',
    `insert into ${bench.table('pairs')} select left, right, weight, household_weight, probability, housemates, band, pattern${counts.map((name) => `, ${name}`).join('')}
     from (${compileScore(model, thresholds, bench.table('compared'))})
     where probability >= ${leastKept} or housemates >= 0.5`,
  );
  const [row] = await bench.rowsPlain(
    'countBands',
    `select count() as pairs, countIf(band = 'auto') as auto, countIf(band = 'review') as review from ${bench.table('pairs')}`,
    { pairs: 'UInt64', auto: 'UInt64', review: 'UInt64' },
  );
  bench.progress('score', 1, 1);
  return row ?? { pairs: 0, auto: 0, review: 0 };
}
