import type { ChQuery, ChShape, ChValues } from './query.ts';

/**
 * Where a query runs. One chDB connection runs one query at a time, so the lanes keep a slow query from holding up a
 * page or an insert: `write` (pipeline inserts and deletes), `interactive` (pages, API), `heavy` (exports, sweeps:
 * bounded threads, memory and time).
 */
export type ChLane = 'write' | 'interactive' | 'heavy';

export interface ChReadOptions {
  lane?: ChLane;
  signal?: AbortSignal;
  /** Extra ClickHouse settings for this query. */
  settings?: Record<string, string | number>;
}

/** Embedded chDB or a ClickHouse server: the same calls, the same SQL. */
export interface Ch {
  /** All rows of a query that returns few. Lane `interactive` unless told. */
  rows<P extends ChShape, R extends ChShape>(
    query: ChQuery<P, R>,
    params: ChValues<P>,
    options?: ChReadOptions,
  ): Promise<ChValues<R>[]>;
  /** Raw output in a ClickHouse format (`Parquet`, `JSONEachRow`, `CSVWithNames`), streamed. Lane `heavy`. */
  stream<P extends ChShape, R extends ChShape>(
    query: ChQuery<P, R>,
    params: ChValues<P>,
    options: ChReadOptions & { format: 'Parquet' | 'JSONEachRow' | 'CSVWithNames' },
  ): AsyncIterable<Uint8Array>;
  /**
   * Inserts `JSONEachRow` bytes durably. Safe to repeat: the same `token` into the same table is written once
   * (within the last 10,000 inserts of the table).
   */
  insert(table: string, rows: Buffer, options: { token: string }): Promise<void>;
  /** A statement without rows (lightweight DELETE, SYSTEM …), waited for until it is done. Lane `write` unless told. */
  run<P extends ChShape>(
    statement: ChQuery<P, Record<never, never>>,
    params: ChValues<P>,
    options?: ChReadOptions,
  ): Promise<void>;
  /** Human-readable: "embedded chDB 26.7" or "ClickHouse 26.3 at host". No credentials. */
  readonly description: string;
  /** Bytes on disk of all tables. */
  size(): Promise<number>;
  close(): Promise<void>;
}
