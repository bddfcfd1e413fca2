import type { JourneyDefinition, JourneyState } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { Fault, type Json, type Pg, wireJson } from '../../platform/index.ts';
import { readDefinition, refreshStanding } from './catalog.ts';
import type { Journeys } from './createJourneys.ts';
import { findMissing } from './findMissing.ts';
import { createLedger, readRun } from './ledger.ts';
import {
  findJourney,
  insertJourney,
  insertVersion,
  lockJourney,
  migrateRuns,
  readGeneration,
  setJourneyState,
  setNext,
  unsettleRuns,
} from './sql/journeys.pg.ts';
import { insertSteps, lockRunsOfJourney } from './sql/runs.pg.ts';
import { nextMoment } from './triggers/nextMoment.ts';

type SaveDeps = Journeys['deps'];

interface Edit {
  readonly workspace: number;
  readonly actor: Actor;
}

export interface JourneyInput {
  readonly name: string;
  readonly description: string;
  readonly definition: JourneyDefinition;
}

const writtenBy = ({ actor }: Edit): string => `${actor.kind}:${actor.id}`;
const standing: readonly string[] = ['live', 'paused', 'draining'];

export const journeyIdOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

/** The journey behind an outside id. Throws `not_found`, also for another workspace's. */
export async function getJourney(pg: Pg, workspace: number, text: string) {
  const id = journeyIdOf(text);
  const row = id === 0 ? null : await pg.row(findJourney, { workspace, id });
  if (row === null) {
    throw new Fault('not_found', 'communicate.journey_not_found', 'There is no such journey in this workspace.');
  }
  return { ...row, definition: readDefinition(row.definition) };
}

/** Refuses conditions that cannot be asked: unknown references, patterns that are none. */
async function checkConditions(
  { ask }: SaveDeps,
  workspace: number,
  { entry, nodes }: JourneyDefinition,
): Promise<void> {
  if (entry.audience !== undefined) await ask.check(workspace, entry.audience);
  for (const node of Object.values(nodes)) {
    if (node.kind !== 'split' || node.split.by !== 'condition') continue;
    for (const branch of node.split.branches) await ask.check(workspace, branch.if);
  }
}

/** Stores a new journey: a draft that nobody enters before it is started. */
export async function createJourney(
  deps: SaveDeps,
  input: Edit & JourneyInput,
): Promise<{ id: string; version: number }> {
  const { workspace, name, description, definition } = input;
  await checkConditions(deps, workspace, definition);
  const at = deps.clock.now();
  const actor = writtenBy(input);
  return deps.pg.transaction(async (tx) => {
    const row = await tx.row(insertJourney, { workspace, name, description, actor, at });
    if (row === null) throw new Error('insert … returning gave no row');
    const journey = row.id;
    await tx.row(insertVersion, { workspace, journey, name, description, definition: wireJson(definition), actor, at });
    await audit(tx, deps, input, 'journey.created', journey, { name });
    return { id: String(journey), version: 1 };
  });
}

/**
 * Stores a new version, which people enter from now on. Those inside stay in theirs or go on in the new one, as told.
 * Throws `conflict` when it is based on one that is not the newest any more.
 */
export async function updateJourney(
  deps: SaveDeps,
  input: Edit & JourneyInput & { id: string; basedOn?: number | undefined; inFlight: 'stay' | 'migrate' },
): Promise<{ id: string; version: number }> {
  const { workspace, name, description, definition } = input;
  const former = await getJourney(deps.pg, workspace, input.id);
  await checkConditions(deps, workspace, definition);
  const at = deps.clock.now();
  const actor = writtenBy(input);
  const { id: journey } = former;
  const version = await deps.pg.transaction(async (tx) => {
    const held = await tx.row(lockJourney, { workspace, id: journey });
    if (input.basedOn !== undefined && held !== null && held.version !== input.basedOn) {
      throw new Fault('conflict', 'communicate.journey_changed', 'Somebody else saved this journey meanwhile.', {
        details: { version: held.version },
      });
    }
    const stored = { workspace, journey, name, description, definition: wireJson(definition), actor, at };
    const saved = (await tx.row(insertVersion, stored))?.version ?? 0;
    if (held !== null && standing.includes(held.state)) {
      if (input.inFlight === 'migrate')
        await migrate(tx, { workspace, journey, version: saved, former: former.definition, definition, at });
      await tx.run(setNext, { workspace, id: journey, next: await momentOf(tx, workspace, definition, at) });
      await refreshStanding(tx, workspace);
    }
    await audit(tx, deps, input, 'journey.changed', journey, { name, version: saved, inFlight: input.inFlight });
    return saved;
  });
  deps.ring();
  return { id: String(journey), version };
}

