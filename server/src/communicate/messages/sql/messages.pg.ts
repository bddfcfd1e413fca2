import { pgQuery } from '../../../platform/index.ts';

/**
 * Stores messages that are not there yet and returns all that were asked for, old and new. Index message_once. Keys are
 * unique within one call as well.
 */
export const insertMessages = pgQuery({
  name: 'communicate.insertMessages',
  params: {
    workspace: 'int4',
    now: 'timestamptz',
    profiles: 'int8[]',
    keys: 'text[]',
    channels: 'text[]',
    purposes: 'text[]',
    kinds: 'text[]',
    priorities: 'int4[]',
    templates: 'int4[]',
    versions: 'int4[]',
    variants: 'text[]',
    origins: 'text[]',
    originIds: 'text[]',
    steps: 'text[]',
    variables: 'jsonb[]',
    addresses: 'text[]',
    due: 'timestamptz[]',
  },
  row: { id: 'int8', dedupe_key: 'text' },
  text: `
    with wanted as (
      select distinct on (key) * from unnest(
        :profiles, :keys, :channels, :purposes, :kinds, :priorities, :templates, :versions, :variants, :origins,
        :originIds, :steps, :variables, :addresses, :due
      ) with ordinality as wish (
        profile, key, channel, purpose, kind, priority, template, version, variant, origin,
        origin_id, step, variables, address, due, place)
      order by key, place
    ), stored as (
      insert into communicate.message
        (workspace_id, profile_id, dedupe_key, channel, purpose, kind, priority, template_id, template_version, variant,
         origin, origin_id, step, variables, given_address, due_at, state, created_at)
      select :workspace, profile, key, channel, purpose, kind, priority, template, version, variant,
        origin, origin_id, step, variables, nullif(address, ''), due, 'queued', :now
      from wanted order by place
      on conflict (workspace_id, dedupe_key) do nothing
      returning id, dedupe_key
    )
    select id, dedupe_key from stored
    union all
    select message.id, message.dedupe_key from communicate.message
    where workspace_id = :workspace and dedupe_key in (select key from wanted except select dedupe_key from stored)`,
});

/** Wakes the processes that send, once this transaction is committed. */
export const ringMessages = pgQuery({
  name: 'communicate.ringMessages',
  params: {},
  row: { rung: 'bool?' },
  text: `select true as rung from (select pg_notify('vitrail_messages', '')) as bell`,
});
