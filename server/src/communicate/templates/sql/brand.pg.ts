import { pgQuery } from '../../../platform/index.ts';

/** What every message of a workspace is written with, and a mark that changes with any of it. A handful of rows. */
export const readHouse = pgQuery({
  name: 'communicate.readHouse',
  params: { workspace: 'int4' },
  row: {
    name: 'text',
    base_currency: 'text',
    time_zone: 'text',
    language: 'text',
    sites: 'jsonb',
    kits: 'jsonb',
    parts: 'jsonb',
    mark: 'text',
  },
  text: `
    select workspace.name, workspace.base_currency, workspace.time_zone, workspace.language,
      (select coalesce(jsonb_agg(jsonb_build_object('id', site.id, 'name', site.name, 'domain', site.domain,
         'currency', site.currency) order by site.id), '[]')
       from govern.site where site.workspace_id = workspace.id) as sites,
      (select coalesce(jsonb_agg(jsonb_build_object('site', kit.site_id, 'kit', kit.kit) order by kit.id), '[]')
       from communicate.brand_kit as kit where kit.workspace_id = workspace.id) as kits,
      (select coalesce(jsonb_object_agg(part.name, part.source), '{}')
       from communicate.template_part as part where part.workspace_id = workspace.id) as parts,
      md5(workspace.name || workspace.language
        || coalesce((select string_agg(site.name || coalesce(site.domain, ''), ' ' order by site.id)
            from govern.site where site.workspace_id = workspace.id), '')
        || coalesce((select string_agg(kit.id || kit.updated_at::text, ' ' order by kit.id)
            from communicate.brand_kit as kit where kit.workspace_id = workspace.id), '')
        || coalesce((select string_agg(part.name || part.updated_at::text, ' ' order by part.name)
            from communicate.template_part as part where part.workspace_id = workspace.id), '')) as mark
    from govern.workspace where workspace.id = :workspace`,
});

/** Index brand_kit_site. */
export const saveKit = pgQuery({
  name: 'communicate.saveBrandKit',
  params: { workspace: 'int4', site: 'int4?', kit: 'jsonb', actor: 'text', at: 'timestamptz' },
  row: {},
  text: `
    insert into communicate.brand_kit (workspace_id, site_id, kit, updated_by, updated_at)
    values (:workspace, :site, :kit, :actor, :at)
    on conflict (workspace_id, coalesce(site_id, 0)) do update
      set kit = excluded.kit, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
});

/** Primary key. */
export const listParts = pgQuery({
  name: 'communicate.listTemplateParts',
  params: { workspace: 'int4' },
  row: { name: 'text', source: 'text', updated_by: 'text', updated_at: 'timestamptz' },
  text: `
    select name, source, updated_by, updated_at from communicate.template_part
    where workspace_id = :workspace order by name`,
});

/** Primary key. */
export const savePart = pgQuery({
  name: 'communicate.saveTemplatePart',
  params: { workspace: 'int4', name: 'text', source: 'text', actor: 'text', at: 'timestamptz' },
  row: { name: 'text', source: 'text', updated_by: 'text', updated_at: 'timestamptz' },
  text: `
    insert into communicate.template_part (workspace_id, name, source, updated_by, updated_at)
    values (:workspace, :name, :source, :actor, :at)
    on conflict (workspace_id, name) do update
      set source = excluded.source, updated_by = excluded.updated_by, updated_at = excluded.updated_at
    returning name, source, updated_by, updated_at`,
});

/** Primary key. */
export const removePart = pgQuery({
  name: 'communicate.removeTemplatePart',
  params: { workspace: 'int4', name: 'text' },
  row: {},
  text: `delete from communicate.template_part where workspace_id = :workspace and name = :name`,
});
