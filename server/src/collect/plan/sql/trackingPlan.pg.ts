import { pgQuery } from '../../../platform/index.ts';

/** Changes whenever any planned event does. Primary key; a plan has hundreds of events at most. */
export const selectPlanVersion = pgQuery({
  name: 'collect.selectPlanVersion',
  params: { workspace: 'int4' },
  row: { version: 'text?' },
  text: `
    select count(*) || ' ' || coalesce(bit_xor(hashtextextended(event || ' ' || xmin::text, 0)), 0) as version
    from collect.planned_event
    where workspace_id = :workspace`,
});

/** The whole plan, for the pipeline and for the types of the SDK. Primary key. */
export const listPlannedEvents = pgQuery({
  name: 'collect.listPlannedEvents',
  params: { workspace: 'int4' },
  row: { event: 'text', description: 'text', mode: 'text', schema: 'jsonb' },
  text: `
    select event, description, mode, schema
    from collect.planned_event
    where workspace_id = :workspace
    order by event`,
});

const withCounts = {
  event: 'text',
  description: 'text',
  mode: 'text',
  schema: 'jsonb',
  updatedAt: 'timestamptz',
  violations: 'int8',
  lastViolationAt: 'timestamptz?',
} as const;

/** One planned event with how often it was broken. Primary keys of both tables. */
export const selectPlannedEvent = pgQuery({
  name: 'collect.selectPlannedEvent',
  params: { workspace: 'int4', event: 'text' },
  row: withCounts,
  text: `
    select planned.event, planned.description, planned.mode, planned.schema, planned.updated_at as "updatedAt",
      broken.count as violations, broken.last_at as "lastViolationAt"
    from collect.planned_event planned
    cross join lateral (
      select coalesce(sum(violation.count), 0)::int8 as count, max(violation.last_at) as last_at
      from collect.violation
      where violation.workspace_id = :workspace and violation.event = planned.event
    ) broken
    where planned.workspace_id = :workspace and planned.event = :event`,
});

/** A page of the plan with how often each event was broken. Primary keys of both tables. */
export const pagePlannedEvents = pgQuery({
  name: 'collect.pagePlannedEvents',
  params: { workspace: 'int4', after: 'text', limit: 'int4' },
  row: withCounts,
  text: `
    select planned.event, planned.description, planned.mode, planned.schema, planned.updated_at as "updatedAt",
      broken.count as violations, broken.last_at as "lastViolationAt"
    from collect.planned_event planned
    cross join lateral (
      select coalesce(sum(violation.count), 0)::int8 as count, max(violation.last_at) as last_at
      from collect.violation
      where violation.workspace_id = :workspace and violation.event = planned.event
    ) broken
    where planned.workspace_id = :workspace and planned.event > :after
    order by planned.event
    limit :limit`,
});

/**
 * Adds or replaces a planned event. When its schema changes, what broke the former one is forgotten: those rules may not
 * exist any more. `created` tells an addition from a change. Primary keys.
 */
export const upsertPlannedEvent = pgQuery({
  name: 'collect.upsertPlannedEvent',
  params: {
    workspace: 'int4',
    event: 'text',
    description: 'text',
    mode: 'text',
    schema: 'jsonb',
    at: 'timestamptz',
  },
  row: { created: 'bool' },
  text: `
    with former as (
      select schema from collect.planned_event where workspace_id = :workspace and event = :event
    ), forgotten as (
      delete from collect.violation
      where workspace_id = :workspace and event = :event
        and exists (select from former where former.schema is distinct from :schema)
    )
    insert into collect.planned_event (workspace_id, event, description, mode, schema, updated_at)
    values (:workspace, :event, :description, :mode, :schema, :at)
    on conflict (workspace_id, event) do update
      set description = excluded.description, mode = excluded.mode, schema = excluded.schema, updated_at = excluded.updated_at
    returning not exists (select from former) as created`,
});

/** Takes an event out of the plan, with what broke it. Primary keys. */
export const deletePlannedEvent = pgQuery({
  name: 'collect.deletePlannedEvent',
  params: { workspace: 'int4', event: 'text' },
  row: {},
  text: `
    with forgotten as (delete from collect.violation where workspace_id = :workspace and event = :event)
    delete from collect.planned_event where workspace_id = :workspace and event = :event`,
});

/** The other events in the plan, to keep it within its limit. Primary key. */
export const countOtherPlannedEvents = pgQuery({
  name: 'collect.countOtherPlannedEvents',
  params: { workspace: 'int4', event: 'text' },
  row: { count: 'int4' },
  text: `select count(*)::int4 as count from collect.planned_event where workspace_id = :workspace and event <> :event`,
});

/** Adds a batch's violations to the counts, one row per event and rule, in key order so that batches cannot deadlock. */
export const addViolations = pgQuery({
  name: 'collect.addViolations',
  params: { workspace: 'int4', events: 'text[]', rules: 'text[]', counts: 'int8[]', messageIds: 'text[]' },
  row: {},
  text: `
    insert into collect.violation as known (workspace_id, event, rule, count, first_at, last_at, last_message_id)
    select :workspace, seen.event, seen.rule, seen.count, now(), now(), seen.message_id
    from unnest(:events, :rules, :counts, :messageIds) as seen (event, rule, count, message_id)
    order by seen.event, seen.rule
    on conflict (workspace_id, event, rule) do update
      set count = known.count + excluded.count, last_at = excluded.last_at, last_message_id = excluded.last_message_id`,
});

/** A page of broken rules, of one event or of all. Primary key. */
export const pageViolations = pgQuery({
  name: 'collect.pageViolations',
  params: { workspace: 'int4', event: 'text?', afterEvent: 'text', afterRule: 'text', limit: 'int4' },
  row: {
    event: 'text',
    rule: 'text',
    count: 'int8',
    firstAt: 'timestamptz',
    lastAt: 'timestamptz',
    lastMessageId: 'text',
  },
  text: `
    select event, rule, count, first_at as "firstAt", last_at as "lastAt", last_message_id as "lastMessageId"
    from collect.violation
    where workspace_id = :workspace and (:event is null or event = :event)
      and (event, rule) > (:afterEvent, :afterRule)
    order by event, rule
    limit :limit`,
});
