import { blockPairs } from './block/blockPairs.ts';
import { clusterPairs } from './cluster/clusterPairs.ts';
import { householdsOf } from './cluster/householdsOf.ts';
import { diagnose } from './diagnose.ts';
import { fitModel } from './fit/fitModel.ts';
import { prepareRecords } from './normalise/prepareRecords.ts';
import { updateRecords } from './normalise/updateRecords.ts';
import { explainPair } from './score/explainPair.ts';
import { scorePairs } from './score/scorePairs.ts';
import { scoreRecords } from './score/scoreRecords.ts';
import type { MatchEngine, MatchSpace } from './types.ts';
import { matchTables, Workbench } from './work.ts';

export { defaultMatchSettings } from './defaultSettings.ts';
export type {
  ClusterResult,
  Household,
  MatchEngine,
  MatchSpace,
  RecordQuery,
  ScoredPair,
} from './types.ts';

async function dropMatchTables(space: MatchSpace): Promise<void> {
  const bench = new Workbench(space);
  for (const name of matchTables) await bench.drop(name);
}

/** The matcher: probabilistic record linkage in ClickHouse (docs/reference/matching.md). */
export const matchEngine: MatchEngine = {
  dropMatchTables,
  prepareRecords,
  updateRecords,
  blockPairs,
  fitModel,
  scorePairs,
  scoreRecords,
  clusterPairs,
  explainPair,
  householdsOf,
  diagnose,
};
