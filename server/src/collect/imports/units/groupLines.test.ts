import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/tempFile.ts';
import type { BadRow, InputRow, RowBatch } from '../read/rows.ts';
import { Problem } from '../values/problem.ts';
import { groupLines } from './groupLines.ts';
import { isBad } from './unit.ts';

const keyOf = ({ cells: [key] }: InputRow): string | null => (typeof key === 'string' && key !== '' ? key : null);

async function* batchesOf(rows: readonly (InputRow | BadRow)[], size = 7): AsyncIterable<RowBatch> {
  for (let start = 0; start < rows.length; start += size)
    yield { rows: rows.slice(start, start + size), bytesRead: start };
}

async function group(rows: readonly (InputRow | BadRow)[], options: { budgetBytes?: number; partBytes?: number } = {}) {
  const folder = join(await tempFolder(), 'parts');
  const groups = [];
  for await (const some of groupLines(batchesOf(rows), { folder, expectedBytes: 1_000, keyOf, ...options }))
    groups.push(...some);
  expect(existsSync(folder)).toBe(false);
  return groups;
}

describe('groupLines', () => {
  it('brings the rows of an order together in the order of the file', async () => {
    const rows = ['a', 'b', 'a', 'c', 'b', 'a'].map((key, index) => ({ row: index, cells: [key] }));
    expect((await group(rows)).map((some) => some.map(({ row }) => row))).toEqual([[0, 2, 5], [1, 4], [3]]);
  });

  it('leaves rows without an order number, and bad rows, alone', async () => {
    const bad: BadRow = { row: 3, problem: new Problem('columns_missing', '2'), record: { x: '1' } };
    const groups = await group([{ row: 1, cells: [''] }, { row: 2, cells: [''] }, bad], { budgetBytes: 1 });
    expect(groups).toEqual([[{ row: 1, cells: [''] }], [{ row: 2, cells: [''] }], [bad]]);
  });

  it('gives the same groups in the same order from memory and from disk, and loses no row', async () => {
    const cell = fc.oneof(fc.constantFrom('x', 'é\n"', 'z'), fc.integer(), fc.constant(undefined));
    const key = fc.constantFrom('1', '2', '3', '44', 'é', '__proto__', '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(key, cell), { maxLength: 60 }),
        fc.integer({ min: 20, max: 900 }),
        async (cells, partBytes) => {
          const rows = cells.map((pair, row) => ({ row, cells: pair }));
          const inMemory = await group(rows, { partBytes });
          const onDisk = await group(rows, { partBytes, budgetBytes: 200 });
          const shape = (groups: readonly (readonly (InputRow | BadRow)[])[]) =>
            groups.map((some) =>
              some.map((row) => [row.row, isBad(row) ? null : row.cells.map((value) => value ?? null)]),
            );
          expect(shape(onDisk)).toEqual(shape(inMemory));
          expect(
            inMemory
              .flat()
              .map(({ row }) => row)
              .toSorted((a, b) => a - b),
          ).toEqual(rows.map(({ row }) => row));
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);

  it('keeps dates of workbook cells through the disk', async () => {
    const at = new Date('2024-03-01T10:00:00Z');
    const groups = await group([{ row: 1, cells: ['a', at] }], { budgetBytes: 1 });
    expect(groups).toEqual([[{ row: 1, cells: ['a', at] }]]);
  });

  it('removes its files when reading fails', async () => {
    const folder = join(await tempFolder(), 'parts');
    async function* failing(): AsyncIterable<RowBatch> {
      yield { rows: [{ row: 1, cells: ['a'] }], bytesRead: 1 };
      throw new Error('broken');
    }
    const run = async () => {
      for await (const some of groupLines(failing(), { folder, expectedBytes: 1, keyOf, budgetBytes: 1 }))
        expect(some).toBe(null);
    };
    await expect(run()).rejects.toThrow('broken');
    expect(existsSync(folder)).toBe(false);
  });
});
