import type { CollectedEvent } from '../../collect/index.ts';
import type { Pg } from '../../platform/index.ts';
import type { Identifier } from './identifier.ts';
import type { Joined } from './joinIdentifiers.ts';
import { attachIdentifiers, moveRoots, nextProfileIds, recordCollisions, recordMerges } from './sql/identity.pg.ts';

export interface MovedProfile {
  readonly id: number;
  readonly rootId: number;
}

interface SharedSighting {
  readonly identifier: Identifier;
  readonly sighting: number;
}

/** What `joinIdentifiers` decided, with ids for the new profile rows. */
export interface Numbered {
  /** Ids of the new rows, in the order of `Joined.createdBy`. */
  readonly created: readonly number[];
  /** Per sighting the profile row it belongs to, 0 when nothing identifies it. */
  readonly owners: readonly number[];
  /** New rows carry negative ids in `Joined`. */
  stored(id: number): number;
}

/** Takes ids for the new profile rows. Nothing is written. */
export async function numberProfiles(tx: Pg, joined: Joined): Promise<Numbered> {
  const created =
    joined.created === 0 ? [] : (await tx.rows(nextProfileIds, { count: joined.created })).map((row) => row.id);
  const stored = (id: number): number => (id < 0 ? (created[-id - 1] ?? 0) : id);
  return { created, owners: joined.owners.map(stored), stored };
}

/**
 * Writes what a batch decided, once the new profile rows are there: identifiers, merges, refused joins. Returns the rows
 * whose root changed and those that gained an identifier.
 */
export async function writeJoined(
  tx: Pg,
  input: {
    readonly workspace: number;
    readonly now: Date;
    readonly events: readonly CollectedEvent[];
    readonly joined: Joined;
    readonly numbered: Numbered;
    readonly shared: readonly SharedSighting[];
  },
): Promise<{ moved: MovedProfile[]; attached: number[] }> {
  const { workspace, events, joined } = input;
  const { stored, owners } = input.numbered;
  const attached = await attach(tx, input, owners, stored);
  const moved = await merge(tx, input, stored);
  const { collisions } = joined;
  if (collisions.length > 0) {
    await tx.run(recordCollisions, {
      workspace,
      profiles: collisions.map(({ profileId }) => stored(profileId)),
      others: collisions.map(({ otherProfileId }) => (otherProfileId === null ? null : stored(otherProfileId))),
      namespaces: collisions.map(({ identifier }) => identifier.namespace),
      values: collisions.map(({ identifier }) => identifier.value),
      reasons: collisions.map(({ reason }) => reason),
      messages: collisions.map(({ sighting }) => events[sighting]?.messageId ?? ''),
      at: collisions.map(({ sighting }) => events[sighting]?.timestamp ?? input.now),
    });
  }
  return { moved, attached };
}

type Input = Parameters<typeof writeJoined>[1];

/** Returns the profile rows that have an identifier more. */
async function attach(
  tx: Pg,
  input: Input,
  owners: readonly number[],
  stored: (id: number) => number,
): Promise<number[]> {
  const rows = [
    ...input.joined.attached.map(({ identifier, profileId, sighting }) => ({
      identifier,
      sighting,
      profile: stored(profileId),
    })),
    ...input.shared.map(({ identifier, sighting }) => ({ identifier, sighting, profile: owners[sighting] ?? 0 })),
  ].filter(({ profile }) => profile > 0);
  if (rows.length === 0) return [];
  await tx.run(attachIdentifiers, {
    workspace: input.workspace,
    namespaces: rows.map(({ identifier }) => identifier.namespace),
    values: rows.map(({ identifier }) => identifier.value),
    raws: rows.map(({ identifier }) => identifier.raw),
    shared: rows.map(({ identifier }) => identifier.shared),
    profiles: rows.map(({ profile }) => profile),
    sources: rows.map(({ sighting }) => input.events[sighting]?.sourceId ?? 0),
    seen: rows.map(({ sighting }) => input.events[sighting]?.timestamp ?? input.now),
  });
  return rows.map(({ profile }) => profile);
}

async function merge(tx: Pg, input: Input, stored: (id: number) => number): Promise<MovedProfile[]> {
  const { merges, roots } = input.joined;
  if (merges.length === 0) return [];
  const recorded = await tx.rows(recordMerges, {
    workspace: input.workspace,
    winners: merges.map(({ winnerId }) => stored(winnerId)),
    losers: merges.map(({ loserId }) => stored(loserId)),
    at: merges.map(({ sighting }) => input.events[sighting]?.timestamp ?? input.now),
    evidence: merges.map(({ sighting, identifiers }) => ({
      messageId: input.events[sighting]?.messageId ?? '',
      sourceId: input.events[sighting]?.sourceId ?? 0,
      identifiers: identifiers.map(({ namespace, value }) => ({ namespace, value })),
    })),
    kind: 'deterministic',
  });
  const finalRoot = new Map([...roots].map(([loser, root]) => [stored(loser), stored(root)]));
  const moved = await tx.rows(moveRoots, {
    workspace: input.workspace,
    losers: recorded.map((row) => row.loser_id),
    roots: recorded.map((row) => finalRoot.get(row.loser_id) ?? 0),
    merges: recorded.map((row) => row.id),
  });
  return moved.map((row) => ({ id: row.id, rootId: row.root_id }));
}
