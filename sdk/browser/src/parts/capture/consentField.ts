import type { Consent } from '../../experiences/capturePart.ts';
import { inLanguage } from '../../experiences/payload.ts';
import { make } from './elements.ts';
import type { Sending } from './send.ts';

/** What is agreed to: a box that is empty at first, or the words beside the button. `said`: the very words, if they agreed. */
export function buildConsent(
  consent: Consent | undefined,
  language: string,
): { element: HTMLElement | null; said(): Sending['consent'] } {
  const text = consent === undefined ? undefined : inLanguage(consent.text, language);
  if (consent === undefined || text === undefined) return { element: null, said: () => null };
  const spoken = Object.keys(consent.text).find((each) => consent.text[each] === text) ?? '';
  const box = make('input', { type: 'checkbox', required: consent.required });
  const element = consent.box
    ? make('label', { className: 'agree' }, box, make('span', { textContent: text }))
    : make('p', { className: 'step', textContent: text });
  return { element, said: () => (consent.box && !box.checked ? null : { text, language: spoken }) };
}
