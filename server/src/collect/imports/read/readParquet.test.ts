import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { tempFile } from '../../../../test/tempFile.ts';
import { isBad } from '../units/unit.ts';
import { detectSettings, openRows } from './openRows.ts';

async function read(content: Uint8Array) {
  const path = await tempFile(content, 'data.csv');
  const settings = await detectSettings(path, {});
  const source = await openRows(path, settings, 'people');
  const rows = [];
  for await (const batch of source.batches()) rows.push(...batch.rows);
  return { settings, columns: source.columns, rows };
}

it('reads a Parquet file by its content, whatever its name, row group by row group', async () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => BigInt(index));
  const written = parquetWriteBuffer({
    columnData: [
      { name: 'id', data: ids, type: 'INT64' },
      { name: 'big', data: ids.map((id) => id + 2n ** 60n), type: 'INT64' },
      { name: 'at', data: ids.map(() => new Date('2024-03-01T10:00:00Z')), type: 'TIMESTAMP' },
      { name: 'price', data: ids.map(Number), type: 'DOUBLE' },
      { name: 'name', data: ids.map((id) => (id % 2n === 0n ? `n${id}` : null)), type: 'STRING' },
    ],
    rowGroupSize: 2_000,
  });
  const { settings, columns, rows } = await read(new Uint8Array(written));
  expect(settings.format).toBe('parquet');
  expect(columns).toEqual(['id', 'big', 'at', 'price', 'name']);
  expect(rows).toHaveLength(5_000);
  expect(rows[4_998]).toMatchObject({
    row: 4_999,
    cells: [4_998, String(2n ** 60n + 4_998n), '2024-03-01T10:00:00.000Z', 4_998, 'n4998'],
  });
  expect(rows.some(isBad)).toBe(false);
});

it('says that a damaged Parquet file is damaged', async () => {
  const written = parquetWriteBuffer({ columnData: [{ name: 'a', data: ['x'], type: 'STRING' }] });
  await expect(read(new Uint8Array(written).subarray(0, 30))).rejects.toMatchObject({ code: 'imports.parquet_broken' });
});
