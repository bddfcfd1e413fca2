import type { ChValues, Pg } from '../../platform/index.ts';
import { dependentsOf, readDefinition, referencesOf, type StandingSegment } from './catalog.ts';
import { assembleDifference, type differenceRow } from './compile/assemble.ts';
import { compileSegment, type References } from './compile/compileSegment.ts';
import { atMoment, Features } from './compile/features.ts';
import { Parameters } from './compile/parameters.ts';
import { areAtFault, chunkPeople, evaluatePeople, neverMs } from './evaluate.ts';
import { type Cause, type Change, storeChanges } from './outbox.ts';
import {
  addDue,
  applyDifferences,
  applyMemberships,
  closeSweep,
  listMembersOf,
  listSweepTouched,
  lockMemberships,
  nextChange,
  openSweep,
  recordRecompute,
} from './sql/memberships.pg.ts';
import { findLastRecompute, findSegment, markApplied, raiseGeneration } from './sql/segments.pg.ts';
import { countSizes, horizonMs, markStale, type TouchDeps } from './touchPeople.ts';

/** A sweep that takes longer is stopped: its segments are set aside. */
const sweepSeconds = 120;
/**
 * What it holds of a few hundred thousand people fits in memory. Spilled to the disk from the lane's 400 MB on, which counts
 * everything the query holds and not the grouping alone, a hundred segments took 26 s for 5 s.
 */
export const sweepSettings = {
  max_execution_time: sweepSeconds,
  max_threads: 2,
  max_memory_usage: 2_000_000_000,
  max_bytes_before_external_group_by: 1_500_000_000,
};

type Difference = ChValues<typeof differenceRow>;

interface Plan {
  readonly workspace: number;
  readonly segments: readonly StandingSegment[];
  /** Newest versions of segments that are being built: applied as one with their members. */
  readonly versions: ReadonlyMap<number, number>;
  readonly cause: Cause;
}

/**
 * Applies the newest version of a segment, and what follows from it for segments that refer to it, to everyone at once:
 * until the commit the former members stand, after it the new ones. A repeat changes nothing.
 */
export async function applySegment(deps: TouchDeps, workspace: number, id: number): Promise<void> {
  const catalog = await deps.catalogs.get(workspace);
  const row = await deps.pg.row(findSegment, { workspace, id });
  const known = catalog.segments.find((segment) => segment.id === id);
  if (row === null || known === undefined || row.definition === null || row.state === 'archived') return;
  const edited: StandingSegment = { ...known, definition: readDefinition(row.definition), version: row.newest ?? 1 };
  const others = catalog.segments.map((segment) => (segment.id === id ? edited : segment));
  const dependents = dependentsOf(others, [id]).filter((segment) =>
    catalog.live.some((live) => live.id === segment.id),
  );
  await sweep(deps, others, {
    workspace,
    segments: [edited, ...dependents],
    versions: new Map([[id, row.newest ?? 1]]),
    cause: 'definition',
  });
}

/**
 * Asks everyone about every live segment again. The running memberships must be what it finds; a difference is recorded,
 * logged and put right. Also finds the moments that came within the horizon since the last time; when that was too long
 * ago (we were stopped), what changed by time is no fault. Returns how many differed.
 */
export async function recomputeSegments(deps: TouchDeps, workspace: number): Promise<number> {
  const catalog = await deps.catalogs.get(workspace);
  if (catalog.live.length === 0) return 0;
  const last = await deps.pg.row(findLastRecompute, { workspace });
  const known =
    last?.at !== undefined && last.at !== null && deps.clock.now().getTime() - last.at.getTime() < horizonMs;
  const changes = await sweep(deps, catalog.segments, {
    workspace,
    segments: catalog.live,
    versions: new Map(),
    cause: known ? 'recompute' : 'time',
  });
  if (!known) return 0;
  if (changes.length > 0) {
    deps.log.error({ workspace, differences: changes.length }, 'running memberships differed from the recompute');
  }
  return changes.length;
}

/** Everyone is read without a lock; only writing what differs holds it. */
async function sweep(deps: TouchDeps, all: readonly StandingSegment[], plan: Plan): Promise<readonly Change[]> {
  const { workspace } = plan;
  const { zone, references: known } = await deps.catalogs.get(workspace);
  const references = { ...known, segments: referencesOf(all) };
  const opened = await deps.pg.row(openSweep, { workspace, at: deps.clock.now() });
  if (opened === null) throw new Error('insert … returning gave no row');
  try {
    await deps.outbox.send();
    const now = deps.clock.now();
    const differences = await readDifferences(deps, plan, { zone, references, now });
    if (differences === null) return await sweepHalves(deps, all, plan);
    const changes = await deps.pg.transaction(async (tx) => {
      await tx.row(lockMemberships, { workspace });
      return applySweep(deps, tx, { plan, sweep: opened.id, differences, now, references, zone });
    });
    await deps.outbox.send();
    return changes;
  } finally {
    await deps.pg.run(closeSweep, { sweep: opened.id });
  }
}

