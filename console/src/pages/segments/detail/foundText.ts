import type { Format } from '../../../ui/format/format.ts';

export interface FoundWords {
  readonly granted: string;
  readonly denied: string;
  readonly unknown: string;
  readonly yes: string;
  readonly no: string;
  /** Of what data partners say. */
  readonly 'outside:nothing': string;
  readonly 'outside:refused': string;
  readonly 'outside:over': string;
  readonly 'outside:use': string;
}

const isWord = (text: string, words: FoundWords): text is keyof FoundWords => Object.hasOwn(words, text);

function readList(text: string): readonly string[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : null;
  } catch (error) {
    // Begins like a list and is none: a text of the shop's own.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What was found for a person, as the server writes it, in the reader's words and notation. */
export function foundText(
  found: string,
  format: Pick<Format, 'number' | 'dateTime' | 'list'>,
  words: FoundWords,
): string {
  if (isWord(found, words)) return words[found];
  if (found === 'true' || found === 'false') return found === 'true' ? words.yes : words.no;
  if (/^-?\d+(\.\d+)?$/.test(found) && !/^0\d/.test(found) && found.length < 16) return format.number(Number(found), 2);
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(found)) {
    const at = new Date(/[zZ]|[+-]\d{2}:?\d{2}$/.test(found) ? found : `${found.replace(' ', 'T')}Z`);
    if (!Number.isNaN(at.getTime())) return format.dateTime(at);
  }
  const list = found.startsWith('[') ? readList(found) : null;
  return list === null ? found : format.list(list);
}
