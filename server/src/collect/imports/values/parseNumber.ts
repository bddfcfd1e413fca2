import { isCurrencyCode } from './parseWord.ts';
import { Problem, quote } from './problem.ts';

export type DecimalMark = ',' | '.';

// Spaces used between thousands: plain, no-break, narrow no-break (French), thin, figure.
const spaces = /[\s\u00a0\u202f\u2009\u2007]/g;
const plain = /^-?\d+(?:\.\d+)?$/;
const grouped = { '.': /^\d{1,3}(?:[,'’]\d{3})+(?:\.\d*)?$/, ',': /^\d{1,3}(?:[.'’]\d{3})+(?:,\d*)?$/ };
const single = { '.': /^\d*(?:\.\d*)?$/, ',': /^\d*(?:,\d*)?$/ };
const scientific = /^\d+(?:[.,]\d+)?e[+-]?\d+$/i;
const unitMarks = /\p{Sc}|(?<![a-z])(?:euros?|dollars?|livres?|ttc|ht|[a-z]{3})\.?(?![a-z])/giu;
/** Without currency signs, codes in use and names; other words stay, so that "12 rue" is no number. */
const withoutUnits = (text: string): string =>
  text.replace(unitMarks, (mark) =>
    /^[a-z]{3}$/i.test(mark) && mark.toLowerCase() !== 'ttc' && !isCurrencyCode(mark.toUpperCase()) ? mark : '',
  );

/** Beyond this, sums in ten-thousandths would no longer be exact in a float, and no till prints it. */
export const largestAmount = 1e11;

/**
 * A number as people and tills write it: `1 234,56 €`, `$1,234.56`, `(12.50)`, `12,50-`, `1'234.50`.
 * `mark` is the column's decimal mark; it decides only what could be read both ways (`1,234`). Never NaN or infinite.
 */
export function parseNumber(raw: string, mark: DecimalMark, limit = largestAmount): number | Problem {
  if (mark === '.' && raw.length < 16 && plain.test(raw)) return bounded(Number(raw), raw, limit);
  let text = withoutUnits(raw.replace(spaces, ''));
  let sign = 1;
  if (text.startsWith('(') && text.endsWith(')')) {
    sign = -1;
    text = text.slice(1, -1);
  }
  if (/^[-−–]/.test(text)) {
    sign = -sign;
    text = text.slice(1);
  } else if (/[-−–]$/.test(text)) {
    sign = -sign;
    text = text.slice(0, -1);
  } else if (text.startsWith('+')) text = text.slice(1);
  text = withoutUnits(text);
  const digits = readDigits(text, mark) ?? readDigits(text, mark === ',' ? '.' : ',');
  if (digits === null || !/\d/.test(digits)) return new Problem('number_unreadable', `${quote(raw)} is not a number`);
  return bounded(sign * Number(digits), raw, limit);
}

/** Unsigned digits with a point, or null when the text is not written with this decimal mark. */
function readDigits(text: string, mark: DecimalMark): string | null {
  if (grouped[mark].test(text)) return text.replace(mark === ',' ? /[.'’]/g : /[,'’]/g, '').replace(',', '.');
  if (single[mark].test(text) || scientific.test(text)) return text.replace(',', '.');
  return null;
}

function bounded(value: number, raw: unknown, limit: number): number | Problem {
  return Math.abs(value) < limit ? value : new Problem('number_out_of_range', `${quote(raw)} is impossibly large`);
}

/** A number out of JSON, Parquet or a workbook. */
export function checkNumber(value: number, limit = largestAmount): number | Problem {
  return Number.isFinite(value) ? bounded(value, value, limit) : new Problem('number_unreadable', 'not a number');
}

/**
 * The decimal mark a column's values show, or null when none of them tells: `1,5` and `12.345,67` say comma,
 * `1.5` and `12,345.67` say point, `1,234` could be either.
 */
export function guessDecimalMark(values: Iterable<string>): DecimalMark | null {
  let comma = 0;
  let point = 0;
  for (const value of values) {
    const text = withoutUnits(value.replace(spaces, ''));
    if (!/^[-+(−–]?[\d.,'’]+[)−–-]?$/.test(text)) continue;
    const lastComma = text.lastIndexOf(',');
    const lastPoint = text.lastIndexOf('.');
    if (lastComma < 0 && lastPoint < 0) continue;
    if (lastComma >= 0 && lastPoint >= 0) lastComma > lastPoint ? comma++ : point++;
    else {
      const last = Math.max(lastComma, lastPoint);
      const mark = text[last] ?? '';
      const repeated = text.indexOf(mark) !== last;
      const decimals = /^\d*/.exec(text.slice(last + 1))?.[0].length ?? 0;
      // A mark repeated separates thousands, so the other one would be decimal; three digits alone say nothing.
      if (repeated) mark === ',' ? point++ : comma++;
      else if (decimals !== 3 || /^[-+(−–]?0?[.,]/.test(text)) mark === ',' ? comma++ : point++;
    }
  }
  if (comma === 0 && point === 0) return null;
  return comma > point ? ',' : '.';
}
