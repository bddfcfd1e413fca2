import { pgQuery } from '../../../platform/index.ts';

/**
 * Stores news of messages once, and says whose they are. The messages are locked before: two that bring news of one message
 * at the same moment would each hold it by their new row, and each wait for the other to write into it. Primary key, index
 * feedback_once.
 */
export const insertFeedback = pgQuery({
  name: 'communicate.insertFeedback',
  params: {
    workspace: 'int4',
    messages: 'int8[]',
    kinds: 'text[]',
    at: 'timestamptz[]',
    keys: 'text[]',
    machines: 'bool[]',
    details: 'jsonb[]',
  },
  row: { id: 'int8', message_id: 'int8', kind: 'text', at: 'timestamptz', machine: 'bool', detail: 'jsonb' },
  text: `
    with held as materialized (
      select id from communicate.message
      where workspace_id = :workspace and id = any(:messages)
      order by id
      for update
    )
    insert into communicate.feedback (workspace_id, message_id, kind, at, dedupe_key, machine, detail)
    select :workspace, news.message, news.kind, news.at, news.key, news.machine, news.detail
    from unnest(:messages, :kinds, :at, :keys, :machines, :details) as news (message, kind, at, key, machine, detail)
    join held on held.id = news.message
    on conflict (workspace_id, message_id, kind, dedupe_key) do nothing
    returning id, message_id, kind, at, machine, detail`,
});

/** Primary key. */
export const readMessagesOfNews = pgQuery({
  name: 'communicate.readMessagesOfNews',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: {
    id: 'int8',
    profile_id: 'int8',
    channel: 'text',
    address: 'text?',
    origin: 'text',
    origin_id: 'text',
    step: 'text',
  },
  text: `
    select id, profile_id, channel, address, origin, origin_id, step from communicate.message
    where workspace_id = :workspace and id = any(:ids)`,
});

/**
 * What news make of messages: `news` gains these bits (see the column), and with a state an answer that was lost has come
 * after all, or a message came back. Primary key.
 */
export const tellMessages = pgQuery({
  name: 'communicate.tellMessages',
  params: { workspace: 'int4', now: 'timestamptz', ids: 'int8[]', news: 'int4[]', states: 'text[]', reasons: 'text[]' },
  row: {},
  text: `
    update communicate.message set
      news = (message.news | told.news)::int2,
      state = case when told.moves then told.state else message.state end,
      reason = case when told.moves then nullif(told.reason, '') else message.reason end,
      sent_at = case when told.moves then coalesce(message.sent_at, :now) else message.sent_at end
    from (
      select message.workspace_id, message.id, fresh.news, fresh.state, fresh.reason,
        fresh.state <> '' and message.state in ('sending', 'sent', 'delivered', 'uncertain') as moves
      from unnest(:ids, :news, :states, :reasons) as fresh (id, news, state, reason)
      join communicate.message on message.workspace_id = :workspace and message.id = fresh.id
      order by fresh.id
      for update of message
    ) as told
    where message.workspace_id = told.workspace_id and message.id = told.id`,
});

/** Primary key. */
export const suppressAddresses = pgQuery({
  name: 'communicate.suppressAddresses',
  params: {
    workspace: 'int4',
    now: 'timestamptz',
    channels: 'text[]',
    values: 'text[]',
    reasons: 'text[]',
    details: 'text[]',
    actor: 'text',
  },
  row: {},
  text: `
    insert into communicate.suppression (workspace_id, channel, value, reason, at, by_actor, detail)
    select distinct on (channel, value) :workspace, channel, value, reason, :now, :actor, detail
    from unnest(:channels, :values, :reasons, :details) as news (channel, value, reason, detail)
    on conflict (workspace_id, channel, value) do nothing`,
});
