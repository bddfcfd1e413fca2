import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/**
 * A file of the shared real data, which is not part of this repository because its licences differ. Throws a sentence
 * that says what to set when it is not there.
 */
export function readShared(...path: readonly string[]): Buffer<ArrayBuffer> {
  const folder = process.env.VITRAIL_SHARED_DATA;
  if (folder === undefined || folder === '')
    throw new Error(
      'VITRAIL_SHARED_DATA is not set: give the folder with the real data sets (it holds commerce/), for example VITRAIL_SHARED_DATA=../shared/data npm run test:data',
    );
  const file = resolve(folder, ...path);
  if (!existsSync(file))
    throw new Error(`VITRAIL_SHARED_DATA=${folder} leads to ${resolve(folder)}, where there is no ${join(...path)}`);
  return Buffer.from(readFileSync(file));
}

const rowsSchema = z.array(z.record(z.string(), z.string()));
export type Row = Readonly<Record<string, string>>;

/** The rows of a CSV with a header, gzipped or not, read by a library the product's importer does not use. */
export function readRows(content: Buffer): Row[] {
  const text = content[0] === 0x1f && content[1] === 0x8b ? gunzipSync(content) : content;
  return rowsSchema.parse(parse(text, { columns: true, skip_empty_lines: true }));
}

export function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`the file has no column ${column}`);
  return value;
}

/** A decimal text in ten-thousandths, rounded half away from zero: sums of them are exact. */
export function tenThousandths(text: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (!/^-?\d/.test(text)) throw new Error(`${text} is not a number`);
  const digits = fraction.padEnd(5, '0');
  const units = BigInt(whole) * 10_000n + BigInt(digits.slice(0, 4)) + (digits.charAt(4) >= '5' ? 1n : 0n);
  return sign === '-' ? -units : units;
}

export const toAmount = (units: bigint): number => Number(units) / 10_000;

export function groupBy(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = cell(row, column);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** CSV of rows; none of our values needs quotes. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[columns, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
