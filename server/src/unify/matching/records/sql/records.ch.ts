import { chQuery } from '../../../../platform/index.ts';

/** Records that a rebuild did not meet stopped being any. */
export const removeOlderRecords = chQuery({
  name: 'unify.removeOlderMatchRecords',
  params: { workspace: 'UInt32', kind: 'String', before: 'UInt64', version: 'UInt64' },
  row: {},
  text: `
    insert into match_records (workspace_id, kind, record_id, fields, removed, version)
    select workspace_id, kind, record_id, map(), true, {version:UInt64}
    from match_records final
    where workspace_id = {workspace:UInt32} and kind = {kind:String} and not removed and version < {before:UInt64}`,
});

/** Records as they were last compared, as JSON text. Primary key. */
export const readStoredRecords = chQuery({
  name: 'unify.readStoredMatchRecords',
  params: { workspace: 'UInt32', kind: 'String', records: 'Array(UInt64)' },
  row: { record_id: 'UInt64', fields: 'String' },
  text: `
    select record_id, toJSONString(mapSort(fields)) as fields from match_records final
    where workspace_id = {workspace:UInt32} and kind = {kind:String} and record_id in {records:Array(UInt64)}
      and not removed`,
});

export const deleteMatchRecords = chQuery({
  name: 'unify.deleteMatchRecords',
  params: { workspace: 'UInt32', records: 'Array(UInt64)' },
  row: {},
  text: `
    delete from match_records
    where workspace_id = {workspace:UInt32} and kind in ('people', 'people:trial') and record_id in {records:Array(UInt64)}`,
});

/** What a dry run wrote is of no use after it. */
export const dropTrialRecords = chQuery({
  name: 'unify.dropTrialMatchRecords',
  params: { workspace: 'UInt32', kind: 'String' },
  row: {},
  text: `delete from match_records where workspace_id = {workspace:UInt32} and kind = {kind:String}`,
});
