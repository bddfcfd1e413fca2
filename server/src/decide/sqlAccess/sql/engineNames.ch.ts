import { chQuery } from '../../../platform/index.ts';

/** What the engine itself would find under a name: tables and dictionaries of ours, and whether rows carry a workspace. */
export const listEngineTables = chQuery({
  name: 'decide.listEngineTables',
  params: {},
  row: { name: 'String', bound: 'UInt8' },
  text: `
    select name, name in (
      select table from system.columns where database = currentDatabase() and name = 'workspace_id'
    ) and engine != 'Dictionary' as bound
    from system.tables where database = currentDatabase()`,
});

/** Databases a name could be qualified with. */
export const listEngineDatabases = chQuery({
  name: 'decide.listEngineDatabases',
  params: {},
  row: { name: 'String' },
  text: `select name from system.databases`,
});
