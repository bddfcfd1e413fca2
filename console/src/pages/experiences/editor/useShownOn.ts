import type { DecisionsAnswer, ExperienceContent } from '@vitrail/contracts';
import { useEffect } from 'react';
import type { Draft } from '../form/draft.ts';
import { selectorsOf } from './checks.ts';
import type { ShopPage } from './useShopPage.ts';

interface Shown {
  readonly draft: Draft;
  readonly variant: string;
  readonly content: ExperienceContent;
  /** What somebody else gets there; undefined: the experience that is edited, alone. */
  readonly answer: DecisionsAnswer | undefined;
  readonly language: string;
  readonly mode: 'pick' | 'browse';
}

/** Keeps the page as it is wanted, whatever changes here and whichever page follows. */
export function useShownOn({ state, page, picked, tell }: ShopPage, shown: Shown): void {
  const { draft, variant, content, answer, language, mode } = shown;
  const own = { key: draft.key, variant, payload: content };
  // The one that is edited is shown as it is typed, also among the others.
  const decisions = answer?.decisions.map((one) => (one.key === own.key && one.variant === variant ? own : one)) ?? [
    own,
  ];
  const [wanted, selectors] = [JSON.stringify(decisions), JSON.stringify(selectorsOf(content))];
  const isOpen = state === 'open' && page !== null;
  // Said again to each page that introduces itself.
  const opened = page;
  useEffect(() => {
    if (isOpen && opened !== null) tell({ vitrail: 'show', decisions: JSON.parse(wanted), language });
  }, [isOpen, opened, tell, wanted, language]);
  useEffect(() => {
    if (isOpen && opened !== null) tell({ vitrail: 'count', selectors: JSON.parse(selectors) });
  }, [isOpen, opened, tell, selectors]);
  useEffect(() => {
    if (isOpen && opened !== null) tell({ vitrail: 'mode', mode });
  }, [isOpen, opened, tell, mode]);
  const chosen = picked?.selector ?? '';
  useEffect(() => {
    if (isOpen && opened !== null) tell({ vitrail: 'mark', selector: chosen });
  }, [isOpen, opened, tell, chosen]);
}
