import { pgQuery } from '../../platform/index.ts';

const row = {
  id: 'int4',
  name: 'text',
  domain: 'text?',
  country: 'text',
  currency: 'text',
  language: 'text',
  created_at: 'timestamptz',
} as const;
const columns = 'id, name, domain, country, currency, language, created_at';

/** All sites of a workspace, oldest first: a handful. By the unique index on (workspace_id, name). */
export const listSites = pgQuery({
  name: 'govern.listSites',
  params: { workspace: 'int4' },
  row,
  text: `select ${columns} from govern.site where workspace_id = :workspace order by id`,
});

/** No row when the name is taken in this workspace. */
export const insertSite = pgQuery({
  name: 'govern.insertSite',
  params: { workspace: 'int4', name: 'text', domain: 'text?', country: 'text', currency: 'text', language: 'text' },
  row,
  text: `insert into govern.site (workspace_id, name, domain, country, currency, language)
    values (:workspace, :name, :domain, :country, :currency, :language)
    on conflict (workspace_id, name) do nothing
    returning ${columns}`,
});

/** The sites with this name other than the given one. By the unique index on (workspace_id, name). */
export const findSiteNamed = pgQuery({
  name: 'govern.findSiteNamed',
  params: { workspace: 'int4', name: 'text' },
  row: { id: 'int4' },
  text: `select id from govern.site where workspace_id = :workspace and name = :name`,
});

/** By primary key, within the workspace. Null leaves a field as it is; a domain is cleared by `setDomain` with null. */
export const updateSite = pgQuery({
  name: 'govern.updateSite',
  params: {
    workspace: 'int4',
    site: 'int4',
    name: 'text?',
    setDomain: 'bool',
    domain: 'text?',
    country: 'text?',
    currency: 'text?',
    language: 'text?',
  },
  row,
  text: `update govern.site
    set name = coalesce(:name, name), domain = case when :setDomain then :domain else domain end,
      country = coalesce(:country, country), currency = coalesce(:currency, currency),
      language = coalesce(:language, language)
    where workspace_id = :workspace and id = :site
    returning ${columns}`,
});

/** By primary key, within the workspace. */
export const deleteSite = pgQuery({
  name: 'govern.deleteSite',
  params: { workspace: 'int4', site: 'int4' },
  row: { name: 'text' },
  text: `delete from govern.site where workspace_id = :workspace and id = :site returning name`,
});
