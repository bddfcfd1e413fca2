import type { Json } from '../../platform/index.ts';
import type { ExportColumn } from './exportColumns.ts';

const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

function writeValue<Row>(column: ExportColumn<Row>, row: Row): string {
  if (column.type !== 'money') {
    const value: Json | Date = column.read(row);
    return JSON.stringify(value);
  }
  const amount = column.read(row);
  // The digits themselves: a detour through a float could change them.
  return amount === null ? 'null' : isDecimal(amount) ? amount : JSON.stringify(amount);
}

/** NDJSON in pieces, one per batch; every line has every column. */
export async function* writeNdjson<Row>(
  batches: AsyncIterable<readonly Row[]>,
  columns: readonly ExportColumn<Row>[],
): AsyncGenerator<Uint8Array> {
  const named = columns.map((column) => ({ column, key: `${JSON.stringify(column.name)}:` }));
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    const lines = rows.map((row) => `{${named.map(({ column, key }) => key + writeValue(column, row)).join(',')}}\n`);
    yield Buffer.from(lines.join(''), 'utf8');
  }
}
