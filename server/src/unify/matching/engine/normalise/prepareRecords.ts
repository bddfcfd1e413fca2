import type { MatchComparison, MatchSettings } from '@vitrail/contracts';
import { writeKeys } from '../block/writeKeys.ts';
import { smallReads } from '../smallReads.ts';
import type { MatchSpace, MatchWork, PreparedSummary, RecordQuery } from '../types.ts';
import { Workbench } from '../work.ts';
import { compileColumns, fieldsOf } from './compileColumns.ts';

/** Normal columns of the records of these comparisons, in a steady order. */
export const valueColumns = (comparisons: readonly MatchComparison[]): string[] =>
  comparisons.flatMap((each) =>
    compileColumns(each)
      .map(({ name }) => name)
      .filter((name) => /^[va]_/.test(name)),
  );

/** What is counted for each comparison: how many records have the same value. An address is its street and place. */
const countedValue = ({ field, method }: MatchComparison): string =>
  method === 'address' ? "if(v_street = '', '', concat(v_street, '|', v_postal_code, '|', v_city))" : `v_${field}`;

const countColumn = ({ field }: MatchComparison): string => `n_${field}`;

/** Replaces all records: normalises them, counts their values and writes the keys of the blocking rules. */
export async function prepareRecords(
  space: MatchSpace,
  settings: MatchSettings,
  records: RecordQuery,
  work: MatchWork = {},
): Promise<PreparedSummary> {
  const bench = new Workbench(space, work);
  const { comparisons } = settings;
  const columns = valueColumns(comparisons);
  bench.progress('prepare', 0, 4);
  for (const name of ['clean', 'terms', 'records'] as const) await bench.drop(name);
  const typed = columns.map((name) => `${name} String`).join(', ');
  await bench.define(
    'createClean',
    `create table if not exists ${bench.table('clean')} (record_id UInt64, source UInt8, ${typed}) engine = MergeTree order by (record_id)`,
  );
  await bench.run(
    'normalise',
    `insert into ${bench.table('clean')} ${compileClean(records.text, comparisons)}`,
    records.types,
    records.values,
  );
  bench.progress('prepare', 1, 4);
  await writeTerms(bench, comparisons);
  bench.progress('prepare', 2, 4);
  const counts = comparisons.map((each) => `${countColumn(each)} UInt32`).join(', ');
  await bench.define(
    'createRecords',
    `create table if not exists ${bench.table('records')} (record_id UInt64, source UInt8, ${typed}, ${counts}, version UInt64, removed UInt8) engine = ReplacingMergeTree(version) order by (record_id) ${smallReads}`,
  );
  await writeCounted(bench, comparisons);
  await bench.drop('clean');
  bench.progress('prepare', 3, 4);
  await writeKeys(bench, settings);
  bench.progress('prepare', 4, 4);
  const [row] = await bench.rowsPlain('countRecords', `select count() as records from ${bench.table('records')}`, {
    records: 'UInt64',
  });
  return { records: row?.records ?? 0 };
}

/** Raw rows to normal columns. The raw values get names of their own: an alias that shadows a column would be taken for it. */
export function compileClean(raw: string, comparisons: readonly MatchComparison[]): string {
  const fields = [...new Set(comparisons.flatMap(fieldsOf))];
  const steps = comparisons.flatMap((each) => compileColumns(each)).map(({ name, sql }) => `${sql} as ${name}`);
  const columns = valueColumns(comparisons);
  const renamed = fields.map((field) => `${field} as r_${field}`).join(', ');
  return `select record_id, source, ${columns.join(', ')} from (
    select record_id, source, ${steps.join(',\n      ')}
    from (select record_id, source, ${renamed} from (${raw}))
  )`;
}

/** How often each value occurs, by the hash of the value: no personal data. Values of one record are left out. */
async function writeTerms(bench: Workbench, comparisons: readonly MatchComparison[]): Promise<void> {
  await bench.define(
    'createTerms',
    `create table if not exists ${bench.table('terms')} (field UInt8, hash UInt64, records UInt32) engine = MergeTree order by (field, hash)`,
  );
  for (const [index, each] of comparisons.entries()) {
    await bench.runPlain(
      'countTerms',
      `insert into ${bench.table('terms')} select ${index} as field, cityHash64(value) as hash, toUInt32(count()) as records
        from (select ${countedValue(each)} as value from ${bench.table('clean')}) where value != '' group by hash having records > 1`,
    );
  }
}

async function writeCounted(bench: Workbench, comparisons: readonly MatchComparison[]): Promise<void> {
  const clean = bench.table('clean');
  const write = (rows: string, which: 'all' | 'few'): Promise<void> =>
    bench.runPlain(
      'countValues',
      `insert into ${bench.table('records')} ${compileCounted(bench, comparisons, rows, '1', which)}`,
    );
  const [row] = await bench.rowsPlain('countClean', `select count() as records from ${clean}`, { records: 'UInt64' });
  const parts = Math.ceil((row?.records ?? 0) / bench.recordsAtOnce);
  if (parts <= 1) return write(clean, 'all');
  for (let part = 0; part < parts; part += 1)
    await write(`(select * from ${clean} where intHash64(record_id) % ${parts} = ${part})`, 'few');
}

/** The clean rows with the counts of their values. Of `few` rows only the terms they have are looked up. */
export function compileCounted(
  bench: Workbench,
  comparisons: readonly MatchComparison[],
  clean: string,
  version: string,
  rows: 'all' | 'few' = 'all',
): string {
  const columns = valueColumns(comparisons);
  const hashes = comparisons.map(
    (each) => `cityHash64(${countedValue(each)}) as h_${each.field}, ${countedValue(each)} = '' as b_${each.field}`,
  );
  const hashed = `(select *, ${hashes.join(', ')} from ${clean})`;
  const joins = comparisons.map(({ field }, index) => {
    const only = rows === 'few' ? ` and hash in (select h_${field} from ${hashed})` : '';
    return `left any join (select hash, records from ${bench.table('terms')} where field = ${index}${only}) as j_${field} on c.h_${field} = j_${field}.hash`;
  });
  const counts = comparisons.map(
    ({ field }) => `toUInt32(if(c.b_${field}, 0, greatest(1, j_${field}.records))) as n_${field}`,
  );
  return `select c.record_id as record_id, c.source as source, ${columns.map((name) => `c.${name} as ${name}`).join(', ')},
    ${counts.join(', ')}, ${version} as version, 0 as removed
  from ${hashed} as c
  ${joins.join('\n  ')}`;
}

/** Rows that say that a record is gone. */
export function compileRemoved(bench: Workbench, comparisons: readonly MatchComparison[], version: string): string {
  const columns = valueColumns(comparisons).map((name) => `'' as ${name}`);
  const counts = comparisons.map(({ field }) => `0 as n_${field}`);
  return `select record_id, source, ${[...columns, ...counts].join(', ')}, ${version} as version, 1 as removed
    from (select record_id, source from ${bench.table('records')} final where record_id in {removed:Array(UInt64)} and removed = 0)`;
}