async function migrate(
  tx: Pg,
  input: {
    workspace: number;
    journey: number;
    version: number;
    former: JourneyDefinition;
    definition: JourneyDefinition;
    at: Date;
  },
): Promise<void> {
  const { workspace, journey, version, former, definition, at } = input;
  const moved = await tx.rows(migrateRuns, { workspace, journey, version });
  await tx.run(insertSteps, {
    workspace,
    at,
    runs: moved.map(({ id }) => id),
    seqs: moved.map(({ steps }) => steps - 1),
    nodes: moved.map(({ node }) => node ?? ''),
    kinds: moved.map(() => 'run'),
    outcomes: moved.map(() => 'migrated'),
    targets: moved.map(() => null),
    details: moved.map((): Json => ({ version })),
  });
  // A wait that is still a wait is waited to its end as it began; another step, or none, is met at once.
  const changed = Object.entries(former.nodes)
    .filter(([id, node]) => definition.nodes[id]?.kind !== node.kind)
    .map(([id]) => id);
  await tx.run(unsettleRuns, { workspace, journey, nodes: changed, now: at });
}

const actions = {
  start: { from: ['draft', 'paused', 'draining', 'archived'], to: 'live' },
  pause: { from: ['live', 'draining'], to: 'paused' },
  resume: { from: ['paused'], to: 'live' },
  drain: { from: ['live', 'paused'], to: 'draining' },
  archive: { from: ['draft', 'live', 'paused', 'draining'], to: 'archived' },
} as const satisfies Record<string, { from: readonly JourneyState[]; to: JourneyState }>;
export type JourneyAction = keyof typeof actions;
export const journeyActions = [
  'start',
  'pause',
  'resume',
  'drain',
  'archive',
] as const satisfies readonly JourneyAction[];

/**
 * Lets people in, holds everybody where they are, lets those inside finish, or ends it. A repeat changes nothing. Throws
 * `conflict` for what does not follow on how the journey stands, or while something has to be chosen before it can start.
 */
export async function changeState(
  deps: SaveDeps,
  input: Edit & { id: string; action: JourneyAction },
): Promise<JourneyState> {
  const { workspace, action } = input;
  const { id, definition } = await getJourney(deps.pg, workspace, input.id);
  const { from, to }: { from: readonly string[]; to: JourneyState } = actions[action];
  if (to === 'live') {
    const missing = await findMissing(deps.pg, workspace, definition);
    if (missing.length > 0) {
      const steps = [...new Set(missing.map(({ node }) => `“${node}”`))].join(', ');
      const message = `Choose first what is missing in ${steps}.`;
      throw new Fault('conflict', 'communicate.journey_incomplete', message, { details: { missing } });
    }
  }
  const at = deps.clock.now();
  await deps.pg.transaction(async (tx) => {
    const held = await tx.row(lockJourney, { workspace, id });
    if (held === null || held.state === to) return;
    if (!from.includes(held.state)) {
      const message = `A journey that is ${held.state} cannot be told to ${action}.`;
      throw new Fault('conflict', 'communicate.journey_state', message, { details: { state: held.state } });
    }
    const next = to === 'live' ? await momentOf(tx, workspace, definition, at) : null;
    await tx.run(setJourneyState, { workspace, id, state: to, next, at });
    await refreshStanding(tx, workspace);
    await audit(tx, deps, input, `journey.${action}`, id, {});
  });
  if (to === 'archived') await endAll(deps, workspace, id);
  deps.ring();
  return to;
}

const endedAtOnce = 5_000;

/** Everybody leaves. In parts, each whole: a crash in between leaves some whom the next try ends. */
async function endAll(deps: SaveDeps, workspace: number, journey: number): Promise<void> {
  for (let ended = endedAtOnce; ended === endedAtOnce; ) {
    ended = await deps.pg.transaction(async (tx) => {
      const rows = await tx.rows(lockRunsOfJourney, { workspace, journey, limit: endedAtOnce });
      const ledger = createLedger(workspace, deps.clock.now());
      for (const run of rows.map(readRun)) ledger.end(run, 'archived');
      await ledger.write(tx);
      return rows.length;
    });
  }
}

async function momentOf(tx: Pg, workspace: number, { trigger }: JourneyDefinition, at: Date): Promise<Date | null> {
  const zone = (await tx.row(readGeneration, { workspace }))?.time_zone ?? 'UTC';
  return nextMoment(trigger, at, zone);
}

function audit(
  tx: Pg,
  deps: Pick<SaveDeps, 'clock'>,
  { workspace: workspaceId, actor }: Edit,
  action: string,
  journey: number,
  details: Record<string, string | number>,
): Promise<void> {
  return recordAudit(tx, deps, { workspaceId, actor, action, target: `journey ${journey}`, details });
}
