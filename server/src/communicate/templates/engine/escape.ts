import { unmarked } from './marks.ts';

const special = /[&<>"']/;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for a page, in elements and in attributes. */
export const escapeHtml = (text: string): string =>
  special.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? '') : text;

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
};

/** Back from what `escapeHtml` wrote, or an author. */
export const unescapeHtml = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:amp|lt|gt|quot|#39|#x27);/gi, (entity) => characters[entity.toLowerCase()] ?? '')
    : text;

/** What a value looks like in a message: nothing for null, lists joined, objects not at all. */
export function shownText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return unmarked(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(shownText).join(', ');
  return '';
}

/** One line: whatever could begin another header, or hide what follows, becomes a space. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
