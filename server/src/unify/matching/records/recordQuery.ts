import type { MatchSettings } from '@vitrail/contracts';
import type { RecordQuery } from '../engine/index.ts';
import { nameOfSet, type RecordSet } from './writeRecords.ts';

/** Every field that these settings read, besides those that each record has anyway. */
export function fieldsOf(settings: MatchSettings, source: RecordSet['source']): string[] {
  const asked = [
    ...settings.comparisons.map(({ field }) => field),
    ...settings.blocking.flatMap(({ parts }) => parts.map((part) => part.split('.')[0] ?? part)),
    ...settings.exclusive,
  ].filter((field) => field !== 'address');
  return [...new Set([...source.fields, ...asked])];
}

/** The raw records as the engine reads them: all of a workspace, or these. Field names are checked by the settings' schema. */
export function recordQuery(
  set: RecordSet,
  workspace: number,
  settings: MatchSettings,
  only: readonly number[] | null = null,
): RecordQuery {
  const columns = fieldsOf(settings, set.source).map((field) => `fields['${field}'] as ${field}`);
  const some = only === null ? '' : ' and record_id in {records:Array(UInt64)}';
  return {
    text: `
      select record_id, toUInt8(0) as source, ${columns.join(', ')}
      from match_records final
      where workspace_id = {workspace:UInt32} and kind = {set:String} and not removed${some}`,
    types: { workspace: 'UInt32', set: 'String', ...(only === null ? {} : { records: 'Array(UInt64)' as const }) },
    values: { workspace, set: nameOfSet(set), ...(only === null ? {} : { records: only }) },
  };
}
