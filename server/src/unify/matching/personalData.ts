import type { Deps, JsonObject, Pg } from '../../platform/index.ts';
import { readHouseholdsOf } from './households/sql/households.pg.ts';
import { deleteMatchRecords } from './records/sql/records.ch.ts';
import { spaceOf } from './space.ts';
import { listSpaceTables } from './sql/spaces.ch.ts';
import { readReviewsAbout } from './sql/workspace.pg.ts';

/** What matching holds about a person: the questions asked about them with their answers, and their household. */
export async function exportMatching(pg: Pg, workspace: number, profiles: readonly number[]): Promise<JsonObject> {
  const [reviews, households] = await Promise.all([
    pg.rows(readReviewsAbout, { workspace, profiles }),
    pg.rows(readHouseholdsOf, { workspace, profiles }),
  ]);
  return {
    // The other side is somebody else's data.
    matchReviews: reviews.map((row) => ({
      id: row.id,
      state: row.state,
      probability: row.probability,
      openedAt: row.opened_at.toISOString(),
      closedAt: row.closed_at?.toISOString() ?? null,
      decisions: row.decisions,
      comments: row.comments,
    })),
    households: households.map(({ size, first }) => ({ size, first })),
  };
}

/** Removes a person's records, raw and prepared, from everywhere a matcher of the workspace keeps them. Safe to repeat. */
export async function eraseFromMatching(
  deps: Pick<Deps, 'ch'>,
  workspace: number,
  profiles: readonly number[],
): Promise<void> {
  await deps.ch.run(deleteMatchRecords, { workspace, records: profiles });
  for (const trial of [false, true]) {
    const { prefix } = spaceOf(deps, workspace, 'people', trial);
    // The matcher's tables have names of their own; whichever of them names records is swept.
    for (const { place, columns } of await deps.ch.rows(listSpaceTables, { prefix: `${prefix}_` })) {
      if (trial !== place.startsWith(`${prefix.replace(/_trial$/, '')}_trial_`)) continue;
      const statement = {
        name: 'unify.eraseFromMatchTable',
        text: `delete from ${place} where ${columns.map((column) => `${column} in {records:Array(UInt64)}`).join(' or ')}`,
        params: { records: 'Array(UInt64)' } as const,
        row: {},
      };
      await deps.ch.run(statement, { records: profiles });
    }
  }
}
