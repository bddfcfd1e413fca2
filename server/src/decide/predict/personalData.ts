import { z } from 'zod';
import { encodeProfileId } from '../../collect/index.ts';
import type { Deps, Json } from '../../platform/index.ts';
import { listMembersOf } from '../segments/sql/memberships.pg.ts';
import { readProfilePredictions } from './readProfile.ts';

/** What is predicted of a person, and their habits, for access and portability: once for each customer the rows belong to. */
export async function readHeldPredictions(
  deps: Pick<Deps, 'pg' | 'ch'>,
  workspace: number,
  profiles: readonly number[],
): Promise<Json> {
  const rows = await deps.pg.rows(listMembersOf, { workspace, profiles });
  const roots = [...new Set(rows.map(({ root_id }) => root_id))];
  const held = await Promise.all(roots.map((root) => readProfilePredictions(deps, workspace, encodeProfileId(root))));
  const known = held.filter((each) => each.at !== null || each.bestHour !== null || each.categories.length > 0);
  return z.json().parse(JSON.parse(JSON.stringify(known)));
}
