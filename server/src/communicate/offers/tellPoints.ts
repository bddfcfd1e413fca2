import type { Pipeline } from '../../collect/index.ts';
import type { Deps } from '../../platform/index.ts';
import { listFallen, listProgrammes, pagePointHolders } from './sql/tellPoints.pg.ts';
import { monthsAfter } from './takeOrders.ts';

/** Customers whose traits are written and whose segments are asked at once. */
const chunk = 1_000;
/** A night that was missed is made up for. */
const nightsBack = 3;

export interface TellDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly pipeline: Pick<Pipeline, 'change'>;
}

/** Balance and tier of these customers are written anew, and their segments asked. Repeatable. */
async function tell(deps: TellDeps, workspace: number, profiles: readonly number[]): Promise<void> {
  for (let from = 0; from < profiles.length; from += chunk) {
    const changed = profiles.slice(from, from + chunk);
    await deps.pipeline.change(workspace, async () => ({ shipments: [], changed }));
  }
}

/** Everybody with points: the rules of the programme changed. */
export async function tellAllPoints(deps: TellDeps, workspace: number, signal: AbortSignal): Promise<void> {
  for (let after: number | null = 0; after !== null && !signal.aborted; ) {
    const rows: readonly { profile_id: number }[] = await deps.pg.rows(pagePointHolders, {
      workspace,
      after,
      limit: chunk,
    });
    await tell(
      deps,
      workspace,
      rows.map(({ profile_id }) => profile_id),
    );
    after = rows.length < chunk ? null : (rows.at(-1)?.profile_id ?? null);
  }
}

/** Tiers count twelve months: whoever earned something a year ago may have fallen since yesterday. */
export async function tellFallenTiers(deps: TellDeps): Promise<void> {
  const now = deps.clock.now();
  const to = monthsAfter(now, -12) ?? now;
  const from = new Date(to.getTime() - nightsBack * 86_400_000);
  for (const { workspace_id: workspace } of await deps.pg.rows(listProgrammes, {})) {
    const rows = await deps.pg.rows(listFallen, { workspace, from, to });
    await tell(
      deps,
      workspace,
      rows.map(({ profile_id }) => profile_id),
    );
  }
}
