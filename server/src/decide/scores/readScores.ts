import {
  type ProfileScores,
  type Score,
  type ScoreDefinition,
  type ScorePreview,
  scoreDefinitionSchema,
} from '@vitrail/contracts';
import { decodeProfileId, encodeProfileId } from '../../collect/index.ts';
import { type Deps, Fault } from '../../platform/index.ts';
import { readSettings } from '../analytics/sql/stats.pg.ts';
import { listUsers } from '../references/sql/users.pg.ts';
import { listMembersOf } from '../segments/sql/memberships.pg.ts';
import { chooseSteps } from './chooseSteps.ts';
import { compileBuckets, compileProfileScore, compileSummary } from './compilePreview.ts';
import { findScore, listScores } from './sql/scores.pg.ts';

type ScoreDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;

const round = (value: number): number => Math.round(value * 100) / 100;

async function zoneOf(deps: Pick<Deps, 'pg'>, workspace: number): Promise<string> {
  const settings = await deps.pg.row(readSettings, { workspace });
  if (settings === null) throw new Fault('not_found', 'decide.workspace_gone', 'This workspace does not exist.');
  return settings.time_zone;
}

export const scoreIdOf = (text: string): number => {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (id === 0) throw noScore();
  return id;
};
export const noScore = (): Fault => new Fault('not_found', 'decide.score_not_found', 'There is no such score.');

type ScoreRow = NonNullable<Awaited<ReturnType<typeof rowOf>>>;
const rowOf = (deps: Pick<Deps, 'pg'>, workspace: number, id: number) => deps.pg.row(findScore, { workspace, id });

async function describeScore(deps: Pick<Deps, 'pg'>, workspace: number, row: ScoreRow): Promise<Score> {
  const users = await deps.pg.rows(listUsers, { workspace, kinds: ['score'], id: String(row.id) });
  return {
    id: String(row.id),
    name: row.name,
    description: row.description,
    definition: scoreDefinitionSchema.parse(row.definition),
    version: row.version,
    usedBy: users.map(({ id, name }) => ({ id: String(id), name })),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function listAllScores(deps: Pick<Deps, 'pg'>, workspace: number): Promise<Score[]> {
  const rows = await deps.pg.rows(listScores, { workspace });
  return Promise.all(rows.map((row) => describeScore(deps, workspace, row)));
}

export async function getScore(deps: Pick<Deps, 'pg'>, workspace: number, id: number): Promise<Score> {
  const row = await rowOf(deps, workspace, id);
  if (row === null) throw noScore();
  return describeScore(deps, workspace, row);
}

/** How a definition would spread over everybody now. */
export async function previewScore(
  deps: ScoreDeps,
  workspace: number,
  definition: ScoreDefinition,
): Promise<ScorePreview> {
  const started = performance.now();
  const zone = await zoneOf(deps, workspace);
  const now = deps.clock.now();
  const scope = { workspace, now: now.getTime() };
  const settings = { max_execution_time: 20 };
  const summary = compileSummary(definition, zone);
  const [row] = await deps.ch.rows(summary.query, { ...summary.values, ...scope }, { settings });
  if (row === undefined) throw new Error('an aggregate gave no row');
  const steps = chooseSteps(row.lowest, row.highest);
  const buckets = compileBuckets(definition, zone, steps);
  const counted = await deps.ch.rows(buckets.query, { ...buckets.values, ...scope }, { settings });
  const people = new Map(counted.map((each) => [each.bucket, each.people]));
  return {
    at: now.toISOString(),
    ms: Math.round(performance.now() - started),
    people: row.people,
    scored: row.scored,
    mean: round(row.people === 0 ? 0 : row.mean),
    median: round(row.people === 0 ? 0 : (row.marks[0] ?? 0)),
    top: round(row.people === 0 ? 0 : (row.marks[1] ?? 0)),
    lowest: round(row.lowest),
    highest: round(row.highest),
    buckets: Array.from({ length: row.people === 0 ? 0 : steps.steps }, (_, index) => ({
      from: round(steps.from + index * steps.step),
      to: round(steps.from + (index + 1) * steps.step),
      profiles: people.get(index) ?? 0,
    })),
    levels: row.reached.map((profiles, index) => ({ name: definition.levels[index - 1]?.name ?? null, profiles })),
    signals: definition.signals.map(({ name }, index) => ({
      name,
      profiles: row.signal_people[index] ?? 0,
      points: round(row.signal_points[index] ?? 0),
    })),
    best: row.best.map((id, index) => ({ id: encodeProfileId(id), value: round(row.best_values[index] ?? 0) })),
  };
}

/** Every score of one customer, with its reasons. */
export async function readProfileScores(deps: ScoreDeps, workspace: number, id: string): Promise<ProfileScores> {
  const profile = decodeProfileId(id);
  const members = profile === null ? [] : await deps.pg.rows(listMembersOf, { workspace, profiles: [profile] });
  const person = members[0]?.root_id;
  if (person === undefined)
    throw new Fault('not_found', 'decide.profile_not_found', 'There is no customer with this id.');
  const now = deps.clock.now();
  const scope = {
    workspace,
    now: now.getTime(),
    members: members.map((row) => row.id),
    roots: members.map((row) => row.root_id),
    people: [person],
  };
  const zone = await zoneOf(deps, workspace);
  const scores = await deps.pg.rows(listScores, { workspace });
  return Promise.all(
    scores.map(async ({ id: score, name, definition: stored }) => {
      const definition = scoreDefinitionSchema.parse(stored);
      const { query, values } = compileProfileScore(definition, zone);
      const [row] = await deps.ch.rows(query, { ...values, ...scope });
      const signals = definition.signals.map((signal, index) => {
        const matches = row?.matches[index] ?? -1;
        return { name: signal.name, points: round(row?.points[index] ?? 0), matches: matches < 0 ? null : matches };
      });
      return {
        id: String(score),
        name,
        value: round(row?.value ?? 0),
        level: row === undefined || row.level === 0 ? null : (definition.levels[row.level - 1]?.name ?? null),
        at: now.toISOString(),
        signals: signals
          .filter(({ points }) => points !== 0)
          .toSorted((one, other) => Math.abs(other.points) - Math.abs(one.points)),
      };
    }),
  );
}
