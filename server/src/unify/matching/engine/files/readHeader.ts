import { closeSync, openSync, readSync } from 'node:fs';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { Fault } from '../../../../platform/index.ts';

export interface FileShape {
  readonly path: string;
  readonly format: 'CSV' | 'Parquet';
  readonly delimiter: string;
  readonly compression: 'gzip' | 'none';
  /** Empty for Parquet, which knows its own. */
  readonly headers: readonly string[];
}

const sample = 262_144;
const delimiters = [',', ';', '\t', '|'];

function beginning(path: string): Buffer {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw new Fault('not_found', 'cli.no_such_file', `The file ${path} cannot be read.`, { cause });
  }
  try {
    const buffer = Buffer.alloc(sample);
    return buffer.subarray(0, readSync(file, buffer, 0, sample, 0));
  } finally {
    closeSync(file);
  }
}

/** What kind of file it is, by its first bytes: Parquet, or text with a header line, gzipped or not. */
export function readHeader(path: string): FileShape {
  const raw = beginning(path);
  if (raw.length === 0) throw new Fault('invalid', 'cli.empty_file', `${path} is empty.`);
  if (raw.subarray(0, 4).toString('latin1') === 'PAR1') {
    return { path, format: 'Parquet', delimiter: ',', compression: 'none', headers: [] };
  }
  const zipped = raw[0] === 0x1f && raw[1] === 0x8b;
  const bytes = zipped ? gunzipSync(raw, { finishFlush: zlib.Z_SYNC_FLUSH }) : raw;
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (text.includes('\u0000')) throw unreadable(path);
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string): number => line.split(delimiter).length;
  const delimiter = delimiters.reduce((best, each) => (count(each) > count(best) ? each : best), ',');
  const [cells = []] = parseHeader(path, line, delimiter);
  const headers = cells.map((cell, index) => (cell === '' ? `column ${index + 1}` : cell));
  if (new Set(headers).size !== headers.length) {
    throw new Fault('invalid', 'match.repeated_column', `${path} has two columns of the same name.`);
  }
  return { path, format: 'CSV', delimiter, compression: zipped ? 'gzip' : 'none', headers };
}

function parseHeader(path: string, line: string, delimiter: string): string[][] {
  try {
    return parse(line, { delimiter, relax_quotes: true, trim: true });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

const unreadable = (path: string, cause?: unknown): Fault =>
  new Fault('invalid', 'match.unreadable_file', `${path} is neither CSV with a header line nor Parquet.`, { cause });
