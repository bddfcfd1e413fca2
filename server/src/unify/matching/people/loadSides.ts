import type { MatchSide } from '@vitrail/contracts';
import type { Pg } from '../../../platform/index.ts';
import { type Customer, groupBy, joinCustomerRows, nameOf, summarise } from '../../profiles/customer.ts';
import { readIdentifiers } from '../../profiles/sql/readProfiles.pg.ts';
import type { AskedSide } from '../subject.ts';
import { readBelow } from './sql/people.pg.ts';

/** One side of a merge or a question, with all that hung below it before that merge. Those that are gone are left out. */
export async function loadSides(
  pg: Pg,
  workspace: number,
  asked: readonly AskedSide[],
): Promise<Map<number, Customer>> {
  if (asked.length === 0) return new Map();
  const distinct = [...new Map(asked.map((side) => [side.id, side])).values()];
  const rows = await pg.rows(readBelow, {
    workspace,
    tops: distinct.map(({ id }) => id),
    before: distinct.map(({ before }) => before),
  });
  const identifiers = await pg.rows(readIdentifiers, { workspace, profiles: rows.map(({ id }) => id) });
  const identifiersOf = groupBy(identifiers, ({ profile_id }) => profile_id);
  return new Map(
    [...groupBy(rows, ({ top }) => top)].map(([top, parts]) => [
      top,
      joinCustomerRows(
        top,
        parts,
        parts.flatMap(({ id }) => identifiersOf.get(id) ?? []),
      ),
    ]),
  );
}

export function presentSide(customer: Customer): MatchSide {
  const profile = summarise(customer);
  return { id: profile.id, name: nameOf(customer) ?? profile.name, detail: profile.email ?? profile.city, profile };
}
