import type { Deps, Pg } from '../../platform/index.ts';
import type { Catalog, Catalogs, StandingSegment } from './catalog.ts';
import { chunkPeople, type Evaluation, evaluatePeople, neverMs } from './evaluate.ts';
import { type Cause, type Change, type Outbox, storeChanges } from './outbox.ts';
import {
  addSizes,
  applyDifferences,
  applyMemberships,
  listMembersOf,
  lockMemberships,
  nextChange,
  noteSweepTouched,
  setDue,
  takeMemberships,
} from './sql/memberships.pg.ts';
import { raiseGeneration, setState } from './sql/segments.pg.ts';

/** Moments further away are found again by the nightly recompute, which comes before them. */
export const horizonMs = 36 * 3_600_000;

export interface TouchDeps extends Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'> {
  readonly catalogs: Catalogs;
  readonly outbox: Outbox;
  /** Told of the earliest moment at which somebody must be asked again. */
  readonly onDue: (at: number) => void;
}

type Taken = { profile_id: number; segment_id: number; since: Date };

/**
 * Brings the memberships of some profile rows' customers up to date: asked, compared and written under one lock per
 * workspace, so that an older answer never replaces a newer one. A repeat changes nothing. Memberships of rows that were
 * merged into another customer go over to it; those of erased people go.
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
  const changed = await deps.pg.transaction(async (tx) => {
    await tx.row(lockMemberships, { workspace });
    return touchLocked(deps, tx, { workspace, catalog: await deps.catalogs.get(workspace, tx), profiles, cause });
  });
  if (changed) await deps.outbox.send();
}

/** The same for a caller who holds the lock. Returns whether anything changed. */
export async function touchLocked(
  deps: TouchDeps,
  tx: Pg,
  input: { workspace: number; catalog: Catalog; profiles: readonly number[]; cause: Cause },
): Promise<boolean> {
  const { workspace, catalog, profiles } = input;
  const rows = await tx.rows(listMembersOf, { workspace, profiles });
  const standing = new Set(rows.filter(({ id, root_id }) => id === root_id).map(({ id }) => id));
  const gone = profiles.filter((id) => !standing.has(id));
  const taken = gone.length === 0 ? [] : await tx.rows(takeMemberships, { workspace, profiles: gone });
  if (gone.length > 0) await tx.run(setDue, { workspace, people: gone, duePeople: [], at: [] });
  const rootOf = new Map(rows.map(({ id, root_id }) => [id, root_id]));
  const now = deps.clock.now();
  const changes: Change[] = taken.map(({ profile_id, segment_id }) => ({
    person: profile_id,
    segment: segment_id,
    entered: false,
    since: now,
    told: false,
  }));
  changes.push(...(await moveLists(tx, { workspace, catalog, taken, rootOf, now })));
  let segments = catalog.live;
  for (const people of chunkPeople(rows)) {
    const { answers, tooHeavy } = await evaluatePeople(deps, catalog, segments, { workspace, now, people });
    if (tooHeavy.length > 0) {
      await markStale(deps, tx, workspace, tooHeavy, now);
      segments = segments.filter((segment) => !tooHeavy.includes(segment));
    }
    changes.push(
      ...(await applyAnswers(tx, { workspace, now, segments, people: people.people, answers, taken, rootOf })),
    );
    await scheduleNext(deps, tx, workspace, people.people, answers, now);
    await tx.run(noteSweepTouched, { workspace, people: people.people });
  }
  await countSizes(tx, workspace, changes);
  if (changes.length === 0) return false;
  const version = (await tx.row(nextChange, {}))?.change ?? 0;
  const names = new Map(catalog.segments.map(({ id, name }) => [id, name]));
  const cause = taken.length > 0 && input.cause === 'event' ? 'merge' : input.cause;
  await storeChanges(tx, { workspace, version, at: now, cause, changes, names });
  return true;
}

/** Whoever was put on a list stays on it as part of another customer. */
async function moveLists(
  tx: Pg,
  input: {
    workspace: number;
    catalog: Catalog;
    taken: readonly Taken[];
    rootOf: ReadonlyMap<number, number>;
    now: Date;
  },
): Promise<Change[]> {
  const lists = new Set(input.catalog.segments.filter(({ kind }) => kind === 'list').map(({ id }) => id));
  const moved = input.taken.flatMap(({ profile_id, segment_id }) => {
    const person = input.rootOf.get(profile_id);
    return person !== undefined && lists.has(segment_id) ? [{ person, segment: segment_id }] : [];
  });
  if (moved.length === 0) return [];
  const written = await tx.rows(applyDifferences, {
    workspace: input.workspace,
    enteredPeople: moved.map(({ person }) => person),
    enteredSegments: moved.map(({ segment }) => segment),
    exitedPeople: [],
    exitedSegments: [],
    at: input.now,
  });
  return written.map(({ profile_id, segment_id }) => ({
    person: profile_id,
    segment: segment_id,
    entered: true,
    since: input.now,
    told: false,
  }));
}

async function applyAnswers(
  tx: Pg,
  input: {
    workspace: number;
    now: Date;
    segments: readonly StandingSegment[];
    people: readonly number[];
    answers: readonly Evaluation[];
    taken: readonly Taken[];
    rootOf: ReadonlyMap<number, number>;
  },
): Promise<Change[]> {
  const { workspace, now, segments, people, answers, taken, rootOf } = input;
  if (segments.length === 0) return [];
  /** Since when whoever was merged into a person was in a segment. */
  const inherited = new Map<string, Date>();
  for (const { profile_id, segment_id, since } of taken) {
    const key = `${rootOf.get(profile_id) ?? 0} ${segment_id}`;
    const known = inherited.get(key);
    if (known === undefined || since < known) inherited.set(key, since);
  }
  const members = answers.flatMap(({ person, segments: ids }) =>
    ids.map((segment) => ({ person, segment, since: inherited.get(`${person} ${segment}`) ?? now })),
  );
  const since = new Map(members.map((member) => [`${member.person} ${member.segment}`, member.since]));
  const written = await tx.rows(applyMemberships, {
    workspace,
    people,
    segments: segments.map(({ id }) => id),
    memberPeople: members.map(({ person }) => person),
    memberSegments: members.map(({ segment }) => segment),
    since: members.map((member) => member.since),
  });
  return written.map(({ profile_id, segment_id, entered }) => {
    const key = `${profile_id} ${segment_id}`;
    return {
      person: profile_id,
      segment: segment_id,
      entered,
      since: since.get(key) ?? now,
      told: !(entered && inherited.has(key)),
    };
  });
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
