import {
  type Experiment,
  type ExperimentSettings,
  type ExperimentState,
  experimentRequestSchema,
  experimentStates,
  learntSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { type Deps, Fault, type Pg } from '../../platform/index.ts';
import { findExperiment, listExperiments, readSettings } from './sql/experiments.pg.ts';

type ReadDeps = Pick<Deps, 'pg'>;
export type ExperimentRow = NonNullable<Awaited<ReturnType<typeof rowOf>>>;
const rowOf = (pg: Pg, workspace: number, id: number) => pg.row(findExperiment, { workspace, id });

const stateSchema = z.enum(experimentStates);

export const noExperiment = (): Fault =>
  new Fault('not_found', 'experience.experiment_not_found', 'There is no such experiment in this workspace.');

export const experimentIdOf = (text: string): number => {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (id < 1) throw noExperiment();
  return id;
};

export const presentExperiment = (row: ExperimentRow): Experiment => ({
  id: String(row.id),
  state: stateSchema.parse(row.state),
  definition: experimentRequestSchema.parse(row.definition),
  bucketVersion: row.bucket_version,
  startedAt: row.started_at?.toISOString() ?? null,
  stoppedAt: row.stopped_at?.toISOString() ?? null,
  learning: row.learning === null ? null : learntSchema.parse(row.learning),
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

/** Throws `not_found`. */
export async function getExperimentRow(pg: Pg, workspace: number, id: number): Promise<ExperimentRow> {
  const row = await rowOf(pg, workspace, id);
  if (row === null) throw noExperiment();
  return row;
}

export const getExperiment = async ({ pg }: ReadDeps, workspace: number, id: number): Promise<Experiment> =>
  presentExperiment(await getExperimentRow(pg, workspace, id));

const pageSize = 50;

/** Newest first; without states those not put away. */
export async function pageExperiments(
  { pg }: ReadDeps,
  workspace: number,
  {
    states,
    words,
    learnt = false,
    cursor,
  }: {
    states?: readonly ExperimentState[] | undefined;
    words: string;
    /** Only those of which something was learnt, put away or not. */
    learnt?: boolean;
    cursor?: string | undefined;
  },
): Promise<{ items: Experiment[]; next: string | null }> {
  const rows = await pg.rows(listExperiments, {
    workspace,
    before: cursor === undefined ? 2_147_483_647 : experimentIdOf(cursor),
    limit: pageSize + 1,
    states: states ?? experimentStates.filter((state) => learnt || state !== 'archived'),
    words,
    learnt,
  });
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
  return { items: rows.slice(0, pageSize).map(presentExperiment), next: last === undefined ? null : String(last.id) };
}

/** Nothing held out and no segment published until somebody says so. */
export async function readExperimentSettings(
  { pg }: { readonly pg: Pg },
  workspace: number,
): Promise<ExperimentSettings> {
  const row = await pg.row(readSettings, { workspace });
  return {
    globalHoldout: row?.global_holdout ?? 0,
    publishedSegments: (row?.published_segments ?? []).flatMap((id) => (id === null ? [] : [String(id)])),
  };
}
