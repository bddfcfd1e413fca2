import { pgQuery } from '../../../platform/index.ts';

/** Adds refusals to the day's counters. Rows are ordered, so that two processes never wait for each other in a ring. */
export const addRefusals = pgQuery({
  name: 'inbox.addRefusals',
  params: { workspaces: 'int4[]', sources: 'int4[]', days: 'date[]', reasons: 'text[]', counts: 'int8[]' },
  row: {},
  text: `
    insert into collect.counter as c (workspace_id, source_id, day, name, reason, count)
    select workspace, source, day, 'refused', reason, count
    from unnest(:workspaces, :sources, :days, :reasons, :counts) as refused (workspace, source, day, reason, count)
    order by workspace, day, source, reason
    on conflict (workspace_id, day, source_id, name, reason) do update set count = c.count + excluded.count`,
});
