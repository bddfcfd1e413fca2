import type { Pg } from '../../platform/index.ts';
import type { Change } from './outbox.ts';
import { keepFormer, restoreFormer, setDue, takeMemberships } from './sql/memberships.pg.ts';

export interface Found {
  readonly person: number;
  readonly segment: number;
}

interface Held {
  readonly profile: number;
  readonly segment: number;
  readonly since: Date;
}

export const keyOf = (person: number, segment: number): string => `${person} ${segment}`;

/** What passes from a profile row to the customer it became part of, and comes back to it when the merge is undone. */
export interface Inheritance {
  /** Memberships of rows that are no customers any more. */
  readonly taken: readonly Held[];
  /** Since when, by person and segment: whoever is in because of these did not enter now. */
  readonly since: ReadonlyMap<string, Date>;
  /** Person and segment of everybody who was found to be in: filled while people are asked. */
  readonly heirs: Set<string>;
  /** Memberships that came back to rows that stand by themselves again. */
  readonly restored: readonly Change[];
}

/** Takes the memberships of rows that were merged or erased, and gives back those of rows whose merge was undone. */
export async function takeInheritance(
  tx: Pg,
  input: { workspace: number; profiles: readonly number[]; rootOf: ReadonlyMap<number, number>; now: Date },
): Promise<Inheritance> {
  const { workspace, profiles, rootOf } = input;
  const standing = profiles.filter((id) => rootOf.get(id) === id);
  const gone = profiles.filter((id) => rootOf.get(id) !== id);
  const restored = standing.length === 0 ? [] : await tx.rows(restoreFormer, { workspace, profiles: standing });
  const taken = gone.length === 0 ? [] : await tx.rows(takeMemberships, { workspace, profiles: gone });
  if (gone.length > 0) await tx.run(setDue, { workspace, people: gone, duePeople: [], at: [] });
  const since = new Map<string, Date>();
  for (const row of taken) {
    const key = keyOf(rootOf.get(row.profile_id) ?? row.profile_id, row.segment_id);
    const known = since.get(key);
    if (known === undefined || row.since < known) since.set(key, row.since);
  }
  return {
    taken: taken.map((row) => ({ profile: row.profile_id, segment: row.segment_id, since: row.since })),
    since,
    heirs: new Set(),
    restored: restored.map((row) => ({
      person: row.profile_id,
      segment: row.segment_id,
      entered: true,
      since: row.since,
      told: false,
    })),
  };
}

/**
 * After everybody was asked: rows that were merged leave their segments, silently where the customer they belong to is in
 * (it is remembered for an undo), with an exit where it is not and nobody said so yet.
 */
export async function settleInheritance(
  tx: Pg,
  input: {
    workspace: number;
    now: Date;
    inheritance: Inheritance;
    rootOf: ReadonlyMap<number, number>;
    changes: readonly Change[];
  },
): Promise<Change[]> {
  const { workspace, now, rootOf, inheritance } = input;
  const said = new Set(
    input.changes.filter(({ entered }) => !entered).map(({ person, segment }) => keyOf(person, segment)),
  );
  const kept: Held[] = [];
  const exits: Change[] = [];
  for (const held of inheritance.taken) {
    const root = rootOf.get(held.profile);
    const key = root === undefined ? '' : keyOf(root, held.segment);
    const stays = inheritance.heirs.has(key);
    if (stays) kept.push(held);
    const told = root !== undefined && !stays && !said.has(key);
    if (told) said.add(key);
    exits.push({ person: held.profile, segment: held.segment, entered: false, since: now, told });
  }
  if (kept.length > 0) {
    await tx.run(keepFormer, {
      workspace,
      profiles: kept.map(({ profile }) => profile),
      segments: kept.map(({ segment }) => segment),
      since: kept.map(({ since }) => since),
    });
  }
  return exits;
}
