import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int4',
  name: 'text',
  family: 'text',
  kind: 'text',
  site_id: 'int4?',
  site: 'text?',
  priority: 'int4',
  write_key: 'text?',
  created_at: 'timestamptz',
  last_event_at: 'timestamptz?',
  archived_at: 'timestamptz?',
} as const;

/** Sources of a workspace, oldest first, with their newest live write key: tens, in tables of tens. */
export const listSources = pgQuery({
  name: 'sources.listSources',
  params: { workspace: 'int4', archived: 'bool' },
  row,
  text: `
    select source.id, source.name, source.family, source.kind, source.site_id, site.name as site, source.priority,
      (select value from govern.api_key
        where workspace_id = :workspace and source_id = source.id and kind = 'write' and revoked_at is null
        order by id desc limit 1) as write_key,
      source.created_at, source.last_event_at, source.archived_at
    from collect.source left join govern.site on site.id = source.site_id
    where source.workspace_id = :workspace and (:archived or source.archived_at is null)
    order by source.id`,
});

/** One source, archived or not. By primary key, within the workspace. */
export const findSource = pgQuery({
  name: 'sources.findSource',
  params: { workspace: 'int4', source: 'int4' },
  row,
  text: `
    select source.id, source.name, source.family, source.kind, source.site_id, site.name as site, source.priority,
      (select value from govern.api_key
        where workspace_id = :workspace and source_id = source.id and kind = 'write' and revoked_at is null
        order by id desc limit 1) as write_key,
      source.created_at, source.last_event_at, source.archived_at
    from collect.source left join govern.site on site.id = source.site_id
    where source.workspace_id = :workspace and source.id = :source`,
});

/** Whether a site is one of the workspace. By primary key. */
export const findSite = pgQuery({
  name: 'sources.findSite',
  params: { workspace: 'int4', site: 'int4' },
  row: { id: 'int4' },
  text: `select id from govern.site where workspace_id = :workspace and id = :site`,
});

/** No row when the name is taken in this workspace. */
export const insertSource = pgQuery({
  name: 'sources.insertSource',
  params: { workspace: 'int4', name: 'text', family: 'text', kind: 'text', site: 'int4?', priority: 'int4' },
  row: { id: 'int4' },
  text: `
    insert into collect.source (workspace_id, name, family, kind, site_id, priority)
    values (:workspace, :name, :family, :kind, :site, :priority)
    on conflict (workspace_id, name) do nothing
    returning id`,
});

/** By the unique index on (workspace_id, name). */
export const findSourceNamed = pgQuery({
  name: 'sources.findSourceNamed',
  params: { workspace: 'int4', name: 'text' },
  row: { id: 'int4', archived: 'bool' },
  text: `select id, archived_at is not null as archived from collect.source where workspace_id = :workspace and name = :name`,
});

/** By primary key, within the workspace. Null leaves a field as it is; the site is cleared by `setSite` with null. */
export const updateSource = pgQuery({
  name: 'sources.updateSource',
  params: {
    workspace: 'int4',
    source: 'int4',
    name: 'text?',
    family: 'text?',
    kind: 'text?',
    setSite: 'bool',
    site: 'int4?',
    priority: 'int4?',
    archived: 'bool?',
    now: 'timestamptz',
  },
  row: { id: 'int4' },
  text: `
    update collect.source
    set name = coalesce(:name, name), family = coalesce(:family, family), kind = coalesce(:kind, kind),
      site_id = case when :setSite then :site else site_id end, priority = coalesce(:priority, priority),
      archived_at = case when :archived then coalesce(archived_at, :now) when not :archived then null else archived_at end
    where workspace_id = :workspace and id = :source
    returning id`,
});

/** The oldest web source in use, or a new one called "Website" (an archived one of that name comes back). */
export const ensureWebSource = pgQuery({
  name: 'sources.ensureWebSource',
  params: { workspace: 'int4', site: 'int4?' },
  row: { id: 'int4' },
  text: `
    with existing as (
      select id from collect.source
      where workspace_id = :workspace and family = 'web' and kind = 'browser' and archived_at is null
      order by id limit 1
    ), made as (
      insert into collect.source (workspace_id, name, family, kind, site_id)
      select :workspace, 'Website', 'web', 'browser', :site where not exists (select from existing)
      on conflict (workspace_id, name) do update set archived_at = null
      returning id
    )
    select id from existing union all select id from made`,
});

/** A source of Vitrail's own, for what it does to people itself: made when first needed. Unique key (workspace, name). */
export const ensureNamedSource = pgQuery({
  name: 'sources.ensureNamedSource',
  params: { workspace: 'int4', name: 'text' },
  row: { id: 'int4' },
  text: `
    with existing as (
      select id from collect.source where workspace_id = :workspace and name = :name
    ), made as (
      insert into collect.source (workspace_id, name, family, kind)
      select :workspace, :name, 'messages', 'server' where not exists (select from existing)
      on conflict (workspace_id, name) do update set archived_at = null
      returning id
    )
    select id from existing union all select id from made`,
});
