import type { ChShape, ChType, ChValues } from '../../../../platform/index.ts';
import type { MatchTable, Workbench } from '../work.ts';

/** Rows of one page: parsing them holds the event loop for a few milliseconds. */
const page = 20_000;

type ArrayShape = { readonly [name: string]: Extract<ChType, `Array(${string})`> };

/**
 * The rows of a query in its order, page by page, as one list for each column. They are numbered in a table of their own
 * first: a page is then one look by the primary key, and the order is computed once. `row` names the columns.
 */
export async function* readPages<R extends ArrayShape & ChShape>(
  bench: Workbench,
  table: MatchTable,
  { name, from, orderBy, row }: { name: string; from: string; orderBy: string; row: R },
): AsyncGenerator<ChValues<R>> {
  const columns = Object.keys(row);
  const typed = Object.entries(row).map(([column, type]) => `${column} ${type.slice('Array('.length, -1)}`);
  await bench.drop(table);
  await bench.define(
    `${name}Create`,
    `create table if not exists ${bench.table(table)} (place UInt64, ${typed.join(', ')}) engine = MergeTree order by (place)`,
  );
  await bench.runPlain(
    `${name}Number`,
    `insert into ${bench.table(table)} select row_number() over (order by ${orderBy}) - 1 as place, ${columns.join(', ')} from (${from})`,
  );
  const [count] = await bench.rowsPlain(`${name}Count`, `select count() as all from ${bench.table(table)}`, {
    all: 'UInt64',
  });
  for (let start = 0; start < (count?.all ?? 0); start += page) {
    // One list of whole rows, taken apart: two lists of two columns need not be in the same order (seen in 26.7).
    const lists = columns.map((column, index) => `arrayMap(each -> each.${index + 2}, rows) as ${column}`).join(', ');
    const [rows] = await bench.rows(
      name,
      `select ${lists} from (select arraySort(each -> each.1, groupArray((place, ${columns.join(', ')}))) as rows
         from ${bench.table(table)} where place >= {start:UInt64} and place < {end:UInt64})`,
      row,
      { start: 'UInt64', end: 'UInt64' },
      { start, end: start + page },
    );
    if (rows !== undefined) yield rows;
  }
  await bench.drop(table);
}
