import { type Actor, recordAudit } from '../../../govern/index.ts';
import { type Deps, Fault } from '../../../platform/index.ts';
import { cancelPredictionRun, insertPredictionRun } from '../sql/predictions.pg.ts';

/** Queues a run. Throws `conflict` when one waits or runs already. */
export async function startPredictionRun(
  deps: Pick<Deps, 'pg' | 'clock'>,
  workspace: number,
  actor: Actor,
  trigger: 'manual' | 'nightly' = 'manual',
): Promise<number> {
  return deps.pg.transaction(async (tx) => {
    const row = await tx.row(insertPredictionRun, {
      workspace,
      trigger,
      at: deps.clock.now(),
      actor: `${actor.kind}:${actor.id}`,
    });
    if (row === null) {
      throw new Fault(
        'conflict',
        'decide.prediction_run_under_way',
        'Predictions are being computed; wait for the end or cancel it.',
      );
    }
    if (trigger === 'manual') {
      await recordAudit(tx, deps, {
        workspaceId: workspace,
        actor,
        action: 'predictions.run_started',
        target: `run ${row.id}`,
        details: {},
      });
    }
    return row.id;
  });
}

/** Asks the run under way to stop; false when there is none. Predictions in use stay. */
export async function cancelPredictions(
  deps: Pick<Deps, 'pg' | 'clock'>,
  workspace: number,
  actor: Actor,
): Promise<boolean> {
  return deps.pg.transaction(async (tx) => {
    const row = await tx.row(cancelPredictionRun, { workspace });
    if (row === null) return false;
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'predictions.run_cancelled',
      target: `run ${row.id}`,
      details: {},
    });
    return true;
  });
}
