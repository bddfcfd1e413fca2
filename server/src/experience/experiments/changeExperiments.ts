import {
  type ExperimentRequest,
  type ExperimentSettings,
  experimentRequestSchema,
  type Learning,
} from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Pg, storableJson, wireJson } from '../../platform/index.ts';
import { findFreePart } from '../assignment/index.ts';
import { assertTarget } from './assertTarget.ts';
import { type ExperimentRow, noExperiment } from './readExperiments.ts';
import { readResults } from './readResults.ts';
import {
  changeExperiment,
  endExperiment,
  insertExperiment,
  listGroupParts,
  lockExperiment,
  lockSettings,
  recordLearning,
  startExperiment,
  writeSettings,
} from './sql/experiments.pg.ts';

type ChangeDeps = Pick<Deps, 'pg' | 'clock'>;
export interface By {
  readonly workspace: number;
  readonly actor: Actor;
}

/** Throws `conflict` for a key that is taken, also by one put away: its events are still there. */
export async function createExperiment(deps: ChangeDeps, by: By, request: ExperimentRequest): Promise<number> {
  return deps.pg.transaction(async (tx) => {
    const row = await tx.row(insertExperiment, {
      workspace: by.workspace,
      key: request.key,
      name: request.name,
      kind: request.kind,
      definition: storableJson(wireJson(request)),
      seed: request.key,
      by: `${by.actor.kind} ${by.actor.id}`,
      at: deps.clock.now(),
    });
    if (row === null)
      throw new Fault(
        'conflict',
        'experience.experiment_key_taken',
        `There is, or was, an experiment \`${request.key}\`. Its events carry the key: choose another.`,
      );
    await audit(deps, tx, by, 'experiment.created', row.id, { kind: request.kind });
    return row.id;
  });
}

/** A running one takes only what cannot move or mislead anybody: see `assertChangeable`. */
export async function editExperiment(deps: ChangeDeps, by: By, id: number, request: ExperimentRequest): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const row = await lock(tx, by.workspace, id);
    assertChangeable(row, experimentRequestSchema.parse(row.definition), request);
    const { name, kind } = request;
    await tx.run(changeExperiment, {
      workspace: by.workspace,
      id,
      name,
      kind,
      definition: storableJson(wireJson(request)),
      at: deps.clock.now(),
    });
    await audit(deps, tx, by, 'experiment.changed', id, {});
  });
}

const lock = async (tx: Pg, workspace: number, id: number): Promise<ExperimentRow> => {
  const row = await tx.row(lockExperiment, { workspace, id });
  if (row === null) throw noExperiment();
  return row;
};

const refuse = (code: string, detail: string): Fault => new Fault('conflict', `experience.${code}`, detail);

/** Who gets what. While it runs it stays, or people would move between variations and be counted where they were not. */
const assigned = (definition: ExperimentRequest): string => {
  const { unit, hashVersion, variations, group, holdout, kind, target, allocation } = definition;
  const weights = variations.map(({ key, weight }) => [key, weight]);
  return JSON.stringify([unit, hashVersion, weights, group, holdout, kind, target, allocation]);
};

function assertChangeable(row: ExperimentRow, before: ExperimentRequest, after: ExperimentRequest): void {
  if (after.key !== row.key)
    throw refuse('experiment_key_fixed', 'Events carry the key of an experiment: it stays. Make a new experiment.');
  if (row.state === 'archived')
    throw refuse('experiment_archived', 'This experiment is put away. What was learnt of it can still be changed.');
  if (row.state === 'draft') return;
  if (assigned(before) !== assigned(after))
    throw refuse(
      'experiment_begun',
      'It has begun: its variations, weights, unit, group, holdout and target stay. Stop it and make a new one.',
    );
  if (after.coverage < before.coverage)
    throw refuse('experiment_begun', 'It has begun: it can take in more people, not fewer. Stop it instead.');
}

