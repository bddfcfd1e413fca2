import { randomUUID } from 'node:crypto';
import type { MatchSettings } from '@vitrail/contracts';
import { compileKeys } from '../block/writeKeys.ts';
import type { MatchSpace, MatchWork, RecordQuery } from '../types.ts';
import { Workbench } from '../work.ts';
import { compileClean, compileCounted, compileRemoved, valueColumns } from './prepareRecords.ts';

/**
 * Adds or replaces the records of the query and takes out those in `removed`. Keys of former values stay: they propose
 * pairs that the comparison turns down. Frequencies are those of the last `prepareRecords`.
 */
export async function updateRecords(
  space: MatchSpace,
  settings: MatchSettings,
  records: RecordQuery,
  removed: readonly number[],
  work: MatchWork = {},
): Promise<void> {
  const bench = new Workbench(space, { ...work, lane: 'interactive' });
  const { comparisons } = settings;
  // Normalised once, in a table of this call: as a subquery it would be worked out for every term that is looked up.
  const incoming = `${space.prefix}_in_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const typed = valueColumns(comparisons).map((name) => `${name} String`);
  await bench.define(
    'createIncoming',
    `create table if not exists ${incoming} (record_id UInt64, source UInt8, ${typed.join(', ')}) engine = MergeTree order by (record_id)`,
  );
  // Later writes win: nanoseconds of the statement.
  const version = 'toUInt64(toUnixTimestamp64Nano(now64(9)))';
  try {
    const clean = compileClean(records.text, comparisons);
    await bench.run('normaliseIncoming', `insert into ${incoming} ${clean}`, records.types, records.values);
    const counted = compileCounted(bench, comparisons, incoming, version, 'few');
    await bench.runPlain('updateRecords', `insert into ${bench.table('records')} ${counted}`);
    await bench.runPlain('updateKeys', `insert into ${bench.table('keys')} ${compileKeys(settings, incoming)}`);
  } finally {
    await bench.define('dropIncoming', `drop table if exists ${incoming} sync`);
  }
  if (removed.length === 0) return;
  await bench.run(
    'removeRecords',
    `insert into ${bench.table('records')} ${compileRemoved(bench, comparisons, version)}`,
    { removed: 'Array(UInt64)' },
    { removed },
  );
}
