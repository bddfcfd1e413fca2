import type { Piece } from '../../experiences/blocks.ts';

const units = { en: ['d', 'h', 'min', 's'], fr: ['j', 'h', 'min', 's'] } as const;
const spans = [86_400, 3_600, 60, 1] as const;

/** To a real end, after which it is gone. A screen reader is not told each second. */
export function countdown(until: string, language: string): Piece | null {
  const end = Date.parse(until);
  if (!(end > Date.now())) return null;
  const element = document.createElement('div');
  element.setAttribute('role', 'timer');
  element.setAttribute('aria-live', 'off');
  const names = language.startsWith('fr') ? units.fr : units.en;
  const tell = (): void => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1_000));
    const values = spans.map((span, at) => Math.floor(at === 0 ? left / span : (left % (spans[at - 1] ?? 1)) / span));
    const from = values.findIndex((value) => value > 0);
    element.textContent = values
      .map((value, at) => `${value}\u00a0${names[at]}`)
      .slice(from < 0 ? 3 : from)
      .join(' ');
    if (left > 0) return;
    clearInterval(timer);
    element.remove();
  };
  const timer = setInterval(tell, 1_000);
  tell();
  return { element, stop: () => clearInterval(timer) };
}
