import type { MatchSettings } from '@vitrail/contracts';
import { smallReads } from '../smallReads.ts';
import type { Workbench } from '../work.ts';
import { compileKey, usableRules } from './compileKey.ts';

/** The keys of every record, ordered so that one look finds who shares a key. `rule` is the rule's place in the settings that are usable. */
export async function writeKeys(bench: Workbench, settings: MatchSettings): Promise<void> {
  await bench.drop('keys');
  await bench.define(
    'createKeys',
    `create table if not exists ${bench.table('keys')} (rule UInt8, key UInt64, record_id UInt64, source UInt8) engine = MergeTree order by (rule, key) ${smallReads}`,
  );
  await bench.runPlain(
    'writeKeys',
    `insert into ${bench.table('keys')} ${compileKeys(settings, bench.table('records'))}`,
  );
}

export function compileKeys({ blocking, comparisons }: MatchSettings, records: string): string {
  const rules = usableRules(blocking, comparisons);
  const keys = rules.map((rule) => compileKey(rule, comparisons));
  return `select rule, key, record_id, source from (
    select record_id, source, [${keys.join(', ')}] as keys, [${rules.map((_, index) => index).join(', ')}] as rules from ${records}
  ) array join keys as key, rules as rule where key != 0`;
}
