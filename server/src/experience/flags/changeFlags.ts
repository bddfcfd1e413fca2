import { type Flag, type FlagRequest, flagRequestSchema } from '@vitrail/contracts';
import { recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Pg, storableJson, wireJson } from '../../platform/index.ts';
import type { By } from '../experiments/changeExperiments.ts';
import { readExperimentSettings } from '../experiments/readExperiments.ts';
import { assertFlag } from './checkFlag.ts';
import { listExperimentStates } from './sql/experimentStates.pg.ts';
import { changeFlag, deleteFlag, findFlag, insertFlag, listFlags } from './sql/flags.pg.ts';

type ChangeDeps = Pick<Deps, 'pg' | 'clock'>;
type FlagRow = NonNullable<Awaited<ReturnType<typeof rowOf>>>;
const rowOf = (pg: Pg, workspace: number, id: number) => pg.row(findFlag, { workspace, id });

const noFlag = (): Fault =>
  new Fault('not_found', 'experience.flag_not_found', 'There is no such flag in this workspace.');
export const flagIdOf = (text: string): number => {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (id < 1) throw noFlag();
  return id;
};

/** Throws `conflict` for a key that is taken. */
export async function createFlag(deps: ChangeDeps, by: By, request: FlagRequest): Promise<Flag> {
  assertFlag(request);
  const id = await deps.pg.transaction(async (tx) => {
    const row = await tx.row(insertFlag, {
      workspace: by.workspace,
      key: request.key,
      active: request.active,
      definition: storableJson(wireJson(request)),
      by: `${by.actor.kind} ${by.actor.id}`,
      at: deps.clock.now(),
    });
    if (row === null)
      throw new Fault('conflict', 'experience.flag_key_taken', `There is already a flag \`${request.key}\`.`);
    await audit(deps, tx, by, 'flag.created', request.key, request.active);
    return row.id;
  });
  return getFlag(deps, by.workspace, id);
}

export async function editFlag(deps: ChangeDeps, by: By, id: number, request: FlagRequest): Promise<Flag> {
  assertFlag(request);
  await deps.pg.transaction(async (tx) => {
    const row = await rowOf(tx, by.workspace, id);
    if (row === null) throw noFlag();
    if (row.key !== request.key)
      throw new Fault('conflict', 'experience.flag_key_fixed', 'Programs ask for a flag by its key: it stays.');
    await tx.row(changeFlag, {
      workspace: by.workspace,
      id,
      key: request.key,
      active: request.active,
      definition: storableJson(wireJson(request)),
      at: deps.clock.now(),
    });
    await audit(deps, tx, by, 'flag.changed', request.key, request.active);
  });
  return getFlag(deps, by.workspace, id);
}

/** Programs that still ask for it get what they have as their own default. */
export async function removeFlag(deps: ChangeDeps, by: By, id: number): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const row = await tx.row(deleteFlag, { workspace: by.workspace, id });
    if (row === null) throw noFlag();
    await audit(deps, tx, by, 'flag.deleted', row.key, false);
  });
}

const audit = (deps: ChangeDeps, tx: Pg, by: By, action: string, key: string, active: boolean): Promise<void> =>
  recordAudit(tx, deps, {
    workspaceId: by.workspace,
    actor: by.actor,
    action,
    target: `flag ${key}`,
    details: { active },
  });

/** Throws `not_found`. */
export async function getFlag({ pg }: { readonly pg: Pg }, workspace: number, id: number): Promise<Flag> {
  const row = await rowOf(pg, workspace, id);
  if (row === null) throw noFlag();
  const [flag] = await describe(pg, workspace, [row]);
  if (flag === undefined) throw noFlag();
  return flag;
}

const pageSize = 100;

/** By key. */
export async function pageFlags(
  { pg }: { readonly pg: Pg },
  workspace: number,
  { words, cursor }: { readonly words: string; readonly cursor?: string | undefined },
): Promise<{ items: Flag[]; next: string | null }> {
  const rows = await pg.rows(listFlags, { workspace, after: cursor ?? '', limit: pageSize + 1, words });
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
  return { items: await describe(pg, workspace, rows.slice(0, pageSize)), next: last?.key ?? null };
}

async function describe(pg: Pg, workspace: number, rows: readonly FlagRow[]): Promise<Flag[]> {
  const definitions = rows.map(({ definition }) => flagRequestSchema.parse(definition));
  const keys = definitions.flatMap(({ rules }) =>
    rules.flatMap((rule) => (rule.kind === 'experiment' ? [rule.experiment] : [])),
  );
  const [states, settings] = await Promise.all([
    keys.length === 0 ? [] : pg.rows(listExperimentStates, { workspace, keys }),
    readExperimentSettings({ pg }, workspace),
  ]);
  const stateOf = new Map(states.map(({ key, state, kind }) => [key, kind === 'flag' ? state : null]));
  const published = new Set(settings.publishedSegments);
  return rows.map((row, index) => {
    const definition = definitions[index] ?? flagRequestSchema.parse(row.definition);
    return {
      id: String(row.id),
      definition,
      problems: definition.rules.flatMap((rule, place): Flag['problems'] => [
        ...(rule.kind === 'experiment' && (stateOf.get(rule.experiment) ?? null) === null
          ? [{ rule: place, problem: 'experiment_unknown' as const }]
          : []),
        ...(rule.kind === 'experiment' && ![undefined, null, 'running'].includes(stateOf.get(rule.experiment))
          ? [{ rule: place, problem: 'experiment_not_running' as const }]
          : []),
        ...(rule.segments.every((segment) => published.has(segment))
          ? []
          : [{ rule: place, problem: 'segment_unpublished' as const }]),
      ]),
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    };
  });
}
