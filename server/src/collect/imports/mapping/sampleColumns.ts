import type { Cell, RowSource } from '../read/rows.ts';
import { breather } from '../units/breathe.ts';
import { isBad } from '../units/unit.ts';
import type { ColumnSample } from './guessMapping.ts';

const kept = 600;
/** Rows looked at. A file sorted by date shows a day above the 12th only after weeks of rows. */
const lookedAt = 200_000;

/** Values of each column, spread over the beginning of the file. */
export async function sampleColumns(source: RowSource): Promise<ColumnSample[]> {
  let rows: (readonly Cell[])[] = [];
  let stride = 1;
  let seen = 0;
  const breathe = breather();
  for await (const batch of source.batches()) {
    for (const row of batch.rows) {
      if (isBad(row) || seen++ % stride !== 0) continue;
      rows.push(row.cells);
      // Full: keep every second one and look half as often from now on.
      if (rows.length < 2 * kept) continue;
      rows = rows.filter((_, index) => index % 2 === 0);
      stride *= 2;
    }
    await breathe();
    if (seen >= lookedAt) break;
  }
  return source.columns.map((name, index) => ({
    name,
    values: rows.map((cells) => textOf(cells[index])).filter((text) => text !== ''),
  }));
}

/** A cell as its column's look is judged, and as a person is shown it. */
export function textOf(cell: Cell): string {
  if (cell === undefined || cell === null) return '';
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().replace(/T00:00:00\.000Z$/, '');
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell).trim();
}
