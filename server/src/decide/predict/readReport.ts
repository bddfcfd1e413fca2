import {
  type PredictionReport,
  type PredictionScope,
  type PredictionSummary,
  servingModels,
  valueTiers,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Deps, PgRow } from '../../platform/index.ts';
import { getWorkspace } from '../rfm/readRfm.ts';
import { reasonsOf } from './readProfile.ts';
import { checkedSchema } from './runs/checkPublished.ts';
import { type FitResult, fitResultSchema } from './runs/fitResult.ts';
import {
  findActivePredictionRun,
  findLastPredictionRun,
  listChecked,
  listFormerFits,
  listPredictionScopes,
} from './sql/predictions.pg.ts';

type ReportDeps = Pick<Deps, 'pg' | 'clock'>;
const isServed = z.enum(servingModels).nullable();
const isTier = z.enum(valueTiers);
const progressSchema = z.object({ step: z.string(), done: z.number(), total: z.number() });
const instantOf = (day: number): string => new Date(day * 86_400_000).toISOString();
const money = (value: number): number => Math.round(value * 100) / 100;

/** The proof: of everyone and of each site, what was learnt on, how right it was, and why something is missing. */
export async function readPredictionReport(deps: ReportDeps, workspace: number): Promise<PredictionReport> {
  const { currency } = await getWorkspace(deps, workspace);
  const [scopes, formerFits, checked, active, last] = await Promise.all([
    deps.pg.rows(listPredictionScopes, { workspace }),
    deps.pg.rows(listFormerFits, { workspace }),
    deps.pg.rows(listChecked, { workspace }),
    deps.pg.row(findActivePredictionRun, { workspace }),
    deps.pg.row(findLastPredictionRun, { workspace }),
  ]);
  const progress = progressSchema.safeParse(active?.progress);
  const ending = last?.state === 'failed' || last?.state === 'cancelled' ? [last.state] : [];
  return {
    at: deps.clock.now().toISOString(),
    currency,
    running:
      active === null
        ? null
        : {
            run: String(active.id),
            ...(progress.success ? progress.data : { step: 'queued', done: 0, total: 1 }),
            startedAt: (active.started_at ?? active.requested_at).toISOString(),
          },
    scopes: scopes.map((scope): PredictionScope => {
      const tried = fitResultSchema.parse(scope.tried_result);
      // Nothing in use: what the last try found is the next best thing to show.
      const shown = scope.result === null ? tried : fitResultSchema.parse(scope.result);
      const reasons = [...ending, ...scope.tried_reasons, ...(scope.reasons ?? [])];
      return {
        site: scope.site === '' ? null : scope.site,
        currency: scope.currency ?? scope.tried_currency,
        run: scope.run_id === null ? null : String(scope.run_id),
        at: scope.at?.toISOString() ?? null,
        triedAt: scope.tried_at.toISOString(),
        served: isServed.parse(scope.served),
        reasons: reasonsOf([...new Set(reasons)]),
        training: trainingOf(shown),
        models: shown.models,
        backtests: shown.backtests,
        drift: driftOf(tried, learntBefore(scope, formerFits)),
        published: checked
          .filter(({ site }) => site === scope.site)
          .map(({ run_id, at, horizon_days, result }) => ({
            run: String(run_id),
            at: at.toISOString(),
            horizonDays: horizon_days,
            ...checkedSchema.parse(result),
          })),
        people: scope.people ?? 0,
      };
    }),
  };
}

const trainingOf = ({ training }: FitResult): PredictionScope['training'] =>
  training === null
    ? null
    : {
        customers: training.customers,
        repeaters: training.repeaters,
        orders: training.orders,
        from: instantOf(training.from),
        to: instantOf(training.to),
        days: training.to - training.from,
      };

interface Fitted {
  readonly at: Date;
  readonly result: unknown;
}

/** What the newest try is compared with: the model in use, or when that is the newest, what was learnt weeks ago. */
function learntBefore(
  scope: PgRow<(typeof listPredictionScopes)['row']>,
  former: readonly (Fitted & { readonly site: string })[],
): Fitted | null {
  if (scope.run_id !== null && scope.run_id !== scope.tried_run_id)
    return scope.at === null ? null : { at: scope.at, result: scope.result };
  return former.find(({ site }) => site === scope.site) ?? null;
}

/** Share who ordered and mean probability, then and now. */
function driftOf({ rates: now }: FitResult, before: Fitted | null): PredictionScope['drift'] {
  const then = before === null ? null : fitResultSchema.parse(before.result).rates;
  if (before === null || then === null || now === null) return null;
  return {
    since: before.at.toISOString(),
    baseRateThen: then.base,
    baseRateNow: now.base,
    meanThen: then.mean,
    meanNow: now.mean,
  };
}

/** For the home page: what everyone together will bring, and who may leave. */
export async function readPredictionSummary(deps: ReportDeps, workspace: number): Promise<PredictionSummary> {
  const { currency } = await getWorkspace(deps, workspace);
  const scope = (await deps.pg.rows(listPredictionScopes, { workspace })).find(({ site }) => site === '');
  const result = scope?.result == null ? null : fitResultSchema.parse(scope.result);
  const reasons =
    scope === undefined ? [] : reasonsOf(scope.run_id === null ? scope.tried_reasons : (scope.reasons ?? []));
  if (scope === undefined || result === null) {
    return { at: null, currency, reasons, customers: 0, value30: null, atRisk: null, tiers: [] };
  }
  const { value30 } = result;
  return {
    at: scope.at?.toISOString() ?? null,
    currency: scope.currency ?? currency,
    reasons,
    customers: scope.people ?? 0,
    value30:
      value30 === null
        ? null
        : { expected: money(value30.expected), low: money(value30.low), high: money(value30.high) },
    atRisk: { customers: result.atRisk.customers, value365: money(result.atRisk.worth) },
    tiers: valueTiers.flatMap((tier) =>
      result.tiers
        .filter((each) => each.tier === tier)
        .map(({ customers, worth }) => ({ tier: isTier.parse(tier), customers, value365: money(worth) })),
    ),
  };
}
