import type { Deps } from '../../platform/index.ts';
import { listSites } from './sql/decisions.pg.ts';

/** A renamed site is followed so soon. */
const freshMs = 30_000;

/** Names of sites by their number, remembered. */
export function createSites({ pg }: Pick<Deps, 'pg'>) {
  const held = new Map<number, { names: ReadonlyMap<number, string>; readAt: number }>();
  return async (workspace: number, site: number | null): Promise<string | null> => {
    if (site === null) return null;
    let known = held.get(workspace);
    if (known === undefined || performance.now() - known.readAt > freshMs) {
      const rows = await pg.rows(listSites, { workspace });
      known = { names: new Map(rows.map(({ id, name }) => [id, name])), readAt: performance.now() };
      held.set(workspace, known);
    }
    return known.names.get(site) ?? null;
  };
}
