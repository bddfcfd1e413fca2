import type { Reactor } from '../../collect/index.ts';
import { createDueTimer, type Deps, type Pg } from '../../platform/index.ts';
import { appendNews, deleteListed, lockNews, refreshCustomers, takeNews } from './sql/keepCustomers.pg.ts';

/** News are left to gather for a moment: who is seen ten times in it is written once. */
const gatherMs = 2_000;
/** After work that took a second it rests for five: in an import at full speed this takes a sixth of one connection. */
const restFactor = 5;
/** Lines taken at once, and customers written by one statement. */
const linesAtOnce = 20;
const profilesAtOnce = 2_000;

/**
 * Keeps `unify.customer`, the order of customers in lists, beside the pipeline: the reactor only notes whom a batch was
 * about, and the rows follow within seconds. What is noted survives a crash.
 */
export function createCustomerKeeper(deps: Pick<Deps, 'pg' | 'clock' | 'log'>) {
  let restsUntil = 0;

  const work = async (): Promise<number | null> => {
    const began = performance.now();
    const more = await writeNews(deps);
    const now = deps.clock.now().getTime();
    restsUntil = now + Math.max(gatherMs, (performance.now() - began) * restFactor);
    return more ? restsUntil : null;
  };
  const timer = createDueTimer(deps, {
    work,
    failed: 'the order of customers in lists could not be brought up to date',
  });

  const react: Reactor = async ({ workspaceId: workspace, touched, changed }) => {
    const profiles = [...new Set([...touched, ...changed])];
    if (profiles.length === 0) return;
    await deps.pg.run(appendNews, { workspace, profiles });
    timer.note(Math.max(deps.clock.now().getTime() + gatherMs, restsUntil));
  };

  return {
    react,
    start: (): void => timer.start(),
    stop: (): Promise<void> => timer.stop(),
  };
}

/** Writes the oldest news. True when there may be more. */
export async function writeNews(deps: Pick<Deps, 'pg'>): Promise<boolean> {
  return deps.pg.transaction(async (tx) => {
    await tx.row(lockNews, {});
    const lines = await tx.rows(takeNews, { limit: linesAtOnce });
    const told = new Map<number, Set<number>>();
    for (const { workspace_id, profiles } of lines) {
      const known = told.get(workspace_id) ?? new Set();
      for (const profile of profiles) known.add(profile);
      told.set(workspace_id, known);
    }
    for (const [workspace, ids] of told) {
      const profiles = [...ids].toSorted((a, b) => a - b);
      for (let from = 0; from < profiles.length; from += profilesAtOnce)
        await tx.run(refreshCustomers, { workspace, profiles: profiles.slice(from, from + profilesAtOnce) });
    }
    return lines.length === linesAtOnce;
  });
}

/**
 * Takes erased people out of sorted lists. In turn with `writeNews`, which may have read them before they were erased: after
 * this they are gone for good.
 */
export async function forgetListed(
  deps: { readonly pg: Pg },
  workspace: number,
  profiles: readonly number[],
): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    await tx.row(lockNews, {});
    await tx.run(deleteListed, { workspace, profiles });
  });
}
