import {
  type MatchKind,
  type MatchRun,
  type MatchThresholds,
  matchVetoSchema,
  type RunStage,
  runStageSchema,
  runStages,
  runStateSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor, Fault, type Pg, type PgRow } from '../../../platform/index.ts';
import { subjectOf } from '../subjects.ts';
import { presentReport, storedReportSchema } from './report.ts';
import { listLinks } from './sql/links.pg.ts';
import { findRun, listNewestRuns, listRuns, type runRow } from './sql/runs.pg.ts';

type RunRow = PgRow<typeof runRow>;

const progressSchema = z.object({ stage: runStageSchema, done: z.number(), total: z.number(), elapsed: z.number() });
const errorSchema = z.object({ code: z.string(), detail: z.string() });
const triggerSchema = z.enum(['manual', 'nightly', 'live']);
const position = z.tuple([z.number().int()]);

export async function getRunRow(pg: Pg, workspace: number, id: number): Promise<RunRow> {
  const row = await pg.row(findRun, { workspace, id });
  if (row === null) throw new Fault('not_found', 'unify.run_not_found', 'There is no such run in this workspace.');
  return row;
}

export const thresholdsOf = (row: RunRow): MatchThresholds => ({
  auto: row.auto_threshold,
  review: row.review_threshold,
});

export async function readRun(pg: Pg, workspace: number, id: number): Promise<MatchRun> {
  const row = await getRunRow(pg, workspace, id);
  return present(pg, workspace, row, row.state === 'running' ? await stagesBefore(pg, workspace, row) : null);
}

export async function listMatchRuns(
  pg: Pg,
  workspace: number,
  query: { readonly kind?: MatchKind | undefined; readonly limit: number; readonly after?: string | undefined },
): Promise<{ items: MatchRun[]; next: string | null }> {
  const [below] = query.after === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor(query.after, position);
  const rows = await pg.rows(listRuns, { workspace, kind: query.kind ?? null, below, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await Promise.all(page.map((row) => present(pg, workspace, row, null))),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

/** The newest dry run and real run of a kind, and what is under way. */
export async function newestRuns(pg: Pg, workspace: number, kind: MatchKind) {
  const rows = await pg.rows(listNewestRuns, { workspace, kind });
  const of = async (role: string): Promise<MatchRun | null> => {
    const row = rows.find((each) => each.role === role);
    if (row === undefined) return null;
    return present(pg, workspace, row, role === 'running' ? await stagesBefore(pg, workspace, row) : null);
  };
  return { lastDryRun: await of('dry'), lastRun: await of('real'), running: await of('running') };
}

/** How long each stage took in the last finished run of the kind: what tells the time left. */
async function stagesBefore(pg: Pg, workspace: number, row: RunRow): Promise<ReadonlyMap<RunStage, number> | null> {
  const rows = await pg.rows(listRuns, { workspace, kind: row.kind, below: row.id, limit: 10 });
  for (const { state, report } of rows) {
    if (state !== 'done' || report === null) continue;
    const parsed = storedReportSchema.safeParse(report);
    if (parsed.success) return new Map(parsed.data.stages.map(({ stage, seconds }) => [stage, seconds]));
  }
  return null;
}

async function present(
  pg: Pg,
  workspace: number,
  row: RunRow,
  before: ReadonlyMap<RunStage, number> | null,
): Promise<MatchRun> {
  const subject = subjectOf(row.kind);
  const progress = row.progress === null ? null : progressSchema.parse(row.progress);
  const report = row.report === null ? null : storedReportSchema.parse(row.report);
  return {
    id: row.id,
    kind: subject.kind,
    dryRun: row.dry_run,
    state: runStateSchema.parse(row.state),
    trigger: triggerSchema.parse(row.trigger),
    model: row.model_version,
    thresholds: thresholdsOf(row),
    requestedAt: row.requested_at.toISOString(),
    requestedBy: row.requested_by,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    progress:
      progress === null
        ? null
        : {
            stage: progress.stage,
            done: progress.done,
            total: progress.total,
            secondsLeft: secondsLeft(progress, before),
          },
    merges: row.merges,
    undoneMerges: row.undone_merges,
    reviews: row.reviews,
    report: report === null ? null : await presentReport(pg, subject, workspace, report),
    error: row.error === null ? null : errorSchema.parse(row.error),
    undoneAt: row.undone_at?.toISOString() ?? null,
    undoneBy: row.undone_by,
  };
}

/** What is left of this stage at its own pace, and of the later ones as long as they took last time. */
function secondsLeft(
  { stage, done, total, elapsed }: z.infer<typeof progressSchema>,
  before: ReadonlyMap<RunStage, number> | null,
): number | null {
  const measured = done > 0 && elapsed > 1 ? (elapsed / done) * Math.max(0, total - done) : null;
  if (before === null) return stage === 'apply' ? measured : null;
  const here = measured ?? Math.max(0, (before.get(stage) ?? 0) - elapsed);
  const later = runStages.slice(runStages.indexOf(stage) + 1).reduce((sum, next) => sum + (before.get(next) ?? 0), 0);
  return Math.round((here + later) * 10) / 10;
}

const outcomeSchema = z.enum([
  'planned',
  'merged',
  'already_one',
  'asked',
  'answered',
  'undone',
  ...matchVetoSchema.options,
]);

/** What a run merged or asked, each side as it was before. */
export async function listRunLinks(
  pg: Pg,
  workspace: number,
  id: number,
  query: { readonly action: 'merge' | 'review'; readonly limit: number; readonly after?: string | undefined },
) {
  const run = await getRunRow(pg, workspace, id);
  const subject = subjectOf(run.kind);
  const [after] = query.after === undefined ? [-1] : decodeCursor(query.after, position);
  const rows = await pg.rows(listLinks, { workspace, run: id, action: query.action, after, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const sides = await subject.sides(
    pg,
    workspace,
    page.flatMap(({ left_id, right_id, merge_id }) => [
      { id: left_id, before: merge_id },
      { id: right_id, before: merge_id },
    ]),
  );
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      left: sides.get(row.left_id) ?? null,
      right: sides.get(row.right_id) ?? null,
      probability: row.probability,
      weight: row.weight,
      action: query.action,
      outcome: row.undone ? ('undone' as const) : outcomeSchema.parse(row.outcome),
      veto: row.veto === null ? null : matchVetoSchema.parse(row.veto),
      merge: row.merge_id,
      review: row.review_id,
    })),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.position]) : null,
  };
}
