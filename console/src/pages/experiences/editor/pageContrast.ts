import type { PickedElement } from '@vitrail/contracts';
import { contrast } from '../preview/contrast.ts';

/** `rgb(18, 52, 86)` as browsers say it → `#123456`; null for what lets something through, and for other ways to say colours. */
function hexOf(colour: string): string | null {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return null;
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Contrast of an element's text on its ground; null when the page does not say it plainly, as over a picture. */
export function pageContrast({ text, background }: PickedElement['colours']): number | null {
  const [one, other] = [hexOf(text), hexOf(background)];
  return one === null || other === null ? null : contrast(one, other);
}
