import type { ExportFormat } from '@vitrail/contracts';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../platform/index.ts';
import { type ExportColumn, exportRows, readPages } from './index.ts';

interface Row {
  readonly name: string | null;
  readonly count: number | null;
  readonly amount: string | null;
  readonly open: boolean | null;
  readonly at: Date | null;
  readonly more: Json;
}
const columns: readonly ExportColumn<Row>[] = [
  { name: 'name', type: 'text', read: ({ name }) => name },
  { name: 'count', type: 'integer', read: ({ count }) => count },
  { name: 'amount', type: 'money', read: ({ amount }) => amount },
  { name: 'open', type: 'boolean', read: ({ open }) => open },
  { name: 'at', type: 'instant', read: ({ at }) => at },
  { name: 'more', type: 'json', read: ({ more }) => more },
];
const nothing: Row = { name: null, count: null, amount: null, open: null, at: null, more: null };
const nasty: readonly Row[] = [
  {
    name: 'quote " comma , newline \n tab \t "" \\ 😀 \u2028 é e\u0301 \u0001',
    count: Number.MAX_SAFE_INTEGER,
    amount: '99999999999999.9999',
    open: true,
    at: new Date('2026-11-21T23:59:59.999Z'),
    more: { __proto__: 1, constructor: [null, { a: '"' }], '': 0 },
  },
  nothing,
  { name: '', count: -1, amount: '-0.0001', open: false, at: new Date('1900-01-01T00:00:00Z'), more: [] },
  { name: 'x'.repeat(100_000), count: 0, amount: '0.0000', open: true, at: new Date(0), more: 'text' },
];

async function* inBatches(rows: readonly Row[], size = 3): AsyncGenerator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
async function write(rows: readonly Row[], format: ExportFormat, size?: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportRows(inBatches(rows, size), columns, format)) pieces.push(piece);
  return Buffer.concat(pieces);
}
async function readParquet(file: Buffer) {
  const copy = new Uint8Array(file);
  return parquetReadObjects({ file: copy.buffer });
}

describe('an NDJSON export', () => {
  it('has every value as it was, money digit by digit', async () => {
    const lines = (await write(nasty, 'ndjson')).toString('utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(nasty.length);
    expect(lines[0]).toContain('"amount":99999999999999.9999,');
    expect(lines[2]).toContain('"amount":-0.0001,');
    expect(lines.map((line) => JSON.parse(line).name)).toEqual(nasty.map(({ name }) => name));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ open: true, at: '2026-11-21T23:59:59.999Z' });
    expect(JSON.stringify(JSON.parse(lines[0] ?? '').more)).toBe(JSON.stringify(nasty[0]?.more));
    expect(JSON.parse(lines[1] ?? '')).toEqual(nothing);
  });

  it('of nothing is empty', async () => {
    expect(await write([], 'ndjson')).toHaveLength(0);
  });
});

describe('a Parquet export', () => {
  it('has every value as it was', async () => {
    const rows = await readParquet(await write(nasty, 'parquet'));
    expect(rows.map(({ name }) => name)).toEqual(nasty.map(({ name }) => name));
    expect(rows[0]).toMatchObject({
      count: BigInt(Number.MAX_SAFE_INTEGER),
      open: true,
      at: new Date('2026-11-21T23:59:59.999Z'),
      more: JSON.stringify(nasty[0]?.more),
    });
    expect(Object.values(rows[1] ?? {})).toEqual([null, null, null, null, null, null]);
    expect(rows[2]).toMatchObject({ name: '', count: -1n, amount: expect.closeTo(-0.0001, 10), open: false });
  });

  it('of many rows has them all, in order, in several row groups', async () => {
    const many = Array.from({ length: 4_501 }, (_, index) => ({ ...nothing, count: index, name: `row ${index}` }));
    for (const size of [1, 700, 10_000]) {
      const rows = await readParquet(await write(many, 'parquet', size));
      expect(rows.map(({ count }) => Number(count))).toEqual(many.map(({ count }) => count));
    }
  });

  it('of nothing is a valid empty file', async () => {
    expect(await readParquet(await write([], 'parquet'))).toEqual([]);
  });

  it('does not run ahead of its reader', async () => {
    let asked = 0;
    async function* endless() {
      for (;;) {
        asked += 1;
        yield Array.from({ length: 1_000 }, () => nothing);
      }
    }
    const pieces = exportRows(endless(), columns, 'parquet')[Symbol.asyncIterator]();
    await pieces.next();
    await pieces.next();
    expect(asked).toBeLessThanOrEqual(4);
    await pieces.return?.();
  });

  it('fails when its source fails', async () => {
    async function* broken(): AsyncGenerator<readonly Row[]> {
      yield nasty;
      throw new Error('the engine is gone');
    }
    const read = async () => {
      for await (const _ of exportRows(broken(), columns, 'parquet'));
    };
    await expect(read()).rejects.toThrow('the engine is gone');
  });
});

it('pages end with the first empty one', async () => {
  const asked: (number | null)[] = [];
  const pages = readPages<number>(async (last) => {
    asked.push(last);
    return last === null ? [1, 2] : last === 2 ? [3] : [];
  });
  const seen: number[] = [];
  for await (const page of pages) seen.push(...page);
  expect(seen).toEqual([1, 2, 3]);
  expect(asked).toEqual([null, 2, 3]);
});
