import { type RecommendationReport, recommendationEvaluationSchema } from '@vitrail/contracts';
import { z } from 'zod';
import type { Deps } from '../../platform/index.ts';
import type { Shelves } from './serve/shelf.ts';
import { readArms } from './sql/freshness.ch.ts';
import { findBuildRun } from './sql/runs.pg.ts';
import { readScope } from './sql/scope.pg.ts';

const onlineDays = 30;
const dayMs = 86_400_000;
const evaluations = z.array(recommendationEvaluationSchema);
const progress = z.object({ step: z.string(), done: z.number(), total: z.number() });

/** What serves, how well it foresaw the past, and what people did with it against those who got popular products. */
export async function readReport(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'> & { readonly shelves: Pick<Shelves, 'get'> },
  workspace: number,
): Promise<RecommendationReport> {
  const since = deps.clock.now().getTime() - onlineDays * dayMs;
  const [scope, run, shelf, arms] = await Promise.all([
    deps.pg.row(readScope, { workspace }),
    deps.pg.row(findBuildRun, { workspace }),
    deps.shelves.get(workspace),
    deps.ch.rows(readArms, { workspace, since }),
  ]);
  const at = run === null ? { step: 'queued', done: 0, total: 1 } : progress.safeParse(run.progress).data;
  const { catalogue } = shelf;
  return {
    builtAt: scope?.built_at?.toISOString() ?? null,
    freshAt: scope?.fresh_at?.toISOString() ?? null,
    catalogue: { products: catalogue.onSale, inStock: catalogue.inStock, alarm: scope?.alarm ?? catalogue.alarm },
    items: scope?.items ?? 0,
    people: scope?.people ?? 0,
    pairs: scope?.pairs ?? 0,
    method: scope?.method === 'ease' ? 'ease' : scope?.method === 'cosine' ? 'cosine' : null,
    running:
      run === null
        ? null
        : {
            run: String(run.id),
            ...(at ?? { step: 'queued', done: 0, total: 1 }),
            startedAt: (run.started_at ?? run.requested_at).toISOString(),
          },
    evaluations: evaluations.parse(scope?.evaluations ?? []),
    online: {
      days: onlineDays,
      arms: (['recommended', 'popular'] as const).map((arm) => {
        const row = arms.find((each) => each.arm === arm);
        return {
          arm,
          people: row?.people ?? 0,
          shown: row?.shown ?? 0,
          clicked: row?.clicked ?? 0,
          ordered: row?.ordered ?? 0,
          revenue: Math.round((row?.revenue ?? 0) * 100) / 100,
        };
      }),
    },
  };
}
