import {
  type ExperimentKind,
  type ExperimentRequest,
  experimentKinds,
  experimentRequestSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Deps } from '../../platform/index.ts';
import { type Assignable, exclusiveGate, type Gate, globalHoldoutGate, holdoutGate } from '../assignment/index.ts';
import type { ExperimentRow } from './readExperiments.ts';
import { listRunningExperiments, readSettings } from './sql/experiments.pg.ts';
import { listNewestWeights } from './sql/phases.pg.ts';

/** An experiment that runs, ready to assign people. */
export interface RunningExperiment {
  readonly id: number;
  readonly kind: ExperimentKind;
  /** Key or id of what it runs on. */
  readonly target: string;
  readonly assignable: Assignable;
  /** Keys of the variations, by their place. */
  readonly variations: readonly string[];
}

type Part = Pick<ExperimentRow, 'key' | 'seed' | 'bucket_version' | 'group_name' | 'group_from' | 'group_to'>;
const kindSchema = z.enum(experimentKinds);

export function assignableOf(
  row: Part,
  definition: ExperimentRequest,
  globalHoldout: number,
  /** Of a bandit, once they were reckoned. */
  weights: readonly number[] = definition.variations.map(({ weight }) => weight),
): Assignable {
  const { group_name: group, group_from: from, group_to: to } = row;
  const gates: Gate[] = [
    ...(globalHoldout > 0 ? [globalHoldoutGate(globalHoldout)] : []),
    ...(group !== null && from !== null && to !== null ? [exclusiveGate(group, from, to)] : []),
    ...(definition.holdout > 0 ? [holdoutGate(row.key, definition.holdout)] : []),
  ];
  return {
    key: row.key,
    seed: row.seed,
    hashVersion: definition.hashVersion,
    unit: definition.unit,
    weights,
    coverage: definition.coverage,
    gates,
    bucketVersion: row.bucket_version,
    // Begun anew: whoever was in the earlier run is shown the new one like everybody.
    minBucketVersion: 0,
  };
}

/** How long what runs is held without asking again. */
const freshMs = 500;

/** Experiments that run, held in memory: PostgreSQL is asked twice a second for a workspace, however many people come. */
export function createRunningExperiments({ pg }: Pick<Deps, 'pg'>) {
  const held = new Map<number, { readonly at: number; readonly running: Promise<readonly RunningExperiment[]> }>();

  const read = async (workspace: number): Promise<readonly RunningExperiment[]> => {
    const [rows, settings, newest] = await Promise.all([
      pg.rows(listRunningExperiments, { workspace }),
      pg.row(readSettings, { workspace }),
      pg.rows(listNewestWeights, { workspace }),
    ]);
    const reckoned = new Map(newest.map(({ id, weights }) => [id, weights.flatMap((weight) => weight ?? [])]));
    return rows.map((row) => {
      const definition = experimentRequestSchema.parse(row.definition);
      return {
        id: row.id,
        kind: kindSchema.parse(row.kind),
        target: definition.target,
        assignable: assignableOf(row, definition, settings?.global_holdout ?? 0, reckoned.get(row.id)),
        variations: definition.variations.map(({ key }) => key),
      };
    });
  };

  return {
    get(workspace: number): Promise<readonly RunningExperiment[]> {
      const known = held.get(workspace);
      const now = performance.now();
      if (known !== undefined && now - known.at < freshMs) return known.running;
      const running = read(workspace);
      held.set(workspace, { at: now, running });
      // A failed read is not kept: the next who asks tries again.
      running.catch(() => {
        if (held.get(workspace)?.running === running) held.delete(workspace);
      });
      return running;
    },
  };
}
export type RunningExperiments = ReturnType<typeof createRunningExperiments>;
