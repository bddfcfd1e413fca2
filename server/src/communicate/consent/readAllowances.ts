import type { Deps } from '../../platform/index.ts';
import { readAllowances } from './sql/allowances.pg.ts';

/** Which of these customers said yes (true) or no (false) to a purpose; who said nothing is not in it. */
export const createReadAllowances =
  (deps: Pick<Deps, 'pg' | 'clock'>) =>
  async (workspace: number, purpose: string, roots: readonly number[]): Promise<ReadonlyMap<number, boolean>> => {
    if (roots.length === 0) return new Map();
    const rows = await deps.pg.rows(readAllowances, { workspace, purpose, roots, now: deps.clock.now() });
    return new Map(rows.map(({ root, granted }) => [root, granted]));
  };

/** The same with the moment at which a yes ends. */
export const createReadConsents =
  (deps: Pick<Deps, 'pg' | 'clock'>) =>
  async (
    workspace: number,
    purpose: string,
    roots: readonly number[],
  ): Promise<ReadonlyMap<number, { readonly granted: boolean; readonly endsAt: Date | null }>> => {
    if (roots.length === 0) return new Map();
    const rows = await deps.pg.rows(readAllowances, { workspace, purpose, roots, now: deps.clock.now() });
    return new Map(rows.map(({ root, granted, ends_at }) => [root, { granted, endsAt: ends_at }]));
  };
