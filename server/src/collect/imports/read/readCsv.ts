import Papa from 'papaparse';
import { Problem } from '../values/problem.ts';
import type { CsvDialect } from './csvDialect.ts';
import { quoteNeverClosed, recordTooLong } from './faults.ts';
import { limits } from './limits.ts';
import type { Bytes } from './openBytes.ts';
import { openText } from './openText.ts';
import { type BadRow, type InputRow, type RowBatch, type RowSource, recordOf } from './rows.ts';

/** A text table as rows. Papaparse splits records (quotes, embedded line ends); the shape of each is judged here. */
export function readCsv(
  bytes: Bytes,
  encoding: string,
  dialect: CsvDialect,
  columns: readonly string[],
): RowSource {
  return {
    columns,
    async *batches() {
      const judge = rowJudge(columns);
      let skip = (dialect.hint ? 1 : 0) + (dialect.header ? 1 : 0);
      // The spreadsheet's numbering: the header is row 1, the `sep=` line is not shown.
      let row = dialect.hint ? -1 : 0;
      for await (const chunk of splitRecords(openText(bytes, encoding), dialect)) {
        const rows: (InputRow | BadRow)[] = [];
        for (const [index, cells] of chunk.records.entries()) {
          row++;
          if (skip > 0) {
            skip--;
            continue;
          }
          const judged = judge(row, cells, chunk.malformed.has(index), chunk.damaged);
          if (judged !== null) rows.push(judged);
        }
        yield { rows, bytesRead: bytes.read() } satisfies RowBatch;
      }
    },
  };
}

interface Records {
  readonly records: readonly string[][];
  /** Indexes of records with a quotation mark inside a quoted cell. */
  readonly malformed: ReadonlySet<number>;
  readonly damaged: boolean;
}

const nothing: ReadonlySet<number> = new Set();

async function* splitRecords(
  text: AsyncIterable<{ text: string; damaged: boolean }>,
  { delimiter, newline }: CsvDialect,
): AsyncIterable<Records> {
  const parser = new Papa.Parser({ delimiter, newline });
  let rest = '';
  let restDamaged = false;
  let line = 1;
  const take = (input: string, last: boolean, damaged: boolean): Records => {
    const { data, errors, meta }: Papa.ParseResult<string[]> = parser.parse(input, 0, !last);
    const end = last ? input.length : (meta.cursor ?? 0);
    let malformed = nothing;
    for (const error of errors) {
      const at = error.row ?? 0;
      if (error.code === 'MissingQuotes') throw quoteNeverClosed(line + linesOf(data.slice(0, at), newline));
      if (at >= data.length) continue;
      // The record swallowed whole lines looking for the end of a quoted cell: what follows is no longer telling.
      if (error.code === 'InvalidQuotes' && data[at]?.some((cell) => cell.includes(newline)))
        throw quoteNeverClosed(line + linesOf(data.slice(0, at), newline));
      malformed = new Set([...malformed, at]);
    }
    line += countOf(input, newline, end);
    rest = input.slice(end);
    if (rest.length > limits.recordChars)
      throw rest.includes('"') ? quoteNeverClosed(line) : recordTooLong(line);
    return { records: data, malformed, damaged };
  };
  for await (const chunk of text) {
    const damaged = chunk.damaged || restDamaged;
    yield take(rest + chunk.text, false, damaged);
    restDamaged = chunk.damaged && rest !== '';
  }
  if (rest !== '') yield take(rest, true, restDamaged);
}

function countOf(text: string, mark: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0 && at < end; at = text.indexOf(mark, at + 1)) count++;
  return count;
}

const linesOf = (records: readonly string[][], newline: string): number =>
  records.reduce((sum, cells) => sum + 1 + cells.reduce((own, cell) => own + countOf(cell, newline, cell.length), 0), 0);

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
    if (malformed)
      return bad(row, cells, new Problem('quotes_malformed', 'A quoted cell goes on after its closing quotation mark'));
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
