import { changeDraft, type DraftAction, type DraftGroup } from './draft.ts';

/** A draft with the way back and forth. */
export interface DraftHistory {
  readonly past: readonly DraftGroup[];
  readonly present: DraftGroup;
  readonly future: readonly DraftGroup[];
  /** Edits of the same condition right after each other are one step back, as typing is. */
  readonly typing: { readonly key: number; readonly at: number } | null;
}

export type HistoryAction = (DraftAction & { readonly at: number }) | { readonly do: 'undo' } | { readonly do: 'redo' };

const kept = 200;
const typingPause = 1_200;

export const startHistory = (present: DraftGroup): DraftHistory => ({ past: [], present, future: [], typing: null });

export function changeHistory(history: DraftHistory, action: HistoryAction): DraftHistory {
  const { past, present, future, typing } = history;
  switch (action.do) {
    case 'undo': {
      const before = past.at(-1);
      if (before === undefined) return history;
      return { past: past.slice(0, -1), present: before, future: [present, ...future], typing: null };
    }
    case 'redo': {
      const [after, ...rest] = future;
      if (after === undefined) return history;
      return { past: [...past, present], present: after, future: rest, typing: null };
    }
    default: {
      const changed = changeDraft(present, action);
      if (changed === present) return history;
      const edits = action.do === 'edit' ? { key: action.key, at: action.at } : null;
      const goesOn = edits !== null && typing?.key === edits.key && edits.at - typing.at < typingPause;
      return { past: goesOn ? past : [...past, present].slice(-kept), present: changed, future: [], typing: edits };
    }
  }
}
