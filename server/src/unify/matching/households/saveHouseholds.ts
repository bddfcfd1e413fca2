import type { Household } from '../engine/index.ts';
import { peopleSubject } from '../people/peopleSubject.ts';
import type { MatchDeps } from '../subject.ts';
import {
  deleteFormerHouseholds,
  deleteHouseholds,
  listHouseholds,
  writeHouseholds,
  writeHouseholdValues,
} from './sql/households.pg.ts';

/** Customers written, projected and asked again at once. */
const chunk = 1_000;

interface Place {
  readonly profile: number;
  readonly household: number;
  readonly size: number;
  readonly first: boolean;
}

interface Home {
  readonly household: number;
  readonly size: number;
  /** Net revenue of all its members. */
  readonly value: number;
}

/**
 * Keeps who lives with whom, as a run found it. Only what differs is written, as a change of those profiles, so that
 * ClickHouse's customers and the segments about households follow.
 */
export async function saveHouseholds(
  deps: MatchDeps,
  workspace: number,
  households: readonly Household[],
  clusters: readonly (readonly number[])[],
): Promise<void> {
  const { places, homes } = await placePeople(deps, workspace, households, clusters);
  await writeHomes(deps, workspace, homes);
  const stored = await deps.pg.rows(listHouseholds, { workspace });
  const before = new Map(stored.map((row) => [row.profile_id, row]));
  const changed = [...places.values()].filter((place) => {
    const row = before.get(place.profile);
    return (
      row === undefined || row.household_id !== place.household || row.size !== place.size || row.first !== place.first
    );
  });
  const gone = stored.filter((row) => !places.has(row.profile_id)).map((row) => row.profile_id);
  for (let from = 0; from < gone.length; from += chunk) {
    const profiles = gone.slice(from, from + chunk);
    await deps.pipeline.change(workspace, async (tx) => {
      await tx.run(deleteHouseholds, { workspace, profiles });
      return { shipments: [], changed: profiles };
    });
  }
  for (let from = 0; from < changed.length; from += chunk) {
    const part = changed.slice(from, from + chunk);
    await deps.pipeline.change(workspace, async (tx) => {
      await tx.run(writeHouseholds, {
        workspace,
        profiles: part.map(({ profile }) => profile),
        households: part.map(({ household }) => household),
        sizes: part.map(({ size }) => size),
        first: part.map((place) => place.first),
      });
      return { shipments: [], changed: part.map(({ profile }) => profile) };
    });
  }
}

/** Each person's household, and whether they stand for it: who has spent most, else who was there first. */
async function placePeople(
  deps: Pick<MatchDeps, 'pg'>,
  workspace: number,
  households: readonly Household[],
  clusters: readonly (readonly number[])[],
): Promise<{ places: Map<number, Place>; homes: Home[] }> {
  const clusterOf = new Map(clusters.flatMap((members) => members.map((id) => [id, members[0] ?? id] as const)));
  const people = households
    .map(({ members }) => [...new Set(members.map((id) => clusterOf.get(id) ?? id))].toSorted((a, b) => a - b))
    .filter(({ length }) => length > 1);
  const places = new Map<number, Place>();
  const homes: Home[] = [];
  for (let from = 0; from < people.length; from += chunk) {
    const part = people.slice(from, from + chunk);
    const values = await peopleSubject.values(deps.pg, workspace, part.flat());
    for (const members of part) {
      const worth = (id: number): number => values.get(id) ?? 0;
      const first = members.reduce((best, id) => (worth(id) > worth(best) ? id : best));
      const household = members[0] ?? 0;
      homes.push({ household, size: members.length, value: members.reduce((sum, id) => sum + worth(id), 0) });
      for (const profile of members)
        places.set(profile, { profile, household, size: members.length, first: profile === first });
    }
  }
  return { places, homes };
}

/** The list of households with what each is worth, as it is now. */
async function writeHomes(
  deps: Pick<MatchDeps, 'pg' | 'clock'>,
  workspace: number,
  homes: readonly Home[],
): Promise<void> {
  const at = deps.clock.now();
  await deps.pg.transaction(async (tx) => {
    for (let from = 0; from < homes.length; from += chunk) {
      const part = homes.slice(from, from + chunk);
      await tx.run(writeHouseholdValues, {
        workspace,
        households: part.map(({ household }) => household),
        sizes: part.map(({ size }) => size),
        values: part.map(({ value }) => value),
        at,
      });
    }
    await tx.run(deleteFormerHouseholds, { workspace, before: at });
  });
}
