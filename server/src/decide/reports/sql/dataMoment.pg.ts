import { pgQuery } from '../../../platform/index.ts';

/**
 * Since when something accepted waits to be written to the analytics store; null when nothing does. Indexes
 * inbox_workspace; collect.batch holds only what is on its way.
 */
export const readDataMoment = pgQuery({
  name: 'decide.readDataMoment',
  params: { workspace: 'int4' },
  row: { waiting_since: 'timestamptz?' },
  text: `
    select least(
      (select received_at from collect.inbox where workspace_id = :workspace order by id limit 1),
      (select min(created_at) from collect.batch where workspace_id = :workspace and stage = 'resolved')
    ) as waiting_since`,
});
