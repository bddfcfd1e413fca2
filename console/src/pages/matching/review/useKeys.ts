import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { actionOf, type Letters, type ReviewAction } from './shortcuts.ts';

/** Keys typed into a field, a menu or a dialog are for that. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]',
  ) !== null;

/** Calls `onAction` for the keys of the queue while the page is open, unless the reader has switched them off. */
export function useKeys(onAction: (action: ReviewAction) => void, enabled: boolean) {
  const { t } = useTranslation();
  const [on, setOn] = useLocalStorage({
    key: 'vitrail.review.keys',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const letters = useMemo<Letters>(
    () => ({
      merge: t('review.key.merge'),
      distinct: t('review.key.distinct'),
      unsure: t('review.key.unsure'),
      undo: t('review.key.undo'),
      next: 'J',
      previous: 'K',
      assign: 'A',
      comment: 'C',
      help: '?',
    }),
    [t],
  );
  const act = useRef(onAction);
  act.current = onAction;
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isElsewhere(event.target)) return;
      const action = actionOf(event, letters);
      // Help must be found even when the other keys are off.
      if (action === null || (!on && action !== 'help')) return;
      event.preventDefault();
      act.current(action);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [enabled, on, letters]);
  return { letters, on: on && enabled, setOn };
}
