import type { MatchKind, MatchModel, MatchThresholds, MatchVeto, RunReport } from '@vitrail/contracts';
import { Fault, type JobOutcome } from '../../../platform/index.ts';
import type { ClusterResult, MatchSpace } from '../engine/index.ts';
import { saveHouseholds } from '../households/saveHouseholds.ts';
import { dequeueBefore } from '../live/sql/queue.pg.ts';
import { recordQuery } from '../records/recordQuery.ts';
import { dropTrialRecords } from '../records/sql/records.ch.ts';
import { nameOfSet, type RecordSet, rebuildRecords } from '../records/writeRecords.ts';
import { closeMootReviews } from '../reviews/closeStale.ts';
import { spaceOf } from '../space.ts';
import type { MatchDeps, MatchSubject } from '../subject.ts';
import { subjectOf } from '../subjects.ts';
import { applyLinks } from './applyLinks.ts';
import { clustersOf, countSizes, type PlannedLink, planLinks } from './planLinks.ts';
import { getModel, loadPolicy, settingsForFit } from './policy.ts';
import { findPairs, readHistogram, readUndecided } from './readPairs.ts';
import { readSamples, type StoredReport, toStored } from './report.ts';
import { cancelled, type RunProgress, watchRun } from './runProgress.ts';
import { insertModel } from './sql/models.pg.ts';
import { endRun, findRun, markRunning, setModel } from './sql/runs.pg.ts';
import { storePlan, storeTrialPlan } from './storePlan.ts';

/**
 * Carries out a queued run. A crash anywhere: the job is given out again and comes to the same end. What is to be done is
 * found first and written down whole; only then is it done, each part once.
 */
export async function executeRun(
  deps: MatchDeps,
  workspace: number,
  id: number,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const run = await deps.pg.row(findRun, { workspace, id });
  if (run === null) return { skipped: 'the run is gone' };
  if ((await deps.pg.row(markRunning, { workspace, id, at: deps.clock.now() })) === null)
    return { skipped: `the run is ${run.state}` };
  const subject = subjectOf(run.kind);
  const progress = watchRun(deps, { workspace, id }, signal);
  const end = (state: string, report: StoredReport | null, error: { code: string; detail: string } | null) =>
    deps.pg.run(endRun, { workspace, id, state, at: deps.clock.now(), report, error });
  const started = performance.now();
  try {
    if (run.cancel_wanted) throw cancelled();
    const thresholds = { auto: run.auto_threshold, review: run.review_threshold };
    const plan: RunPlan = {
      workspace,
      id,
      kind: subject.kind,
      dryRun: run.dry_run,
      model: run.model_version,
      thresholds,
    };
    const report = run.planned ? null : await planRun(deps, subject, plan, progress);
    if (run.dry_run) {
      if (report !== null) await end('done', timed(report, progress, started), null);
      return { done: true };
    }
    const { checkedShare } = await loadPolicy(deps.pg, workspace, subject.kind);
    const model = (await deps.pg.row(findRun, { workspace, id }))?.model_version ?? 0;
    await applyLinks(deps, subject, { workspace, run: id, model, checkedShare }, progress);
    await end('done', report === null ? null : timed(report, progress, started), null);
    return { done: true };
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof Fault && error.code === 'unify.run_cancelled') {
      await end('cancelled', null, null);
      return { skipped: 'cancelled' };
    }
    if (error instanceof Fault && error.kind === 'unavailable') throw error;
    deps.log.error({ err: error, workspace, run: id }, 'a matching run failed');
    await end('failed', null, describe(error));
    return { skipped: 'failed' };
  } finally {
    await progress.end();
  }
}

interface RunPlan {
  readonly workspace: number;
  readonly id: number;
  readonly kind: MatchKind;
  readonly dryRun: boolean;
  readonly model: number | null;
  readonly thresholds: MatchThresholds;
}

