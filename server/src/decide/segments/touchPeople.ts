import type { Deps, Pg } from '../../platform/index.ts';
import type { Catalog, Catalogs, StandingSegment } from './catalog.ts';
import { chunkPeople, type Evaluation, evaluatePeople, neverMs, type People } from './evaluate.ts';
import { type Found, type Inheritance, keyOf, settleInheritance, takeInheritance } from './inheritance.ts';
import { type Cause, type Change, type OnChanges, type Outbox, storeChanges } from './outbox.ts';
import {
  addSizes,
  applyMemberships,
  listEntriesOf,
  listMembersOf,
  lockMemberships,
  nextChange,
  noteSweepTouched,
  setDue,
} from './sql/memberships.pg.ts';
import { raiseGeneration, setState } from './sql/segments.pg.ts';

/** Moments further away are found again by the nightly recompute, which comes before them. */
export const horizonMs = 36 * 3_600_000;

export interface TouchDeps extends Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'> {
  readonly catalogs: Catalogs;
  readonly outbox: Outbox;
  /** Told of the earliest moment at which somebody must be asked again. */
  readonly onDue: (at: number) => void;
  readonly onChanges?: OnChanges | undefined;
}

/**
 * Brings the memberships of some profile rows' customers up to date: asked, compared and written under one lock per
 * workspace, so that an older answer never replaces a newer one. A repeat changes nothing. Memberships of rows that were
 * merged into another customer go over to it and come back when that is undone; those of erased people go.
 */
export async function touchPeople(
  deps: TouchDeps,
  workspace: number,
  profiles: readonly number[],
  cause: Cause,
): Promise<void> {
  if (profiles.length === 0) return;
  const catalog = await deps.catalogs.get(workspace);
  if (catalog.segments.length === 0) return;
  const changes = await deps.pg.transaction(async (tx) => {
    await tx.row(lockMemberships, { workspace });
    return touchLocked(deps, tx, { workspace, catalog: await deps.catalogs.get(workspace, tx), profiles, cause });
  });
  if (changes.length === 0) return;
  await deps.outbox.send();
  // Segments that refer to a list read it in ClickHouse: they see only now who came to it by a merge.
  const moved = changes.filter(({ segment }) => catalog.lists.has(segment)).map(({ person }) => person);
  if (cause !== 'list' && moved.length > 0) await touchPeople(deps, workspace, [...new Set(moved)], 'list');
}

/** The same for a caller who holds the lock. Returns what changed. */
export async function touchLocked(
  deps: TouchDeps,
  tx: Pg,
  input: { workspace: number; catalog: Catalog; profiles: readonly number[]; cause: Cause },
): Promise<readonly Change[]> {
  const { workspace, catalog, profiles } = input;
  const rows = await tx.rows(listMembersOf, { workspace, profiles });
  const rootOf = new Map(rows.map(({ id, root_id }) => [id, root_id]));
  const now = deps.clock.now();
  const inheritance = await takeInheritance(tx, { workspace, profiles, rootOf, now });
  const changes = [...inheritance.restored];
  let segments = catalog.live;
  for (const people of chunkPeople(rows)) {
    const { answers, tooHeavy } = await evaluatePeople(deps, catalog, segments, { workspace, now, people });
    if (tooHeavy.length > 0) {
      await markStale(deps, tx, workspace, tooHeavy, now);
      segments = segments.filter((segment) => !tooHeavy.includes(segment));
    }
    const listed = await findListed(tx, workspace, catalog, people);
    const found = answers.flatMap(({ person, segments: ids }) => ids.map((segment) => ({ person, segment })));
    const asked = [...segments.map(({ id }) => id), ...catalog.lists];
    changes.push(
      ...(await applyFound(tx, { workspace, now, asked, people, found: [...found, ...listed], inheritance })),
    );
    await scheduleNext(deps, tx, workspace, people.people, answers, now);
    await tx.run(noteSweepTouched, { workspace, people: people.people });
  }
  changes.push(...(await settleInheritance(tx, { workspace, now, inheritance, rootOf, changes })));
  await countSizes(tx, workspace, changes);
  if (changes.length === 0) return changes;
  const version = (await tx.row(nextChange, {}))?.change ?? 0;
  const names = new Map(catalog.segments.map(({ id, name }) => [id, name]));
  const cause = inheritance.taken.length > 0 && input.cause === 'event' ? 'merge' : input.cause;
  await storeChanges(tx, { workspace, version, at: now, cause, changes, names, onChanges: deps.onChanges });
  return changes;
}

