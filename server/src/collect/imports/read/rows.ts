import type { ImportFormat } from '@vitrail/contracts';
import type { Json, JsonObject } from '../../../platform/index.ts';
import type { Problem } from '../values/problem.ts';

/** One value of a row. Text files give strings; workbooks and Parquet also numbers, dates, booleans and JSON. */
export type Cell = Json | Date | undefined;

/** A row that could be read. `row` counts the header as 1, as a spreadsheet shows it (NDJSON: the line). */
export interface InputRow {
  readonly row: number;
  readonly cells: readonly Cell[];
  /** The record itself, for formats made of objects. */
  readonly whole?: JsonObject;
}

/** A row whose shape is wrong. */
export interface BadRow {
  readonly row: number;
  readonly problem: Problem;
  /** What could be read of it, by column, for the person who repairs the file. */
  readonly record: JsonObject;
}

export interface RowBatch {
  readonly rows: readonly (InputRow | BadRow)[];
  /** Bytes of the file (compressed, if it is) read so far. */
  readonly bytesRead: number;
}

/** How to read a file: the technical half of an import's settings. */
export interface ReadSettings {
  readonly format: ImportFormat;
  readonly gzip: boolean;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly header?: boolean | undefined;
  readonly sheet?: string | undefined;
}

/**
 * A file as rows. Reading it twice gives the same rows in the same order: a resumed import relies on it.
 * `columns` is complete from the start for tables; for JSON it grows as new keys appear, before the batch that has them.
 */
export interface RowSource {
  readonly columns: readonly string[];
  batches(): AsyncIterable<RowBatch>;
}

/** A row by column name, as rejects are kept and downloaded. Empty cells are left out. */
export function recordOf(columns: readonly string[], cells: readonly Cell[]): JsonObject {
  const record: Record<string, Json> = {};
  for (const [index, cell] of cells.entries()) {
    if (cell === undefined || cell === null || cell === '') continue;
    const name = columns[index] ?? `(${index + 1})`;
    Object.defineProperty(record, name, {
      value: cell instanceof Date ? isoOrText(cell) : cell,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return record;
}

const isoOrText = (date: Date): string => (Number.isNaN(date.getTime()) ? 'Invalid date' : date.toISOString());
