import Papa from 'papaparse';
import { Problem } from '../values/problem.ts';
import type { CsvDialect } from './csvDialect.ts';
import { quoteNeverClosed, quotesMisplaced, recordTooLong } from './faults.ts';
import { limits } from './limits.ts';
import type { Bytes } from './openBytes.ts';
import { openText } from './openText.ts';
import { type BadRow, type InputRow, type RowBatch, type RowSource, recordOf } from './rows.ts';

/** A text table as rows. Papaparse splits records (quotes, embedded line ends); the shape of each is judged here. */
export function readCsv(bytes: Bytes, encoding: string, dialect: CsvDialect, columns: readonly string[]): RowSource {
  return {
    columns,
    async *batches() {
      const judge = rowJudge(columns);
      let skip = (dialect.hint ? 1 : 0) + (dialect.header ? 1 : 0);
      // The spreadsheet's numbering: the header is row 1, the `sep=` line is not shown.
      let row = dialect.hint ? -1 : 0;
      for await (const chunk of splitRecords(openText(bytes, encoding), dialect)) {
        const rows: (InputRow | BadRow)[] = [];
        for (const cells of chunk.records) {
          row++;
          if (skip > 0) {
            skip--;
            continue;
          }
          const judged = judge(row, cells, chunk.malformed, chunk.damaged);
          if (judged !== null) rows.push(judged);
        }
        yield { rows, bytesRead: bytes.read() } satisfies RowBatch;
      }
    },
  };
}

const mostMalformed = 200;

interface Records {
  readonly records: readonly string[][];
  /** True for a line that could not be split, because of a quotation mark out of place: its one cell is the whole line. */
  readonly malformed: boolean;
  readonly damaged: boolean;
}

async function* splitRecords(
  text: AsyncIterable<{ text: string; damaged: boolean }>,
  dialect: CsvDialect,
): AsyncIterable<Records> {
  let rest = '';
  let restDamaged = false;
  let line = 1;
  let malformed = 0;
  const splitAll = function* (input: string, last: boolean, damaged: boolean): Iterable<Records> {
    rest = input;
    for (let more = true; more; ) {
      const { records, used, bad } = splitOnce(rest, last, dialect, line);
      line += countOf(rest, dialect.newline, used);
      rest = rest.slice(used);
      yield { records, malformed: false, damaged };
      if (bad === null) more = false;
      else {
        // Each costs another look at the chunk, and so many are no typing errors.
        if (++malformed > mostMalformed) throw quotesMisplaced(line);
        yield { records: [[bad]], malformed: true, damaged };
        line++;
        rest = rest.slice(bad.length + 1);
        more = rest !== '';
      }
    }
    if (rest.length > limits.recordChars) throw rest.includes('"') ? quoteNeverClosed(line) : recordTooLong(line);
  };
  for await (const chunk of text) {
    yield* splitAll(rest + chunk.text, false, chunk.damaged || restDamaged);
    restDamaged = chunk.damaged && rest !== '';
  }
  if (rest !== '') yield* splitAll(rest, true, restDamaged);
}

/**
 * Splits text up to its end, to its last, perhaps cut, record, or to a line with a quotation mark out of place (`bad`).
 * `used` characters are done with; `bad` comes right after them.
 */
function splitOnce(
  input: string,
  last: boolean,
  { delimiter, newline }: CsvDialect,
  line: number,
): { records: string[][]; used: number; bad: string | null } {
  const parse = (preview: number): Papa.ParseResult<string[]> =>
    new Papa.Parser({ delimiter, newline, preview }).parse(input, 0, !last);
  const { data, errors, meta } = parse(0);
  const [error] = errors;
  const at = error?.row ?? 0;
  if (error === undefined) return { records: data, used: last ? input.length : (meta.cursor ?? 0), bad: null };
  if (error.code === 'MissingQuotes') throw quoteNeverClosed(line + linesOf(data.slice(0, at), newline));

  const opened = error.index ?? 0;
  const lineEnd = input.indexOf(newline, opened);
  const closed = closingQuote(input, opened);
  // The end of the line has not come yet: what looks wrong may be a `\r` before its `\n`.
  if (lineEnd < 0 && !last)
    return { records: data.slice(0, at), used: at === 0 ? 0 : (parse(at).meta.cursor ?? 0), bad: null };
  const start = at === 0 ? 0 : (parse(at).meta.cursor ?? 0);
  const end = lineEnd < 0 ? input.length : lineEnd;
  // The cell goes on over whole lines looking for its end: what follows is no longer telling.
  if (closed > end || input.slice(start, opened).includes(newline))
    throw quoteNeverClosed(line + linesOf(data.slice(0, at), newline));
  return { records: data.slice(0, at), used: start, bad: input.slice(start, end) };
}

/** Where a quoted cell that begins at `from` first seems to end. */
function closingQuote(input: string, from: number): number {
  for (let at = input.indexOf('"', from); at >= 0; at = input.indexOf('"', at + 2))
    if (input[at + 1] !== '"') return at;
  return input.length;
}

function countOf(text: string, mark: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0 && at < end; at = text.indexOf(mark, at + 1)) count++;
  return count;
}

const linesOf = (records: readonly string[][], newline: string): number =>
  records.reduce(
    (sum, cells) => sum + 1 + cells.reduce((own, cell) => own + countOf(cell, newline, cell.length), 0),
    0,
  );

/** Judges one record's shape; null for an empty line. */
function rowJudge(columns: readonly string[]) {
  const width = columns.length;
  const bad = (row: number, cells: readonly string[], problem: Problem): BadRow => ({
    row,
    problem,
    record: recordOf(columns, cells),
  });
  return (row: number, cells: string[], malformed: boolean, damaged: boolean): InputRow | BadRow | null => {
    const last = cells.length - 1;
    const end = cells[last];
    if (end?.endsWith('\r')) cells[last] = end.slice(0, -1);
    if (malformed) {
      const problem = new Problem('quotes_malformed', 'A quoted cell goes on after its closing quotation mark');
      return { row, problem, record: { line: cells[0] ?? '' } };
    }
    if (damaged && cells.some((cell) => cell.includes('\ufffd')))
      return bad(row, cells, new Problem('encoding', 'Some characters are not valid in the encoding of the file'));
    if (cells.length !== width) {
      if (cells.every((cell) => cell === '')) return null;
      if (cells.length < width)
        return bad(row, cells, new Problem('columns_missing', `${cells.length} columns instead of ${width}`));
      if (cells.slice(width).some((cell) => cell.trim() !== ''))
        return bad(row, cells, new Problem('columns_extra', `${cells.length} columns instead of ${width}`));
    } else if (cells[0] === '' && cells.every((cell) => cell === '')) return null;
    return { row, cells };
  };
}
