import type { Import } from '@vitrail/contracts';
import Papa from 'papaparse';
import type { Json, Pg } from '../../platform/index.ts';
import { rejectColumns } from './mapping/rejectColumns.ts';
import { listRejectColumns, listRejects } from './sql/imports.pg.ts';

const page = 2_000;
// What a spreadsheet would run as a formula; signed numbers and telephone numbers are none.
const formula = /^(?:[=@\t\r]|[+-](?![\d\s.,()-]*$)).*/s;

/**
 * The rejected rows of an import as CSV text, with the columns of the file and, in front, row, reason and detail. Once
 * repaired it can be imported as it is: the three columns are then left out. `masked`: without the content of the rows.
 */
export async function* writeRejects(
  pg: Pg,
  { id, settings }: Pick<Import, 'id' | 'settings'>,
  masked: boolean,
): AsyncIterable<string> {
  const found = masked ? [] : await pg.rows(listRejectColumns, { id });
  const present = new Set(found.map(({ name }) => name));
  const names = [...new Set([...settings.columns.filter((name) => present.has(name)), ...present])];
  const [row, reason, detail] = rejectColumns;
  yield `\ufeff${line(masked ? [row, reason] : [row, reason, detail, ...names])}`;
  for (let after = -1; ; ) {
    const rows = await pg.rows(listRejects, { id, after, limit: page });
    yield rows
      .map((reject) => {
        const record = typeof reject.record === 'object' && reject.record !== null ? reject.record : {};
        const cells = masked ? [] : [reject.detail, ...names.map((name) => cellOf(Reflect.get(record, name)))];
        return line([String(reject.row), reject.reason, ...cells]);
      })
      .join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.row;
  }
}

const line = (cells: readonly string[]): string =>
  `${Papa.unparse([[...cells]], { newline: '\r\n', escapeFormulae: formula })}\r\n`;

const cellOf = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
