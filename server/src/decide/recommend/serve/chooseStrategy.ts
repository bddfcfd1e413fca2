import { type RecommendationStrategy, recommendationStrategies } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import type { Assigner } from '../../assigner.ts';

/** The strategy that an experiment gives a customer at a place of the shop; null: none decides. */
export type ChooseStrategy = (
  root: number,
  place: { readonly slot: string | undefined; readonly strategy: RecommendationStrategy },
) => Promise<{ readonly experiment: string; readonly strategy: RecommendationStrategy } | null>;

const kind = 'recommendation';

/**
 * An experiment on recommendations stands at a slot, or at a strategy wherever it is asked for; its variations are named as the
 * strategies they show. `shown`: the answer goes to the customer, who was thereby exposed. `preview`: nothing is kept.
 */
export const createStrategyChooser =
  (
    { pg, assigner }: Pick<Deps, 'pg'> & { readonly assigner: Assigner },
    workspace: number,
    purpose: 'shown' | 'preview',
  ): ChooseStrategy =>
  async (root, { slot, strategy }) => {
    const experiment = await assigner.decides(workspace, kind, slot === undefined ? [strategy] : [slot, strategy]);
    if (experiment === null) return null;
    const ask = { workspace, kind, experiment, roots: [root] } as const;
    const given =
      purpose === 'preview'
        ? await assigner.foresee(ask)
        : await pg.transaction(async (tx) => {
            const assigned = await assigner.assign(tx, ask);
            if (assigned.size > 0) await assigner.expose(tx, { ...ask, profiles: [root] });
            return assigned;
          });
    const variation = recommendationStrategies.find((each) => each === given.get(root));
    return variation === undefined ? null : { experiment, strategy: variation };
  };
