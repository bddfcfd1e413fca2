import { pgQuery } from '../../../platform/index.ts';

/** The workspace's own web source, made when it is missing. */
export const ensureWebSource = pgQuery({
  name: 'collect.ensureWebSource',
  params: { workspace: 'int4', site: 'int4?' },
  row: { id: 'int4' },
  text: `
    insert into collect.source (workspace_id, name, family, kind, site_id)
    values (:workspace, 'Website', 'web', 'browser', :site)
    on conflict (workspace_id, name) do update set archived_at = null
    returning id`,
});
