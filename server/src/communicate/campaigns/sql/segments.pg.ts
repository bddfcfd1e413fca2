import { pgQuery } from '../../../platform/index.ts';

/** Primary key of segment. */
export const findLiveSegments = pgQuery({
  name: 'communicate.findLiveSegments',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: { id: 'int4', state: 'text' },
  text: `
    select id, state from decide.segment where workspace_id = :workspace and id = any(:ids) and state <> 'archived'`,
});
