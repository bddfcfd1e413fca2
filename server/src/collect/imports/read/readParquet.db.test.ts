import { expect, it } from 'vitest';
import { useStores } from '../../../../test/stores.ts';
import { tempFile } from '../../../../test/tempFile.ts';
import { chQuery } from '../../../platform/index.ts';
import { isBad } from '../units/unit.ts';
import { detectSettings, openRows } from './openRows.ts';

const stores = useStores();

const numbers = chQuery({
  name: 'test.numbersForParquet',
  params: { count: 'UInt32' },
  row: { id: 'UInt64', name: 'String', at: 'DateTime', amount: 'Decimal(18, 4)', tags: 'Array(String)' },
  text: `select number as id, concat('é', toString(number)) as name, toDateTime('2024-03-01 10:00:00', 'UTC') as at,
                toDecimal64(number, 4) / 4 as amount, [name, 'x'] as tags
         from numbers({count:UInt32})`,
});

it.each(['zstd', 'lz4', 'snappy', 'gzip', 'brotli', 'none'])(
  'reads what ClickHouse writes as Parquet with %s',
  async (codec) => {
    const parts: Uint8Array[] = [];
    const settings = { output_format_parquet_compression_method: codec };
    for await (const part of stores.ch.stream(numbers, { count: 10_000 }, { format: 'Parquet', settings }))
      parts.push(part);
    const path = await tempFile(Buffer.concat(parts));
    const source = await openRows(path, await detectSettings(path, {}), 'people');
    const rows = [];
    for await (const batch of source.batches()) rows.push(...batch.rows);
    expect(source.columns).toEqual(['id', 'name', 'at', 'amount', 'tags']);
    expect(rows).toHaveLength(10_000);
    const last = rows[9_999];
    expect(last !== undefined && !isBad(last) && last.cells).toMatchObject([
      9_999,
      'é9999',
      expect.anything(),
      2499.75,
      ['é9999', 'x'],
    ]);
  },
);
