import { type RecommendationStrategy, recommendationStrategies } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import type { Assigner } from '../../assigner.ts';
import { gather } from './gather.ts';

/** Where products are asked for. */
export interface StrategyPlace {
  /** Names of the place, the narrowest first. */
  readonly slots: readonly string[];
  /** What it shows where no experiment decides. */
  readonly strategy: RecommendationStrategy;
}

/**
 * What becomes of the answer. `shown`: it goes to the customer, who is thereby exposed. `kept`: it may still not reach them;
 * whoever hands it over tells of it. `preview`: nothing is kept.
 */
export type StrategyPurpose = 'shown' | 'kept' | 'preview';

/** The strategy that an experiment gives a customer. */
export interface ChosenStrategy {
  readonly experiment: string;
  readonly strategy: RecommendationStrategy;
}

/** The experiment's word on one customer at a place; null: none decides. */
export type ChooseStrategy = (root: number, place: StrategyPlace) => Promise<ChosenStrategy | null>;

export interface StrategyChooser {
  /** For one who waits for an answer: those who ask at the same time share a transaction. */
  forOne(workspace: number, purpose: StrategyPurpose): ChooseStrategy;
  /** For many at once, by root. Who is in no experiment is left out. */
  forMany(
    workspace: number,
    purpose: StrategyPurpose,
    asked: { readonly roots: readonly number[]; readonly place: StrategyPlace },
  ): Promise<ReadonlyMap<number, ChosenStrategy>>;
}

interface Asked {
  readonly workspace: number;
  readonly purpose: StrategyPurpose;
  readonly experiment: string;
}

const kind = 'recommendation';

/**
 * The one place where experiments decide about recommendations: for the API, for blocks of pages, and for messages. An
 * experiment stands at a slot, or at a strategy wherever it is asked for; its variations are named as the strategies they show.
 */
export function createStrategyChooser({ pg, assigner }: Pick<Deps, 'pg'> & { assigner: Assigner }): StrategyChooser {
  const find = (workspace: number, { slots, strategy }: StrategyPlace): Promise<string | null> =>
    assigner.decides(workspace, kind, [...slots, strategy]);

  const give = async ({ workspace, purpose, experiment }: Asked, roots: readonly number[]) => {
    const ask = { workspace, kind, experiment, roots } as const;
    if (purpose === 'preview') return assigner.foresee(ask);
    return pg.transaction(async (tx) => {
      const assigned = await assigner.assign(tx, ask);
      if (purpose === 'shown')
        await assigner.expose(tx, { workspace, kind, experiment, profiles: [...assigned.keys()] });
      return assigned;
    });
  };

  const together = gather(async (asked: readonly (Asked & { readonly root: number })[]) => {
    const groups = new Map<string, Asked & { readonly roots: Set<number> }>();
    const groupOf = ({ workspace, purpose, experiment }: Asked): string => `${workspace}/${purpose}/${experiment}`;
    for (const { root, ...one } of asked) {
      const group = groups.get(groupOf(one)) ?? { ...one, roots: new Set() };
      groups.set(groupOf(one), group);
      group.roots.add(root);
    }
    const given = new Map(
      await Promise.all(
        [...groups].map(async ([name, { roots, ...one }]) => [name, await give(one, [...roots])] as const),
      ),
    );
    return asked.map(({ root, ...one }) => given.get(groupOf(one))?.get(root) ?? null);
  });

  return {
    forOne: (workspace, purpose) => async (root, place) => {
      const experiment = await find(workspace, place);
      return experiment === null
        ? null
        : chosenBy(experiment, await together({ workspace, purpose, experiment, root }));
    },

    async forMany(workspace, purpose, { roots, place }) {
      const experiment = roots.length === 0 ? null : await find(workspace, place);
      if (experiment === null) return new Map();
      const given = await give({ workspace, purpose, experiment }, [...new Set(roots)]);
      return new Map(
        [...given].flatMap(([root, variation]): [number, ChosenStrategy][] => {
          const chosen = chosenBy(experiment, variation);
          return chosen === null ? [] : [[root, chosen]];
        }),
      );
    },
  };
}

function chosenBy(experiment: string, variation: string | null): ChosenStrategy | null {
  const strategy = recommendationStrategies.find((each) => each === variation);
  return strategy === undefined ? null : { experiment, strategy };
}
