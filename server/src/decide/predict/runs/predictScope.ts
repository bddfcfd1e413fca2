import type { Deps } from '../../../platform/index.ts';
import { localDay } from '../../analytics/days.ts';
import { markReferences } from '../../references/changeReferences.ts';
import { type LearnOptions, learnInThread } from '../backtest/learnInThread.ts';
import { scoreSettings } from '../score/compileScores.ts';
import { compileBuyerCount, compileScoring, compileShopDays, type ShopScope } from '../score/compileShop.ts';
import { deleteFormerPredictions, keepPublished, summarisePredictions } from '../sql/predictions.ch.ts';
import { notePublished, savePredictionFit, usePredictionRun } from '../sql/predictions.pg.ts';
import { type FitResult, resultOf, storedResult } from './fitResult.ts';
import type { RunWatch } from './watchRun.ts';

/** Models are learnt on at most about as many buyers; everybody is scored. */
const mostLearnt = 500_000;
/** Probabilities are kept for a later comparison at most once in this time. */
const publishEveryMs = 6.5 * 86_400_000;
const publishedHorizon = 90;

export type ScopeDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'>;

/**
 * Learns, proves and scores one group of buyers. When what was learnt is good enough, its scores are written and then put in
 * use, all at once; otherwise the former ones stay, and the reasons are kept. Returns whether it is in use.
 */
export async function predictScope(
  deps: ScopeDeps,
  { scope, run, currency }: { scope: ShopScope; run: number; currency: string },
  watch: RunWatch,
  thread: Pick<LearnOptions, 'execArgv'>,
): Promise<boolean> {
  const { workspace, site } = scope;
  const { signal } = watch;
  const counting = compileBuyerCount(scope);
  const [counted] = await deps.ch.rows(counting.query, counting.values, { lane: 'heavy' });
  const part = Math.max(1, Math.ceil((counted?.buyers ?? 0) / mostLearnt));
  const reading = compileShopDays(scope, part);
  const today = todayOf(scope);
  const learning = await learnInThread(
    deps.ch.stream(reading.query, reading.values, { format: 'CSVWithNames', signal }),
    { today, scale: part },
    { signal, progress: (step, done, total) => watch.report(step, done, total), ...thread },
  );
  const used = learning.served !== null && learning.scoring !== null;
  watch.report('score', 0, 1);
  const tiers: FitResult['tiers'] = [];
  const scored = { tiers, atRisk: { customers: 0, worth: 0 } };
  if (used && learning.scoring !== null) {
    const { query, values } = compileScoring(scope, learning.scoring, run);
    await deps.ch.run(query, values, { lane: 'heavy', signal, settings: scoreSettings });
    for (const row of await deps.ch.rows(summarisePredictions, { workspace, site, run }, { lane: 'heavy' })) {
      scored.tiers.push({ tier: row.tier, customers: row.customers, worth: row.worth });
      scored.atRisk.customers += row.leaving;
      scored.atRisk.worth += row.at_risk;
    }
  }
  const at = new Date(scope.now);
  await deps.pg.transaction(async (tx) => {
    await tx.run(savePredictionFit, {
      workspace,
      run,
      site,
      currency,
      at,
      served: used ? learning.served : null,
      reasons: learning.reasons,
      people: scored.tiers.reduce((sum, { customers }) => sum + customers, 0),
      result: storedResult(resultOf(learning, scored)),
    });
    await tx.row(usePredictionRun, { workspace, site, run, used });
    if (used && site === '') await markReferences(tx, workspace, { kind: 'prediction' });
  });
  if (!used) return false;
  const since = new Date(scope.now - publishEveryMs);
  const noted = await deps.pg.row(notePublished, { workspace, run, site, at, horizon: publishedHorizon, since });
  if (noted !== null) await deps.ch.run(keepPublished, { workspace, site, run }, { lane: 'heavy' });
  await deps.ch.run(deleteFormerPredictions, { workspace, site, run });
  return true;
}

/** The local day of the run as days since 1970, as the engine counts them. */
function todayOf({ now, zone }: ShopScope): number {
  return Math.floor(Date.parse(`${localDay(new Date(now), zone)}T00:00:00Z`) / 86_400_000);
}
