import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int4',
  name: 'text',
  kind: 'text',
  segment_id: 'int4',
  settings: 'jsonb',
  credentials: 'bytea',
  state: 'text',
  looked_at: 'timestamptz?',
  counts: 'jsonb?',
  heard_to: 'int8',
  handed_at: 'timestamptz?',
  error: 'text?',
  error_detail: 'text',
  failures: 'int4',
  retry_at: 'timestamptz?',
  created_at: 'timestamptz',
} as const;
const columns = Object.keys(row).join(', ');

/** With the name of the segment. A workspace has few; primary keys. */
export const listAdAudiences = pgQuery({
  name: 'communicate.listAdAudiences',
  params: { workspace: 'int4' },
  row: { ...row, segment_name: 'text?' },
  text: `
    select ${Object.keys(row)
      .map((name) => `audience.${name}`)
      .join(', ')}, segment.name as segment_name
    from communicate.ad_audience as audience
    left join decide.segment on segment.workspace_id = :workspace and segment.id = audience.segment_id
      and segment.state <> 'archived'
    where audience.workspace_id = :workspace order by audience.name, audience.id`,
});

/** Primary key. */
export const findAdAudience = pgQuery({
  name: 'communicate.findAdAudience',
  params: { workspace: 'int4', id: 'int4' },
  row,
  text: `select ${columns} from communicate.ad_audience where workspace_id = :workspace and id = :id`,
});

export const insertAdAudience = pgQuery({
  name: 'communicate.insertAdAudience',
  params: {
    workspace: 'int4',
    name: 'text',
    kind: 'text',
    segment: 'int4',
    settings: 'jsonb',
    credentials: 'bytea',
    state: 'text',
    now: 'timestamptz',
  },
  row: { id: 'int4' },
  text: `
    insert into communicate.ad_audience
      (workspace_id, name, kind, segment_id, settings, credentials, state, created_at, updated_at)
    values (:workspace, :name, :kind, :segment, :settings, :credentials, :state, :now, :now)
    returning id`,
});

/** Everything is looked at anew, and at once: what kept it from going on may be what was changed. Primary key. */
export const updateAdAudience = pgQuery({
  name: 'communicate.updateAdAudience',
  params: {
    workspace: 'int4',
    id: 'int4',
    name: 'text',
    segment: 'int4',
    credentials: 'bytea',
    state: 'text',
    now: 'timestamptz',
  },
  row: {},
  text: `
    update communicate.ad_audience
    set name = :name, segment_id = :segment, credentials = :credentials, state = :state, looked_at = null,
      failures = 0, retry_at = null, updated_at = :now
    where workspace_id = :workspace and id = :id and state <> 'ending'`,
});

/** Looked at anew as soon as possible. Primary key. */
export const hastenAdAudience = pgQuery({
  name: 'communicate.hastenAdAudience',
  params: { workspace: 'int4', id: 'int4' },
  row: {},
  text: `
    update communicate.ad_audience set looked_at = null, failures = 0, retry_at = null
    where workspace_id = :workspace and id = :id`,
});

/** Primary key. */
export const endAdAudience = pgQuery({
  name: 'communicate.endAdAudience',
  params: { workspace: 'int4', id: 'int4', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.ad_audience set state = 'ending', failures = 0, retry_at = null, updated_at = :now
    where workspace_id = :workspace and id = :id`,
});

/** With whoever is still in it, as far as we know. Primary key. */
export const deleteAdAudience = pgQuery({
  name: 'communicate.deleteAdAudience',
  params: { workspace: 'int4', id: 'int4' },
  row: {},
  text: `delete from communicate.ad_audience where workspace_id = :workspace and id = :id`,
});

/**
 * Audiences that have something to do: a consent was said since, somebody is to be told of, or the last look is long ago. Those
 * that failed wait. There are few in all workspaces together; primary keys, index ad_member_open.
 */
export const listDueAdAudiences = pgQuery({
  name: 'communicate.listDueAdAudiences',
  params: { now: 'timestamptz', lookedBefore: 'timestamptz' },
  row: { workspace_id: 'int4', id: 'int4' },
  text: `
    select audience.workspace_id, audience.id
    from communicate.ad_audience as audience
    where (audience.retry_at is null or audience.retry_at <= :now) and (
      audience.state = 'ending' or audience.looked_at is null or audience.looked_at < :lookedBefore
      or exists (
        select from communicate.consent
        where consent.workspace_id = audience.workspace_id and consent.id > audience.heard_to
      )
      or exists (
        select from communicate.ad_member as member
        where member.workspace_id = audience.workspace_id and member.audience_id = audience.id
          and member.state = any(case audience.state when 'running' then '{add,remove}' else '{remove}' end::text[])
      )
    )
    order by audience.workspace_id, audience.id`,
});

/** Everybody of the segment was gone through. Primary key. */
export const recordLook = pgQuery({
  name: 'communicate.recordAdLook',
  params: { workspace: 'int4', id: 'int4', counts: 'jsonb', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.ad_audience set looked_at = :now, counts = :counts
    where workspace_id = :workspace and id = :id`,
});

/** Primary key. */
export const recordHeard = pgQuery({
  name: 'communicate.recordAdHeard',
  params: { workspace: 'int4', id: 'int4', heard: 'int8' },
  row: {},
  text: `update communicate.ad_audience set heard_to = :heard where workspace_id = :workspace and id = :id`,
});

/** The company took something. Primary key. */
export const recordHanded = pgQuery({
  name: 'communicate.recordAdHanded',
  params: { workspace: 'int4', id: 'int4', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.ad_audience set handed_at = :now, error = null, error_detail = '', failures = 0, retry_at = null
    where workspace_id = :workspace and id = :id`,
});

/** How it stands; null: nothing is in the way. Primary key. */
export const recordAdError = pgQuery({
  name: 'communicate.recordAdError',
  params: {
    workspace: 'int4',
    id: 'int4',
    error: 'text?',
    detail: 'text',
    failures: 'int4',
    retryAt: 'timestamptz?',
  },
  row: {},
  text: `
    update communicate.ad_audience
    set error = :error, error_detail = :detail, failures = :failures, retry_at = :retryAt
    where workspace_id = :workspace and id = :id`,
});

/** The newest entry of the ledger; entries of a workspace are written one after the other. Primary key of consent. */
export const findNewestConsent = pgQuery({
  name: 'communicate.findNewestConsent',
  params: { workspace: 'int4' },
  row: { id: 'int8?' },
  text: `select max(id) as id from communicate.consent where workspace_id = :workspace`,
});

/** Primary key of segment. */
export const findAdSegment = pgQuery({
  name: 'communicate.findAdSegment',
  params: { workspace: 'int4', segment: 'int4' },
  row: { state: 'text' },
  text: `select state from decide.segment where workspace_id = :workspace and id = :segment`,
});
