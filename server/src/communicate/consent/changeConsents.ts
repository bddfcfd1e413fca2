import type { Pipeline } from '../../collect/index.ts';
import type { Deps } from '../../platform/index.ts';
import { stateOwnConsents } from '../../unify/index.ts';
import { categoriesOf, ensurePurposes, loadPurposes } from './purposes.ts';
import { type ConsentFact, type RecordedConsent, recordConsents } from './recordConsents.ts';

export interface ConsentDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly pipeline: Pick<Pipeline, 'change'>;
}

/**
 * Records what people said to Vitrail itself (page, API, console, complaint) and lets profiles, segments and exports know:
 * the ledger, the states, the messages taken back and the categories of the profile change together. Segments have reacted
 * soon after. Not inside another transaction: it takes the workspace's turn in the pipeline.
 *
 * @param also more that must commit or vanish with it
 */
export async function changeConsents(
  deps: ConsentDeps,
  workspace: number,
  facts: readonly ConsentFact[],
  also?: (tx: Parameters<Parameters<Pipeline['change']>[1]>[0]) => Promise<void>,
): Promise<{ entries: readonly RecordedConsent[]; cancelled: number }> {
  let outcome: Awaited<ReturnType<typeof recordConsents>> = { entries: [], cancelled: 0 };
  await deps.pipeline.change(workspace, async (tx) => {
    await ensurePurposes(tx, workspace);
    const purposes = await loadPurposes(tx, workspace);
    outcome = await recordConsents(tx, { workspace, now: deps.clock.now(), facts });
    const own = facts.filter(
      ({ state }, position) =>
        state !== 'pending' && outcome.entries[position]?.isNew === true && outcome.entries[position]?.counts === true,
    );
    const changed = await stateOwnConsents(
      tx,
      workspace,
      own.map(({ profile, purpose, channel, state, at }) => ({
        profile,
        categories: categoriesOf(purposes, { purpose, channel }),
        granted: state === 'granted',
        at,
      })),
    );
    await also?.(tx);
    return { shipments: [], changed };
  });
  return outcome;
}
