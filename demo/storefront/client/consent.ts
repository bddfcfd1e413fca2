import { element, show } from './page.ts';
import { recall, remember } from './storage.ts';

export type Preferences = Readonly<Record<'analytics' | 'advertising' | 'personalisation', boolean>>;

const categories = ['analytics', 'advertising', 'personalisation'] as const;
const everything: Preferences = { analytics: true, advertising: true, personalisation: true };
const nothing: Preferences = { analytics: false, advertising: false, personalisation: false };

/** The visitor's answer; null while there is none. */
export function readConsent(): Preferences | null {
  return recall<Preferences | null>('consent', null);
}

/** Asks when there is no answer yet, and again whenever the visitor wants to change it. */
export function startConsent(onAnswer: (preferences: Preferences) => void): void {
  const banner = element('#consent', HTMLElement);
  const choices = element('#consent-choices', HTMLFieldSetElement);
  const boxes = () => choices.querySelectorAll('input');
  const ask = (choosing: boolean): void => {
    banner.hidden = false;
    choices.hidden = !choosing;
    show('[data-consent="save"]', choosing);
    show('[data-consent="choose"]', !choosing);
    const known = readConsent();
    for (const box of boxes()) box.checked = known?.[nameOf(box)] ?? false;
  };
  const answer = (preferences: Preferences): void => {
    remember('consent', preferences);
    banner.hidden = true;
    onAnswer(preferences);
  };
  banner.addEventListener('click', (event) => {
    const button = event.target instanceof HTMLElement ? event.target.dataset.consent : undefined;
    if (button === 'all') answer(everything);
    if (button === 'none') answer(nothing);
    if (button === 'choose') {
      ask(true);
      boxes()[0]?.focus();
    }
    if (button === 'save') {
      const chosen = new Set([...boxes()].filter((box) => box.checked).map(nameOf));
      answer({
        analytics: chosen.has('analytics'),
        advertising: chosen.has('advertising'),
        personalisation: chosen.has('personalisation'),
      });
    }
  });
  element('#cookies', HTMLButtonElement).addEventListener('click', () => {
    ask(true);
    boxes()[0]?.focus();
  });
  if (readConsent() === null) ask(false);
}

function nameOf(box: HTMLInputElement): (typeof categories)[number] {
  const name = categories.find((category) => category === box.name);
  if (name === undefined) throw new Error(`There is no consent category ${box.name}.`);
  return name;
}
