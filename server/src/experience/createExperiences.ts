import { type Assigner, createPageRecommender, type RecommendDeps } from '../decide/index.ts';
import type { Deps } from '../platform/index.ts';
import type { Captures } from './capture/createCapture.ts';
import { createCountPeople } from './decisions/blocks/countPeople.ts';
import type { ShopBenefits } from './decisions/blocks/fillBlock.ts';
import { createDecide } from './decisions/decide.ts';
import { createVisitorReader, type ReadAllowances } from './decisions/visitors.ts';
import { createRunningExperiments } from './experiments/assignables.ts';
import { createFlagServer } from './flags/index.ts';

export interface ExperienceOptions {
  /** Who said yes or no to personalisation: the consents of the communicate room, handed in by `app/`. */
  readonly readAllowances: ReadAllowances;
  readonly captures: Captures;
  /** What pages may say of offers and points: of the communicate room too. */
  readonly benefits: ShopBenefits;
  /** What recommendations are answered from; one for each process. */
  readonly recommending: RecommendDeps;
  /** Which strategy an experiment gives a customer. */
  readonly assigner: Assigner;
}

/** The experience room of one process: what the shop's pages show. */
export type Experiences = ReturnType<typeof createExperiences>;

export function createExperiences(deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'>, options: ExperienceOptions) {
  const running = createRunningExperiments(deps);
  const visitors = createVisitorReader({ ...deps, ...options });
  return {
    decide: createDecide({
      ...deps,
      ...options,
      recommender: createPageRecommender({ ...options.recommending, assigner: options.assigner }),
      countPeople: createCountPeople(deps),
    }),
    captures: options.captures,
    running,
    flags: createFlagServer({ ...deps, running, visitors }),
  };
}
