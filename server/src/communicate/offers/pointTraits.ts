import { pointsTraits } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import type { WorkedOutTraits } from '../../unify/index.ts';
import { readStandings } from './points.ts';
import { dropMoved, findPointHolders, listMoved } from './sql/tellPoints.pg.ts';

/** More wait for the next batch. */
const mostMoved = 5_000;

/** Balance and tier as traits of customers, so that segments can ask for them; they follow merges, being read anew. */
export const createPointTraits = (deps: Pick<Deps, 'pg' | 'clock'>): WorkedOutTraits => ({
  async listMoved(workspace) {
    const rows = await deps.pg.rows(listMoved, { workspace, limit: mostMoved });
    return rows.map(({ profile_id: profile, moves: mark }) => ({ profile, mark }));
  },
  async read(workspace, roots) {
    const holders = await deps.pg.rows(findPointHolders, { workspace, roots });
    if (holders.length === 0) return new Map();
    const ids = holders.map(({ root_id }) => root_id);
    const standings = await readStandings(deps.pg, workspace, ids, deps.clock.now());
    return new Map(
      ids.map((root): [number, Readonly<Record<string, string>>] => {
        const { balance, tier } = standings(root);
        return [root, { [pointsTraits.balance]: String(balance), ...(tier !== null && { [pointsTraits.tier]: tier }) }];
      }),
    );
  },
  async noteTold(workspace, moved) {
    await deps.pg.run(dropMoved, {
      workspace,
      profiles: moved.map(({ profile }) => profile),
      moves: moved.map(({ mark }) => mark),
    });
  },
});
