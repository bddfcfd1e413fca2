import { Fault } from '../../../../platform/index.ts';
import { sqlText } from '../sqlText.ts';
import type { Workbench } from '../work.ts';
import { rawColumn } from './compileRecords.ts';
import type { LoadedFiles } from './loadFiles.ts';

/** Identifiers of the Febrl generator: the number says which records are one person. */
const febrl = '^rec-([0-9]+)-(org|dup-[0-9]+)$';

/**
 * The table `<prefix>_truth` with the label of each record. `truth` is a column, or `column:regular expression` whose
 * group is the label. Febrl's own identifiers are understood.
 */
export async function readTruth(bench: Workbench, loaded: LoadedFiles, truth: string): Promise<string> {
  const [column, ...expression] = loaded.headers.includes(truth) ? [truth] : truth.split(':');
  const place = loaded.headers.indexOf(column ?? '');
  if (place < 0) {
    throw new Fault(
      'invalid',
      'match.no_such_column',
      `There is no column ${column ?? ''} to measure with. Columns: ${loaded.headers.join(', ')}.`,
    );
  }
  const raw = rawColumn(place);
  const [row] = await bench.rowsPlain(
    'isFebrl',
    `select countIf(match(${raw}, ${sqlText(febrl)})) = count() as febrl from ${loaded.table}`,
    { febrl: 'UInt8' },
  );
  const pattern = expression.length > 0 ? expression.join(':') : row?.febrl === 1 ? febrl : null;
  const label = pattern === null ? raw : `arrayElement(extractGroups(${raw}, ${sqlText(pattern)}), 1)`;
  const table = `${loaded.table}_truth`;
  await bench.define('dropTruth', `drop table if exists ${table} sync`);
  await bench.define(
    'createTruth',
    `create table if not exists ${table} (record_id UInt64, source UInt8, label String) engine = MergeTree order by (record_id)`,
  );
  await bench.runPlain(
    'readTruth',
    `insert into ${table} select record_id, source, ${label} as label from ${loaded.table}`,
  );
  return table;
}
