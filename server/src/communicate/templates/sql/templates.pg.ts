import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int4',
  key: 'text?',
  name: 'text',
  channel: 'text',
  version: 'int4',
  archived_at: 'timestamptz?',
  created_by: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;
const columns = 'id, key, name, channel, version, archived_at, created_by, created_at, updated_at';

/** No row when one of this key is there already. Index template_key. */
export const insertTemplate = pgQuery({
  name: 'communicate.insertTemplate',
  params: { workspace: 'int4', key: 'text?', name: 'text', channel: 'text', actor: 'text', at: 'timestamptz' },
  row,
  text: `
    insert into communicate.template (workspace_id, key, name, channel, created_by, created_at, updated_at)
    values (:workspace, :key, :name, :channel, :actor, :at, :at)
    on conflict do nothing
    returning ${columns}`,
});

export const insertVersion = pgQuery({
  name: 'communicate.insertTemplateVersion',
  params: {
    workspace: 'int4',
    template: 'int4',
    version: 'int4',
    content: 'jsonb',
    note: 'text',
    actor: 'text',
    at: 'timestamptz',
  },
  row: {},
  text: `
    insert into communicate.template_version (workspace_id, template_id, version, content, note, created_by, created_at)
    values (:workspace, :template, :version, :content, :note, :actor, :at)`,
});

/** Counts the version up; whoever changes a template waits here for another who does. Primary key. */
export const raiseVersion = pgQuery({
  name: 'communicate.raiseTemplateVersion',
  params: { workspace: 'int4', id: 'int4', name: 'text?', at: 'timestamptz' },
  row: { version: 'int4' },
  text: `
    update communicate.template set version = version + 1, name = coalesce(:name, name), updated_at = :at
    where workspace_id = :workspace and id = :id
    returning version`,
});

/** Primary key. */
export const archiveTemplate = pgQuery({
  name: 'communicate.archiveTemplate',
  params: { workspace: 'int4', id: 'int4', archivedAt: 'timestamptz?', at: 'timestamptz' },
  row,
  text: `
    update communicate.template set archived_at = :archivedAt, updated_at = :at
    where workspace_id = :workspace and id = :id
    returning ${columns}`,
});

/** Primary keys. `version` 0: the newest. */
export const findTemplate = pgQuery({
  name: 'communicate.findTemplate',
  params: { workspace: 'int4', id: 'int4', version: 'int4' },
  row: { ...row, content: 'jsonb' },
  text: `
    select ${columns
      .split(', ')
      .map((column) => `template.${column}`)
      .join(', ')}, written.content
    from communicate.template
    join communicate.template_version as written on written.workspace_id = template.workspace_id
      and written.template_id = template.id
      and written.version = case :version when 0 then template.version else :version end
    where template.workspace_id = :workspace and template.id = :id`,
});

/** Index template_key. */
export const findKeyed = pgQuery({
  name: 'communicate.findKeyedTemplates',
  params: { workspace: 'int4', keys: 'text[]' },
  row: { id: 'int4', key: 'text', version: 'int4' },
  text: `
    select id, key, version from communicate.template
    where workspace_id = :workspace and key is not null and key = any(:keys)`,
});

/** Newest first, with the first words of each. Primary key, backwards. */
export const listTemplates = pgQuery({
  name: 'communicate.listTemplates',
  params: {
    workspace: 'int4',
    below: 'int4',
    channel: 'text?',
    search: 'text',
    archived: 'bool',
    limit: 'int4',
  },
  row: { ...row, languages: 'text[]', subject: 'text' },
  text: `
    select template.id, template.key, template.name, template.channel, template.version, template.archived_at,
      template.created_by, template.created_at, template.updated_at,
      array(select jsonb_object_keys(written.content -> 'languages') order by 1) as languages,
      left(coalesce(said.text ->> 'subject', said.text ->> 'title', said.text ->> 'body', said.text ->> 'template', ''), 200)
        as subject
    from communicate.template
    join communicate.template_version as written on written.workspace_id = template.workspace_id
      and written.template_id = template.id and written.version = template.version
    cross join lateral (
      select written.content -> 'languages' -> (written.content ->> 'fallbackLanguage') as text
    ) as said
    where template.workspace_id = :workspace and template.id < :below
      and (template.archived_at is not null) = :archived
      and (:channel::text is null or template.channel = :channel)
      and (:search = '' or position(lower(:search) in lower(template.name)) > 0)
    order by template.id desc limit :limit`,
});

/** Newest first. Primary key. */
export const listVersions = pgQuery({
  name: 'communicate.listTemplateVersions',
  params: { workspace: 'int4', template: 'int4' },
  row: { version: 'int4', note: 'text', created_by: 'text', created_at: 'timestamptz' },
  text: `
    select version, note, created_by, created_at from communicate.template_version
    where workspace_id = :workspace and template_id = :template
    order by version desc limit 200`,
});
