import { Problem } from '../../values/problem.ts';
import { nameColumns } from '../csvDialect.ts';
import { emptyFile, unreadable } from '../faults.ts';
import { limits } from '../limits.ts';
import type { Cell, RowBatch, RowSource } from '../rows.ts';
import { type BadRow, type InputRow, recordOf } from '../rows.ts';
import { openWorkbook, type Workbook } from './openWorkbook.ts';
import { readDateStyles, readSharedTexts, readSheets } from './readParts.ts';
import { rowsOfSheet } from './sheetRows.ts';

/**
 * One worksheet as rows, streamed: only the shared texts are held. Dates come as `Date` (wall clock as UTC), for cells
 * formatted as dates; everything else as the text, number or boolean it is.
 */
export async function readXlsx(path: string, sheet: string | undefined): Promise<RowSource & { sheets: string[] }> {
  const book = await openWorkbook(path);
  try {
    const { sheets, from1904 } = await readSheets(book);
    const names = sheets.map(({ name }) => name);
    const chosen = sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === sheet);
    if (chosen === undefined)
      throw unreadable('xlsx_sheet_unknown', `The workbook has no sheet of that name. It has: ${names.join(', ')}.`);
    const [texts, dates] = [await readSharedTexts(book), await readDateStyles(book)];
    const context = { part: chosen.part, texts, dates, from1904 };
    const header = await firstRow(book, context);
    const columns = nameColumns(header.cells.map((cell) => (cell === undefined || cell === null ? '' : String(cell))));
    return {
      columns,
      sheets: names,
      async *batches() {
        const again = await openWorkbook(path);
        try {
          for await (const { rows, bytes } of rowsOfSheet(again, context)) {
            const shaped = rows
              .filter(({ row, cells }) => row > header.row && cells.some((cell) => cell !== undefined && cell !== ''))
              .map(({ row, cells }) => shape(columns, row, cells));
            yield { rows: shaped, bytesRead: Math.round(bytes) } satisfies RowBatch;
          }
        } finally {
          again.close();
        }
      },
    };
  } finally {
    book.close();
  }
}

function shape(columns: readonly string[], row: number, cells: Cell[]): InputRow | BadRow {
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== undefined && cell !== '')) {
    const problem = new Problem('columns_extra', `${cells.length} columns instead of ${columns.length}`);
    return { row, problem, record: recordOf(columns, cells) };
  }
  return { row, cells };
}

/** The header: the first row that holds anything. */
async function firstRow(book: Workbook, context: Parameters<typeof rowsOfSheet>[1]) {
  for await (const { rows } of rowsOfSheet(book, context)) {
    const found = rows.find(({ cells }) => cells.some((cell) => cell !== undefined && cell !== ''));
    if (found === undefined) continue;
    if (found.cells.length > limits.columns)
      throw unreadable('too_many_columns', `More than ${limits.columns} columns.`);
    return found;
  }
  throw emptyFile();
}