/** Who of these people is on a list, because one of their rows was put on it. */
async function findListed(tx: Pg, workspace: number, catalog: Catalog, people: People): Promise<Found[]> {
  if (catalog.lists.size === 0) return [];
  const rootOf = new Map(people.members.map((member, index) => [member, people.roots[index] ?? member]));
  const entries = await tx.rows(listEntriesOf, { workspace, profiles: people.members });
  const listed = new Map<string, Found>();
  for (const { profile_id, segment_id } of entries) {
    const person = rootOf.get(profile_id) ?? profile_id;
    if (catalog.lists.has(segment_id)) listed.set(keyOf(person, segment_id), { person, segment: segment_id });
  }
  return [...listed.values()];
}

/** Makes the memberships of these people in the segments that were asked about what was found. */
async function applyFound(
  tx: Pg,
  input: {
    workspace: number;
    now: Date;
    asked: readonly number[];
    people: People;
    found: readonly Found[];
    inheritance: Inheritance;
  },
): Promise<Change[]> {
  const { workspace, now, found, inheritance } = input;
  if (input.asked.length === 0) return [];
  const sinceOf = ({ person, segment }: Found): Date => inheritance.since.get(keyOf(person, segment)) ?? now;
  const written = await tx.rows(applyMemberships, {
    workspace,
    people: input.people.people,
    segments: input.asked,
    memberPeople: found.map(({ person }) => person),
    memberSegments: found.map(({ segment }) => segment),
    since: found.map(sinceOf),
  });
  for (const { person, segment } of found) inheritance.heirs.add(keyOf(person, segment));
  return written.map(({ profile_id: person, segment_id: segment, entered }) => ({
    person,
    segment,
    entered,
    since: entered ? sinceOf({ person, segment }) : now,
    told: !(entered && inheritance.since.has(keyOf(person, segment))),
  }));
}

async function scheduleNext(
  deps: Pick<TouchDeps, 'onDue'>,
  tx: Pg,
  workspace: number,
  people: readonly number[],
  answers: readonly Evaluation[],
  now: Date,
): Promise<void> {
  const due = answers.filter(({ next }) => next < neverMs && next < now.getTime() + horizonMs);
  await tx.run(setDue, {
    workspace,
    people,
    duePeople: due.map(({ person }) => person),
    at: due.map(({ next }) => new Date(next)),
  });
  if (due.length > 0) deps.onDue(Math.min(...due.map(({ next }) => next)));
}

export async function countSizes(tx: Pg, workspace: number, changes: readonly Change[]): Promise<void> {
  const sizes = new Map<number, number>();
  for (const { segment, entered } of changes) sizes.set(segment, (sizes.get(segment) ?? 0) + (entered ? 1 : -1));
  if (sizes.size > 0) await tx.run(addSizes, { workspace, segments: [...sizes.keys()], changes: [...sizes.values()] });
}

/** A segment that takes too long stops following events, says so with its age, and holds up nobody. */
export async function markStale(
  deps: Pick<TouchDeps, 'log'>,
  tx: Pg,
  workspace: number,
  segments: readonly StandingSegment[],
  at: Date,
): Promise<void> {
  const ids = segments.map(({ id }) => id);
  deps.log.warn({ workspace, segments: ids }, 'segments take too long and were set aside');
  await tx.run(setState, { workspace, ids, state: 'stale', at });
  await tx.run(raiseGeneration, { workspace });
}
