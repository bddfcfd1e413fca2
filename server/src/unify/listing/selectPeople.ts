import { matchingPeopleLimit, type PeopleSelection, type SegmentNode } from '@vitrail/contracts';
import { decodeProfileId } from '../../collect/index.ts';
import type { Principal } from '../../govern/index.ts';
import { Fault, type Pg } from '../../platform/index.ts';
import { leavesVisitors, whoIsWanted } from '../profiles/listProfiles.ts';
import { findRoots } from '../profiles/sql/projectCustomers.pg.ts';
import { listEveryone } from './sortCustomers.ts';

/** Asks a definition of everybody: the customers of whom it holds now. Throws `invalid` when it cannot be asked. */
export type WhoPasses = (workspace: number, definition: SegmentNode) => Promise<readonly number[]>;

export interface SelectDeps {
  readonly pg: Pg;
  readonly whoPasses: WhoPasses;
}

/** A definition asks of everything a person did, which a key may not be allowed to read otherwise. */
export function refuseWhere(principal: Principal, selection: PeopleSelection): void {
  const asks = 'matching' in selection && selection.matching.where !== undefined;
  if (asks && !principal.permissions.has('segments.read'))
    throw new Fault(
      'forbidden',
      'unify.where_forbidden',
      'Filters by a definition need the permission `segments.read`.',
    );
}

/** Customers as they stand now, each once; `unknown` counts ids that name nobody. */
export interface SelectedPeople {
  readonly roots: readonly number[];
  readonly unknown: number;
}

/** The customers of a selection. Throws `invalid` when a list's filters leave more than `matchingPeopleLimit`. */
export async function selectPeople(
  { pg, whoPasses }: SelectDeps,
  workspace: number,
  selection: PeopleSelection,
): Promise<SelectedPeople> {
  if ('matching' in selection) {
    const { where, ...rest } = selection.matching;
    const filter = { ...rest, ...(where !== undefined && { passing: await whoPasses(workspace, where) }) };
    const wanted = await whoIsWanted(pg, workspace, filter);
    const known = leavesVisitors(filter, wanted);
    return { roots: await listEveryone(pg, workspace, { known, most: matchingPeopleLimit }, wanted), unknown: 0 };
  }
  const ids = [...new Set(selection.ids)];
  const profiles = ids.flatMap((id) => decodeProfileId(id) ?? []);
  const standing = await pg.rows(findRoots, { workspace, profiles });
  const rootOf = new Map(standing.map(({ id, root_id }) => [id, root_id]));
  const roots = [...new Set(profiles.flatMap((id) => rootOf.get(id) ?? []))];
  return { roots, unknown: ids.length - profiles.filter((id) => rootOf.has(id)).length };
}