/** Begins. Started again after a stop it begins anew: earlier exposures no longer count. */
export async function beginExperiment(deps: ChangeDeps, by: By, id: number): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    // One after the other for the workspace: two that start share their group's places out.
    await tx.row(lockSettings, { workspace: by.workspace });
    const row = await lock(tx, by.workspace, id);
    if (row.state === 'running') return;
    if (row.state === 'archived') throw refuse('experiment_archived', 'This experiment is put away.');
    const definition = experimentRequestSchema.parse(row.definition);
    await assertTarget(tx, by.workspace, definition);
    const { group } = definition;
    const part = group === null ? null : await takePart(tx, by.workspace, group);
    const at = deps.clock.now();
    await tx.run(startExperiment, {
      workspace: by.workspace,
      id,
      group: group?.name ?? null,
      from: part?.from ?? null,
      to: part?.to ?? null,
      at,
    });
    await audit(deps, tx, by, 'experiment.started', id, {});
  });
}

async function takePart(tx: Pg, workspace: number, { name, share }: { readonly name: string; readonly share: number }) {
  const rows = await tx.rows(listGroupParts, { workspace, group: name });
  const taken = rows.flatMap(({ group_from: from, group_to: to }) =>
    from === null || to === null ? [] : [{ from, to }],
  );
  const part = findFreePart(taken, share);
  if (part !== null) return part;
  throw refuse(
    'group_full',
    `The group \`${name}\` has no room for ${Math.round(share * 100)} % more: stop one of ${rows.map((row) => row.name).join(', ')}, or take less.`,
  );
}

/** Ends it, or puts it away. Asked again: nothing happens. */
export async function closeExperiment(
  deps: ChangeDeps,
  by: By,
  id: number,
  state: 'stopped' | 'archived',
): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const row = await lock(tx, by.workspace, id);
    if (row.state === state) return;
    if (state === 'stopped' && row.state !== 'running')
      throw refuse('experiment_not_running', 'Only an experiment that runs can be stopped.');
    await tx.run(endExperiment, { workspace: by.workspace, id, state, at: deps.clock.now() });
    await audit(deps, tx, by, state === 'stopped' ? 'experiment.stopped' : 'experiment.archived', id, {});
  });
}

/** Writes down what was learnt, with what the results say now; the words stay out of the audit log. */
export async function writeLearning(
  deps: ChangeDeps & Pick<Deps, 'ch'>,
  by: By,
  id: number,
  given: Learning,
): Promise<void> {
  const { verdict, people } = await readResults(deps, by.workspace, id);
  await deps.pg.transaction(async (tx) => {
    const at = deps.clock.now();
    const all = people.reduce((sum, each) => sum + each.people, 0);
    const learning = storableJson(wireJson({ ...given, verdict, people: all, at: at.toISOString() }));
    if ((await tx.row(recordLearning, { workspace: by.workspace, id, learning, at })) === null) throw noExperiment();
    await audit(deps, tx, by, 'experiment.learnt', id, { result: given.result });
  });
}

export async function changeExperimentSettings(deps: ChangeDeps, by: By, settings: ExperimentSettings): Promise<void> {
  const segments = settings.publishedSegments.map((text) => {
    if (!/^\d{1,9}$/.test(text))
      throw new Fault('invalid', 'experience.segment_unknown', `There is no segment ${text} in this workspace.`);
    return Number(text);
  });
  await deps.pg.transaction(async (tx) => {
    const at = deps.clock.now();
    await tx.run(writeSettings, { workspace: by.workspace, holdout: settings.globalHoldout, segments, at });
    await recordAudit(tx, deps, {
      workspaceId: by.workspace,
      actor: by.actor,
      action: 'experiment_settings.changed',
      target: 'experiments',
      details: { globalHoldout: settings.globalHoldout, publishedSegments: settings.publishedSegments },
    });
  });
}

const audit = (
  deps: ChangeDeps,
  tx: Pg,
  by: By,
  action: string,
  id: number,
  details: { readonly [name: string]: string },
): Promise<void> =>
  recordAudit(tx, deps, {
    workspaceId: by.workspace,
    actor: by.actor,
    action,
    target: `experiment ${id}`,
    details,
  });
