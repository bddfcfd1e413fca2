import type { ExperimentKind } from '@vitrail/contracts';
import type { Pg } from '../platform/index.ts';

/** What an experiment may decide outside of pages: which message, which way of a journey, which products. */
export type AssignedKind = Extract<ExperimentKind, 'message' | 'journey' | 'recommendation'>;

export interface AssignAsk {
  readonly workspace: number;
  readonly kind: AssignedKind;
  /** Key of the experiment. */
  readonly experiment: string;
  /** Customers, by their root. */
  readonly roots: readonly number[];
}

/**
 * Experiments as the rooms see them that reach people: the experience room assigns, `app/` hands it on. Whoever was given a
 * variation keeps it. Nobody is in an experiment that does not run.
 */
export interface Assigner {
  /** Keys of the variations of an experiment that runs, control first; null: none of this kind and key does. */
  variations(workspace: number, kind: AssignedKind, experiment: string): Promise<readonly string[] | null>;
  /** The variation of each customer who is in it, kept with the caller's transaction. The others are held out, or not covered. */
  assign(tx: Pg, ask: AssignAsk): Promise<ReadonlyMap<number, string>>;
  /** The same, and nothing is kept: for previews. */
  foresee(ask: AssignAsk): Promise<ReadonlyMap<number, string>>;
  /** These profile rows truly got what their customer was given: told as `Experiment Viewed`, once, with the transaction. */
  expose(tx: Pg, ask: Omit<AssignAsk, 'roots'> & { readonly profiles: readonly number[] }): Promise<void>;
  /** The experiment that decides one of these places, the first place first; null: none runs there. */
  decides(workspace: number, kind: AssignedKind, targets: readonly string[]): Promise<string | null>;
}