/** Null when these segments together cannot be asked: they take too long. */
async function readDifferences(
  deps: TouchDeps,
  { workspace, segments }: Plan,
  { zone, references, now }: { zone: string; references: References; now: Date },
): Promise<Difference[] | null> {
  try {
    const features = new Features(new Parameters());
    const evaluated = segments.flatMap(({ id, definition }) =>
      definition === null
        ? []
        : [{ id, compiled: compileSegment(definition, { features, zone, references, self: String(id) }) }],
    );
    const { query, values } = assembleDifference(evaluated, features);
    return await deps.ch.rows(
      { ...query, text: atMoment(query.text, now) },
      { ...values, workspace, horizon: now.getTime() + horizonMs },
      { lane: 'heavy', settings: sweepSettings },
    );
  } catch (error) {
    if (!areAtFault(error)) throw error;
    return null;
  }
}

/** Finds the segment that takes so long: it alone is set aside, the others are asked without it. */
async function sweepHalves(deps: TouchDeps, all: readonly StandingSegment[], plan: Plan): Promise<readonly Change[]> {
  const { workspace, segments } = plan;
  if (segments.length === 1) {
    await deps.pg.transaction((tx) => markStale(deps, tx, workspace, segments, deps.clock.now()));
    return [];
  }
  const half = Math.ceil(segments.length / 2);
  const first = await sweep(deps, all, { ...plan, segments: segments.slice(0, half) });
  const second = await sweep(deps, all, { ...plan, segments: segments.slice(half) });
  return [...first, ...second];
}

async function applySweep(
  deps: TouchDeps,
  tx: Pg,
  input: {
    plan: Plan;
    sweep: number;
    differences: readonly Difference[];
    now: Date;
    references: References;
    zone: string;
  },
): Promise<readonly Change[]> {
  const { plan, now } = input;
  const { workspace, segments } = plan;
  const touched = await tx.rows(listSweepTouched, { sweep: input.sweep });
  const newer = new Set(touched.map(({ profile_id }) => profile_id));
  const differences = input.differences.filter(({ person }) => !newer.has(person));
  const entered = differences.flatMap(({ person, entered: ids }) => ids.map((segment) => ({ person, segment })));
  const exited = differences.flatMap(({ person, exited: ids }) => ids.map((segment) => ({ person, segment })));
  const written =
    entered.length + exited.length === 0
      ? []
      : await tx.rows(applyDifferences, {
          workspace,
          enteredPeople: entered.map(({ person }) => person),
          enteredSegments: entered.map(({ segment }) => segment),
          exitedPeople: exited.map(({ person }) => person),
          exitedSegments: exited.map(({ segment }) => segment),
          at: now,
        });
  const rows = [...written];
  const soon: { person: number; next: number }[] = [...input.differences];
  // Who was looked at meanwhile has newer answers to the running versions, but none to those being built.
  if (newer.size > 0 && plan.versions.size > 0) {
    const catalog = {
      generation: -1,
      zone: input.zone,
      segments,
      references: input.references,
      live: segments,
      lists: new Set<number>(),
    };
    const members = await tx.rows(listMembersOf, { workspace, profiles: [...newer] });
    for (const people of chunkPeople(members)) {
      const at = { workspace, now: deps.clock.now(), people };
      const { answers, tooHeavy } = await evaluatePeople(deps, catalog, segments, at);
      soon.push(...answers);
      const stated = answers.flatMap(({ person, segments: ids }) => ids.map((segment) => ({ person, segment })));
      rows.push(
        ...(await tx.rows(applyMemberships, {
          workspace,
          people: people.people,
          segments: segments.filter((segment) => !tooHeavy.includes(segment)).map(({ id }) => id),
          memberPeople: stated.map(({ person }) => person),
          memberSegments: stated.map(({ segment }) => segment),
          since: stated.map(() => now),
        })),
      );
    }
  }
  const due = soon.filter(({ next }) => next < neverMs && next < now.getTime() + horizonMs);
  if (due.length > 0) {
    await tx.run(addDue, {
      workspace,
      duePeople: due.map(({ person }) => person),
      at: due.map(({ next }) => new Date(next)),
    });
    deps.onDue(due.reduce((first, { next }) => Math.min(first, next), neverMs));
  }
  const changes = rows.map(
    (row): Change => ({
      person: row.profile_id,
      segment: row.segment_id,
      entered: row.entered,
      since: now,
      told: true,
    }),
  );
  await countSizes(tx, workspace, changes);
  const names = new Map(segments.map(({ id, name }) => [id, name]));
  const version = (await tx.row(nextChange, {}))?.change ?? 0;
  const { onChanges } = deps;
  await storeChanges(tx, { workspace, version, at: now, cause: plan.cause, changes, names, onChanges });
  await tx.run(markApplied, {
    workspace,
    ids: segments.map(({ id }) => id),
    versions: segments.map((segment) => plan.versions.get(segment.id) ?? segment.version),
    at: now,
  });
  if (plan.versions.size > 0) await tx.run(raiseGeneration, { workspace });
  if (plan.cause === 'recompute' && changes.length > 0) await recordDifferences(tx, workspace, now, changes);
  return changes;
}

async function recordDifferences(tx: Pg, workspace: number, at: Date, changes: readonly Change[]): Promise<void> {
  const found = new Map<number, { missing: number; surplus: number }>();
  for (const { segment, entered } of changes) {
    const counts = found.get(segment) ?? { missing: 0, surplus: 0 };
    if (entered) counts.missing += 1;
    else counts.surplus += 1;
    found.set(segment, counts);
  }
  await tx.run(recordRecompute, {
    workspace,
    at,
    segments: [...found.keys()],
    missing: [...found.values()].map(({ missing }) => missing),
    surplus: [...found.values()].map(({ surplus }) => surplus),
  });
}
