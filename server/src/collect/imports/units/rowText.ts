import type { ImportReason } from '@vitrail/contracts';
import type { Json, JsonObject } from '../../../platform/index.ts';
import type { BadRow, Cell, InputRow } from '../read/rows.ts';
import { Problem } from '../values/problem.ts';
import { isBad } from './unit.ts';

type CellText = Json | { date: number };
type RowText =
  | { row: number; cells: CellText[]; dates?: number[] }
  | { row: number; reason: ImportReason; detail: string; record: JsonObject };

/** A row as one line of JSON, for the temporary files of `groupLines`. */
export function encodeRow(row: InputRow | BadRow): string {
  if (isBad(row)) {
    const { reason, detail } = row.problem;
    return JSON.stringify({ row: row.row, reason, detail, record: row.record } satisfies RowText);
  }
  const dates: number[] = [];
  const cells = row.cells.map((cell, index): CellText => {
    if (!(cell instanceof Date)) return cell ?? null;
    dates.push(index);
    return cell.getTime();
  });
  return JSON.stringify({ row: row.row, cells, ...(dates.length > 0 ? { dates } : {}) } satisfies RowText);
}

/** Reads a line that `encodeRow` wrote. */
export function decodeRow(line: string): InputRow | BadRow {
  const text: RowText = JSON.parse(line);
  if ('reason' in text) return { row: text.row, problem: new Problem(text.reason, text.detail), record: text.record };
  const cells: Cell[] = text.cells;
  for (const index of text.dates ?? []) cells[index] = new Date(Number(cells[index]));
  return { row: text.row, cells };
}
