import Papa from 'papaparse';
import { looksLike } from '../values/looksLike.ts';

export interface CsvDialect {
  readonly delimiter: string;
  readonly header: boolean;
  /** Line end used to split records. `\n` also serves `\r\n`: the reader strips the `\r`. */
  readonly newline: '\n' | '\r';
  /** Excel's first line `sep=;`, which is no data. */
  readonly hint: boolean;
}

const candidates = [';', ',', '\t', '|'] as const;
const sampleRows = 200;

export const newlineOf = (sample: string): '\n' | '\r' =>
  sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r';

/** Rows of a sample; the last, perhaps cut, record is left out unless the sample is the whole file. */
export function splitSample(sample: string, delimiter: string, whole: boolean): string[][] {
  const newline = newlineOf(sample);
  const parser = new Papa.Parser({ delimiter, newline, preview: sampleRows });
  const { data }: Papa.ParseResult<string[]> = parser.parse(sample, 0, !whole);
  return data.map((row) => row.map((cell) => cell.replace(/\r$/, ''))).filter((row) => row.some((cell) => cell !== ''));
}

const hintLine = /^sep=(.)\r?(?:\n|$)/i;

/** How a text table is written, from its first lines. */
export function guessCsvDialect(
  sample: string,
  whole: boolean,
  given: { delimiter?: string; header?: boolean },
): CsvDialect {
  const hint = hintLine.exec(sample);
  const text = hint === null ? sample : sample.slice(hint[0].length);
  const delimiter = given.delimiter ?? hint?.[1] ?? guessDelimiter(text, whole);
  const rows = splitSample(text, delimiter, whole);
  return {
    delimiter,
    header: given.header ?? looksLikeHeader(rows),
    newline: newlineOf(text),
    hint: hint !== null,
  };
}

/** Of the delimiters the first line has, the one under which most rows have as many cells as it; then the one that makes more cells. */
function guessDelimiter(sample: string, whole: boolean): string {
  const scored = candidates.map((delimiter) => {
    const rows = splitSample(sample, delimiter, whole);
    const width = rows[0]?.length ?? 0;
    const fitting = rows.filter((row) => row.length === width).length / Math.max(rows.length, 1);
    return { delimiter, width, fitting };
  });
  const several = scored.filter(({ width }) => width > 1);
  const alone = scored.find(({ width, fitting }) => width === 1 && fitting === 1);
  const best = several.toSorted((a, b) => b.fitting - a.fitting || b.width - a.width)[0];
  return best?.delimiter ?? alone?.delimiter ?? ',';
}

/** False when the first row is already data: it holds an e-mail, a number or a date, or an empty name among data. */
function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = []] = rows;
  return !first.some((cell) => {
    const look = looksLike([cell]);
    return (
      look === 'email' ||
      look === 'date' ||
      look === 'amount' ||
      look === 'whole' ||
      look === 'phone' ||
      look === 'uuid'
    );
  });
}

/** Column names: trimmed, never empty, never twice. */
export function nameColumns(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, index) => {
    const name = cell.trim().replace(/\s+/g, ' ').slice(0, 300) || `Column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