/** Finds what there is to do, and writes it down; of a dry run only to be looked at. */
async function planRun(
  deps: MatchDeps,
  subject: MatchSubject,
  plan: RunPlan,
  progress: RunProgress,
): Promise<StoredReport> {
  const { workspace, kind, thresholds } = plan;
  const { engine } = deps;
  const set: RecordSet = { source: subject, trial: plan.dryRun };
  const space = spaceOf(deps, workspace, kind, plan.dryRun);
  const policy = await loadPolicy(deps.pg, workspace, kind);
  const known = plan.model === null ? null : await getModel(deps.pg, workspace, kind, plan.model);
  const settings = known?.settings ?? { ...(await settingsForFit(deps, deps.pg, workspace, policy)), thresholds };
  const since = deps.clock.now();
  try {
    const all = await rebuildRecords(deps, set, workspace, {
      more: settings.comparisons.map(({ field }) => field).filter((field) => field !== 'address'),
      signal: progress.signal,
      progress: (done, total) => progress.report('records', done, total),
    });
    const work = {
      signal: progress.signal,
      progress: (stage: Parameters<RunProgress['report']>[0], done: number, total: number) =>
        progress.report(stage, done, total),
    };
    progress.report('prepare', 0, 1);
    const { records } = await engine.prepareRecords(space, settings, recordQuery(set, workspace, settings), work);
    if (records < 2) return emptyReport(all, records);
    progress.report('block', 0, 1);
    const blocked = await engine.blockPairs(space, settings, {}, work);
    const model = known ?? (await fit(deps, space, plan, settings, work));
    progress.report('score', 0, 1);
    const scored = await engine.scorePairs(space, model, thresholds, work);
    progress.report('cluster', 0, 1);
    const apart = await subject.apart(deps.pg, workspace);
    const result = await engine.clusterPairs(
      space,
      model,
      { cannotLink: apart, mustLink: [], thresholds, largestCluster: settings.largestCluster },
      work,
    );
    const { links, clusters, refused } = await findLinks(
      deps,
      subject,
      space,
      workspace,
      result,
      apart,
      thresholds,
      progress.signal,
    );
    progress.report('households', 0, 1);
    const households = kind === 'people' ? await engine.householdsOf(space, model, clusters, work) : [];
    const diagnosis = await engine.diagnose(space, settings, work);
    const merges = links.filter(({ action }) => action === 'merge').length;
    const report: StoredReport = {
      records,
      pairs: blocked.pairs,
      bands: { auto: scored.auto, review: scored.review },
      merges,
      asks: links.length - merges,
      vetoes: countVetoes(refused),
      customers: { before: all, after: all - merges },
      clusters: countSizes(clusters),
      histogram: await readHistogram(deps, space),
      samples: await readSamples(deps, space, thresholds),
      segments: kind === 'people' ? await deps.segments.countAfter(workspace, clusters) : [],
      households:
        kind === 'people'
          ? { households: households.length, people: households.reduce((sum, { members }) => sum + members.length, 0) }
          : null,
      diagnosis,
      warnings: [...model.diagnostics.warnings],
      stages: [],
      seconds: 0,
      peakRssMb: 0,
    };
    progress.signal.throwIfAborted();
    if (plan.dryRun) await storeTrialPlan(deps, plan, links);
    else {
      await storePlan(deps, plan, links, report);
      await closeMootReviews(deps, subject, workspace, links);
      if (kind === 'people') await saveHouseholds(deps, workspace, households, clusters);
      await deps.pg.run(dequeueBefore, { workspace, kind, before: since });
    }
    return report;
  } finally {
    if (plan.dryRun) {
      await engine.dropMatchTables(space);
      await deps.ch.run(dropTrialRecords, { workspace, kind: nameOfSet(set) });
    }
  }
}

/** Fits a version and keeps it. A run that is repeated finds the version it fitted before. */
async function fit(
  deps: MatchDeps,
  space: MatchSpace,
  { workspace, id, kind }: RunPlan,
  settings: MatchModel['settings'],
  work: Parameters<MatchDeps['engine']['fitModel']>[2],
): Promise<MatchModel> {
  const model = await deps.engine.fitModel(space, settings, work);
  await deps.pg.transaction(async (tx) => {
    const run = await tx.row(findRun, { workspace, id });
    if (run === null || run.model_version !== null) return;
    const row = await tx.row(insertModel, {
      workspace,
      kind,
      at: deps.clock.now(),
      actor: run.requested_by,
      model: toStored(model),
    });
    await tx.run(setModel, { workspace, id, model: row?.version ?? 0 });
  });
  return model;
}

interface Found {
  readonly links: PlannedLink[];
  readonly clusters: number[][];
  readonly refused: { left: number; right: number; veto: MatchVeto }[];
}

/** What clustering wants, as far as identifiers allow it: a merge that a limit forbids becomes a question. */
async function findLinks(
  deps: MatchDeps,
  subject: MatchSubject,
  space: MatchSpace,
  workspace: number,
  result: ClusterResult,
  apart: readonly (readonly [number, number])[],
  thresholds: MatchThresholds,
  signal: AbortSignal,
): Promise<Found> {
  const wanted = await findPairs(deps, space, result.joins);
  const outcomes = await subject.foresee(deps.pg, workspace, wanted);
  const joins = wanted.filter((_, index) => outcomes[index] === 'merged');
  const blocked = wanted.filter((_, index) => outcomes[index] === 'identifier_limit');
  const refused = [
    ...result.refused,
    ...blocked.map(({ left, right }) => ({ left, right, veto: 'identifier_limit' as const })),
  ];
  const clusters = clustersOf(joins);
  const undecided = [
    ...(await findPairs(deps, space, result.refused)),
    ...blocked,
    ...(await readUndecided(deps, space, thresholds, signal)),
  ];
  return { links: planLinks({ clusters, refused }, joins, undecided, apart), clusters, refused };
}

function countVetoes(refused: Found['refused']): RunReport['vetoes'] {
  const counts: RunReport['vetoes'] = {};
  for (const { veto } of refused) counts[veto] = (counts[veto] ?? 0) + 1;
  return counts;
}

/** Nothing to compare: says so instead of fitting a model on one record. */
const emptyReport = (all: number, records: number): StoredReport => ({
  records,
  pairs: 0,
  bands: { auto: 0, review: 0 },
  merges: 0,
  asks: 0,
  vetoes: {},
  customers: { before: all, after: all },
  clusters: [],
  histogram: [],
  samples: [],
  segments: [],
  households: null,
  diagnosis: { records, completeness: [], blocking: [], unlinkable: { records: 0, reasons: [] } },
  warnings: ['too_few_records'],
  stages: [],
  seconds: 0,
  peakRssMb: 0,
});

const timed = (report: StoredReport, progress: RunProgress, started: number): StoredReport => ({
  ...report,
  stages: [...progress.stages].map(([stage, seconds]) => ({ stage, seconds: Math.round(seconds * 1000) / 1000 })),
  seconds: Math.round(performance.now() - started) / 1000,
  peakRssMb: progress.peakRssMb(),
});

const describe = (error: unknown): { code: string; detail: string } =>
  error instanceof Fault
    ? { code: error.code, detail: error.message }
    : { code: 'unify.run_failed', detail: 'Something unforeseen happened; the log says what. Nothing was half done.' };
