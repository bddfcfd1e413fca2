import { pgQuery } from '../../../platform/index.ts';

/** Hosts of the workspace's own sites: a handful. By the unique index on (workspace_id, name). */
export const listDomains = pgQuery({
  name: 'experience.listDomains',
  params: { workspace: 'int4' },
  row: { domain: 'text' },
  text: `select domain from govern.site where workspace_id = :workspace and domain is not null`,
});

/** The role somebody has now. Primary key. */
export const findRole = pgQuery({
  name: 'experience.findRole',
  params: { workspace: 'int4', user: 'text' },
  row: { role: 'text' },
  text: `select role from govern.member where workspace_id = :workspace and user_id = :user`,
});
