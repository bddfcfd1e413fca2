import { z } from 'zod';
import type { Deps, Json } from '../../../platform/index.ts';
import { intervalOf } from '../backtest/backtest.ts';
import { comparePublished, deletePublished, rankPublished } from '../sql/predictions.ch.ts';
import { listDuePublished, saveChecked } from '../sql/predictions.pg.ts';

const accuracy = z.number().nullable();
const total = z.object({ expected: z.number(), low: z.number(), high: z.number(), actual: z.number() });
export const checkedSchema = z.object({
  accuracy: z.object({ auc: accuracy, brier: accuracy, ece: accuracy, logLoss: accuracy }),
  baseRate: z.number(),
  predicted: z.number(),
  orders: total,
});
export type Checked = z.infer<typeof checkedSchema>;

/**
 * Compares published probabilities whose horizon has passed with what happened, and lets their rows go. A customer who was
 * merged since is one, with the probability that either orders.
 */
export async function checkPublished(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  zone: string,
): Promise<void> {
  const now = deps.clock.now();
  for (const { run_id: run, site, at, horizon_days: days } of await deps.pg.rows(listDuePublished, {
    workspace,
    now,
  })) {
    const asked = { workspace, site, run, at: at.getTime(), days, zone };
    const groups = await deps.ch.rows(comparePublished, asked, { lane: 'heavy' });
    const [ranked] = await deps.ch.rows(rankPublished, asked, { lane: 'heavy' });
    const result = groups.length === 0 ? null : checkedOf(groups, ranked?.auc ?? null);
    await deps.pg.run(saveChecked, { workspace, run, site, at: now, result });
    await deps.ch.run(deletePublished, { workspace, site, run });
  }
}

interface Group {
  readonly customers: number;
  readonly predicted: number;
  readonly happened: number;
  readonly brier: number;
  readonly loss: number;
  readonly orders: number;
  readonly variance: number;
  readonly came: number;
}

function checkedOf(groups: readonly Group[], auc: number | null): Checked & { readonly [key: string]: Json } {
  const sum = (pick: (group: Group) => number): number => groups.reduce((all, group) => all + pick(group), 0);
  const customers = sum((group) => group.customers);
  const orders = { mean: sum((group) => group.orders), variance: sum((group) => group.variance) };
  return {
    accuracy: {
      auc,
      brier: sum((group) => group.brier) / customers,
      ece: sum(({ predicted, happened }) => Math.abs(predicted - happened)) / customers,
      logLoss: sum((group) => group.loss) / customers,
    },
    baseRate: sum((group) => group.happened) / customers,
    predicted: Math.min(1, sum((group) => group.predicted) / customers),
    orders: { ...intervalOf(orders, 0), actual: sum((group) => group.came) },
  };
}
