import { createContext, useContext } from 'react';
import type { DraftAction } from '../draft/draft.ts';
import type { PlacedProblem } from '../draft/placeProblem.ts';

export interface PartCounts {
  readonly total: number;
  /** A newer count is on its way. */
  readonly waiting: boolean;
  readonly of: (key: number) => { readonly alone: number; readonly together: number } | null;
}

/** What every part of the builder can do and knows. */
export interface BuilderState {
  readonly dispatch: (action: DraftAction) => void;
  /** The condition whose form is open. */
  readonly open: number | null;
  readonly onOpen: (key: number | null) => void;
  readonly counts: PartCounts;
  readonly problems: readonly PlacedProblem[];
}

const BuilderContext = createContext<BuilderState | null>(null);
export const BuilderProvider = BuilderContext.Provider;

export function useBuilder(): BuilderState {
  const state = useContext(BuilderContext);
  if (state === null) throw new Error('useBuilder is used outside the builder.');
  return state;
}
