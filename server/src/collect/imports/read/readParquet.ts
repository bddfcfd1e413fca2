import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetScan } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { JsonObject } from '../../../platform/index.ts';
import { unreadable } from './faults.ts';
import { flattenInto, newColumns } from './flatten.ts';
import { limits } from './limits.ts';
import { jsonOf } from './parquetValue.ts';
import type { RowBatch, RowSource } from './rows.ts';

const batchRows = 2_000;
// A row group is decoded as a whole. ClickHouse writes groups of about a million rows at most.
const groupBytes = 1024 * 1024 * 1024;

const broken = (cause: unknown) =>
  unreadable('parquet_broken', 'The Parquet file is damaged or uses a feature that cannot be read here.', {}, cause);

/** A Parquet file as rows, one row group at a time. */
export async function readParquet(path: string, flat: boolean): Promise<RowSource> {
  const columns = newColumns();
  const metadata = await withFile(path, async (file) => {
    const found = await parquetMetadataAsync(file).catch((error: unknown) => {
      throw broken(error);
    });
    return found;
  });
  const names = topLevelNames(metadata);
  return {
    columns: columns.names,
    async *batches() {
      const handle = await open(path);
      try {
        const file = await asyncBuffer(handle);
        const total = Math.max(Number(metadata.num_rows), 1);
        for (const group of groupsOf(metadata)) {
          if (group.bytes > groupBytes)
            throw unreadable('parquet_group_too_large', 'A row group of the Parquet file is larger than 1 GiB.');
          const data = await readGroup(file, metadata, names, group);
          for (let start = 0; start < group.rows; start += batchRows) {
            const rows = [];
            for (let index = start; index < Math.min(start + batchRows, group.rows); index++) {
              const whole = rowAt(names, data, index);
              rows.push({ row: group.start + index + 1, cells: flattenInto(columns, whole, flat), whole });
            }
            const done = (group.start + start + rows.length) / total;
            yield { rows, bytesRead: Math.round(done * file.byteLength) } satisfies RowBatch;
          }
        }
      } finally {
        await handle.close();
      }
    },
  };
}

interface Group {
  readonly start: number;
  readonly rows: number;
  readonly bytes: number;
}

function groupsOf(metadata: FileMetaData): Group[] {
  let start = 0;
  return metadata.row_groups.map((group) => {
    const rows = Number(group.num_rows);
    const one = { start, rows, bytes: Number(group.total_byte_size) };
    start += rows;
    return one;
  });
}

async function readGroup(file: AsyncBuffer, metadata: FileMetaData, names: readonly string[], group: Group) {
  try {
    const scan = await parquetScan({ file, metadata, compressors, columns: [...names] });
    const data: ArrayLike<unknown>[] = [];
    for (const column of names) {
      data.push(await scan.readColumn({ column, rowStart: group.start, rowEnd: group.start + group.rows }));
    }
    return data;
  } catch (error) {
    throw broken(error);
  }
}

function rowAt(names: readonly string[], data: readonly ArrayLike<unknown>[], index: number): JsonObject {
  const whole: Record<string, JsonObject[string]> = {};
  for (const [column, name] of names.entries()) {
    const value = jsonOf(data[column]?.[index], limits.nesting);
    if (value !== null && name !== '__proto__') whole[name] = value;
  }
  return whole;
}

function topLevelNames(metadata: FileMetaData): string[] {
  const names: string[] = [];
  // The schema is a flattened tree: element 0 is the root, each element says how many follow under it.
  let index = 1;
  const skip = (): void => {
    const children = metadata.schema[index++]?.num_children ?? 0;
    for (let child = 0; child < children; child++) skip();
  };
  const top = metadata.schema[0]?.num_children ?? 0;
  for (let child = 0; child < top; child++) {
    names.push(metadata.schema[index]?.name ?? '');
    skip();
  }
  return names;
}

async function asyncBuffer(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const from = start < 0 ? size + start : start;
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - from));
      await handle.read(bytes, 0, bytes.length, from);
      return bytes.buffer;
    },
  };
}

async function withFile<T>(path: string, work: (file: AsyncBuffer) => Promise<T>): Promise<T> {
  const handle = await open(path);
  try {
    return await work(await asyncBuffer(handle));
  } finally {
    await handle.close();
  }
}
