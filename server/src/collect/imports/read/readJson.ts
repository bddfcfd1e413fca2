import type { Json, JsonObject } from '../../../platform/index.ts';
import { isJsonObject } from '../../../platform/index.ts';
import { Problem, quote } from '../values/problem.ts';
import { recordTooLong, unreadable } from './faults.ts';
import { flattenInto, newColumns, tooDeep } from './flatten.ts';
import { limits } from './limits.ts';
import type { Bytes } from './openBytes.ts';
import { openText } from './openText.ts';
import type { BadRow, InputRow, RowBatch, RowSource } from './rows.ts';

/**
 * JSON lines, or one JSON array of objects, as rows. `flat` turns nested objects into columns named `address.city`;
 * events keep theirs.
 */
export function readJson(bytes: Bytes, encoding: string, shape: 'ndjson' | 'json', flat: boolean): RowSource {
  const columns = newColumns();
  return {
    columns: columns.names,
    async *batches() {
      let row = 0;
      const texts = openText(bytes, encoding);
      for await (const records of shape === 'ndjson' ? splitLines(texts) : splitArray(texts)) {
        const rows: (InputRow | BadRow)[] = [];
        for (const text of records) {
          row++;
          const start = text.trim();
          if (start !== '') rows.push(readRecord(row, start, columns, flat));
        }
        yield { rows, bytesRead: bytes.read() } satisfies RowBatch;
      }
    },
  };
}

function readRecord(
  row: number,
  text: string,
  columns: ReturnType<typeof newColumns>,
  flat: boolean,
): InputRow | BadRow {
  const bad = (problem: Problem): BadRow => ({ row, problem, record: { text: text.slice(0, 2_000) } });
  if (text.length > limits.recordChars) return bad(new Problem('too_large', 'Longer than a million characters'));
  let value: Json;
  try {
    value = JSON.parse(needsCleaning.test(text) ? cleanEscapes(text) : text);
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message.replace(/\s+/g, ' ').slice(0, 120) : 'unreadable';
    return bad(new Problem('not_json', why));
  }
  if (!isJsonObject(value)) return bad(new Problem('not_json', `${quote(value)} is not an object`));
  const whole: JsonObject = value;
  if (tooDeep(whole, limits.nesting))
    return bad(new Problem('nested_too_deep', `More than ${limits.nesting} levels of nesting`));
  return { row, cells: flattenInto(columns, whole, flat), whole };
}

// Escaped NUL and lone surrogates are valid JSON that PostgreSQL cannot hold.
const needsCleaning = /\\u(?:0000|d[89a-f])/i;

/** Takes escaped NULs and surrogates without their partner out of JSON text; escaped backslashes are stepped over. */
function cleanEscapes(text: string): string {
  return text.replace(
    /\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u(0000|d[89a-f][0-9a-f]{2})|\\./gi,
    (whole, high, _low, lone) =>
      high === undefined && lone !== undefined ? (lone === '0000' ? '' : '\\ufffd') : whole,
  );
}

async function* splitLines(texts: AsyncIterable<{ text: string }>): AsyncIterable<string[]> {
  let rest = '';
  let row = 1;
  for await (const { text } of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    row += lines.length;
    if (rest.length > 4 * limits.recordChars) throw recordTooLong(row);
    yield lines;
  }
  if (rest.trim() !== '') yield [rest];
}

/** The elements of one JSON array as texts, without holding the array. */
async function* splitArray(texts: AsyncIterable<{ text: string }>): AsyncIterable<string[]> {
  let rest = '';
  let depth = 0;
  let row = 1;
  let closed = false;
  let inString = false;
  let from = 0;
  let skip = 0;
  // What matters to the structure: quotes, escapes, brackets and the commas of the array itself.
  const marks = /["\\[\]{},]/g;
  for await (const { text } of texts) {
    const input: string = rest + text;
    const elements: string[] = [];
    marks.lastIndex = rest.length + skip;
    skip = 0;
    for (let match = marks.exec(input); match !== null; match = marks.exec(input)) {
      const mark = match[0];
      if (inString) {
        if (mark === '\\') {
          marks.lastIndex = match.index + 2;
          skip = Math.max(0, marks.lastIndex - input.length); // an escape cut between two chunks
        } else if (mark === '"') inString = false;
      } else if (mark === '"') inString = true;
      else if (mark === '[' || mark === '{') {
        if (depth++ === 0) from = match.index + 1;
      } else if (mark === ']' || mark === '}') {
        if (--depth === 0) {
          elements.push(input.slice(from, match.index));
          closed = true;
          from = match.index + 1;
        }
      } else if (depth === 1) {
        elements.push(input.slice(from, match.index));
        from = match.index + 1;
      }
    }
    rest = input.slice(from);
    from = 0;
    row += elements.length;
    if (rest.length > 4 * limits.recordChars) throw recordTooLong(row);
    yield elements;
  }
  if (!closed) throw unreadable('json_cut', 'The JSON array is never closed: the file was cut short. Send it again.');
}
