import { chQuery } from '../../../platform/index.ts';

/** Tables of a matcher that name records, with the columns that do. */
export const listSpaceTables = chQuery({
  name: 'unify.listMatchTables',
  params: { prefix: 'String' },
  row: { place: 'String', columns: 'Array(String)' },
  text: `
    select table as place, groupArray(name) as columns
    from system.columns
    where database = currentDatabase() and startsWith(table, {prefix:String})
      and name in ('record_id', 'left', 'right') and type = 'UInt64'
    group by table order by table`,
});
