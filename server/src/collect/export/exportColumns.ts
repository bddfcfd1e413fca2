import type { Json } from '../../platform/index.ts';

/**
 * A column of an exported table and how to read it from a row. `money` is decimal text with up to four digits after the
 * point (`numeric(18, 4)`); it stays exact: a decimal in Parquet, the same digits in NDJSON.
 */
export type ExportColumn<Row> = { readonly name: string } & (
  | { readonly type: 'text'; read(row: Row): string | null }
  | { readonly type: 'integer'; read(row: Row): number | null }
  | { readonly type: 'money'; read(row: Row): string | null }
  | { readonly type: 'boolean'; read(row: Row): boolean | null }
  | { readonly type: 'instant'; read(row: Row): Date | null }
  /** JSON text in Parquet, nested JSON in NDJSON. */
  | { readonly type: 'json'; read(row: Row): Json }
);
