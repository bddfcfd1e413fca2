import { foldText } from './foldText.ts';

// By their first letters, in English and French; « juin » and « juillet » need four.
const months: readonly (readonly string[])[] = [
  ['jan'],
  ['feb', 'fev'],
  ['mar'],
  ['apr', 'avr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aou'],
  ['sep'],
  ['oct'],
  ['nov'],
  ['dec'],
];

/** 1–12 for a month's name or abbreviation, or null. */
export function monthOf(name: string): number | null {
  const text = foldText(name);
  const index = months.findIndex((starts) => starts.some((start) => text.startsWith(start)));
  return index < 0 ? null : index + 1;
}
