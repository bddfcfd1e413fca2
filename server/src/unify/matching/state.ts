import type { MatchingState, MatchKind } from '@vitrail/contracts';
import type { Pg } from '../../platform/index.ts';
import { countQueued } from './live/sql/queue.pg.ts';
import { countLabels, countOpen } from './reviews/sql/reviews.pg.ts';
import { loadPolicy } from './runs/policy.ts';
import { listMatchModels } from './runs/showModels.ts';
import { newestRuns } from './runs/showRun.ts';

/** What is in force for one kind, and where things stand. */
export async function readState(pg: Pg, workspace: number, kind: MatchKind): Promise<MatchingState> {
  const [policy, models, runs, open, queued, labels] = await Promise.all([
    loadPolicy(pg, workspace, kind),
    listMatchModels(pg, workspace, kind),
    newestRuns(pg, workspace, kind),
    pg.row(countOpen, { workspace, kind }),
    pg.row(countQueued, { workspace, kind }),
    pg.row(countLabels, { workspace, kind }),
  ]);
  return {
    kind,
    model: models.find(({ state }) => state === 'active') ?? null,
    thresholds: policy.thresholds,
    automatic: policy.automatic,
    twoPerson: policy.twoPerson,
    checkedShare: policy.checkedShare,
    ...runs,
    openReviews: (open?.open ?? 0) + (open?.second ?? 0),
    waiting: queued?.waiting ?? 0,
    labels: labels?.labels ?? 0,
  };
}
