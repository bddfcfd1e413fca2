import { pgQuery } from '../../../platform/index.ts';

const messageRow = {
  id: 'int8',
  profile_id: 'int8',
  channel: 'text',
  purpose: 'text',
  kind: 'text',
  template_id: 'int4?',
  template_name: 'text?',
  variant: 'text',
  origin: 'text',
  origin_id: 'text',
  origin_name: 'text?',
  step: 'text',
  state: 'text',
  reason: 'text?',
  detail: 'text',
  address: 'text?',
  due_at: 'timestamptz',
  created_at: 'timestamptz',
  decided_at: 'timestamptz?',
  sent_at: 'timestamptz?',
  attempts: 'int4',
  provider: 'text?',
  feedback: 'jsonb',
} as const;

const columns = `
  message.id, message.profile_id, message.channel, message.purpose, message.kind, message.template_id,
  template.name as template_name, message.variant, message.origin, message.origin_id,
  coalesce(campaign.name, journey.name) as origin_name, message.step, message.state,
  message.reason, message.detail, message.address, message.due_at, message.created_at, message.decided_at,
  message.sent_at, message.attempts, message.provider,
  coalesce((
    select jsonb_agg(jsonb_build_object('kind', kind, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'machine', machine) order by at)
    from communicate.feedback where feedback.workspace_id = message.workspace_id and feedback.message_id = message.id
  ), '[]'::jsonb) as feedback`;
const joins = `
  left join communicate.template on template.workspace_id = message.workspace_id and template.id = message.template_id
  left join communicate.campaign on message.origin = 'campaign' and campaign.workspace_id = message.workspace_id
    and campaign.id = case when message.origin = 'campaign' then message.origin_id::int end
  left join communicate.journey on message.origin = 'journey' and journey.workspace_id = message.workspace_id
    and journey.id = case when message.origin = 'journey' then message.origin_id::int end`;

/** Primary key. */
export const findMessage = pgQuery({
  name: 'communicate.findMessage',
  params: { workspace: 'int4', id: 'int8' },
  row: messageRow,
  text: `
    select ${columns} from communicate.message ${joins}
    where message.workspace_id = :workspace and message.id = :id`,
});

/** What lists of messages are narrowed by: '' for everything. */
const filterParams = { state: 'text', channel: 'text', reason: 'text' } as const;
const filtered = `(:state = '' or message.state = :state)
      and (:channel = '' or message.channel = :channel) and (:reason = '' or message.reason = :reason)`;

/** A customer's messages, newest first. Index message_person. */
export const listPersonMessages = pgQuery({
  name: 'communicate.listPersonMessages',
  params: {
    workspace: 'int4',
    profile: 'int8',
    before: 'timestamptz',
    beforeId: 'int8',
    ...filterParams,
    limit: 'int4',
  },
  row: messageRow,
  text: `
    select ${columns} from communicate.message ${joins}
    where message.workspace_id = :workspace and message.profile_id in (
        select member.id from unify.profile as own
        join unify.profile as member on member.workspace_id = own.workspace_id and member.root_id = own.root_id
        where own.workspace_id = :workspace and own.id = :profile)
      and (message.created_at, message.id) < (:before, :beforeId) and ${filtered}
    order by message.created_at desc, message.id desc limit :limit`,
});

/** Messages of one campaign or journey. Index message_origin. */
export const listOriginMessages = pgQuery({
  name: 'communicate.listOriginMessages',
  params: { workspace: 'int4', origin: 'text', origin_id: 'text', beforeId: 'int8', ...filterParams, limit: 'int4' },
  row: messageRow,
  text: `
    select ${columns} from communicate.message ${joins}
    where message.workspace_id = :workspace and message.origin = :origin and message.origin_id = :origin_id
      and message.id < :beforeId and ${filtered}
    order by message.id desc limit :limit`,
});

/** All messages, newest first. Index message_newest. */
export const listMessages = pgQuery({
  name: 'communicate.listMessages',
  params: { workspace: 'int4', before: 'timestamptz', beforeId: 'int8', ...filterParams, limit: 'int4' },
  row: messageRow,
  text: `
    select ${columns} from communicate.message ${joins}
    where message.workspace_id = :workspace and (message.created_at, message.id) < (:before, :beforeId)
      and ${filtered}
    order by message.created_at desc, message.id desc limit :limit`,
});

/** Primary key. */
export const readRules = pgQuery({
  name: 'communicate.readRules',
  params: { workspace: 'int4' },
  row: { rules: 'jsonb' },
  text: `select rules from communicate.rules where workspace_id = :workspace`,
});

export const writeRules = pgQuery({
  name: 'communicate.writeRules',
  params: { workspace: 'int4', rules: 'jsonb', now: 'timestamptz' },
  row: {},
  text: `
    insert into communicate.rules (workspace_id, rules, updated_at) values (:workspace, :rules, :now)
    on conflict (workspace_id) do update set rules = excluded.rules, updated_at = excluded.updated_at`,
});

/** What messages hold about a person. Index message_person. */
export const listHeldMessages = pgQuery({
  name: 'communicate.listHeldMessages',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    id: 'int8',
    channel: 'text',
    purpose: 'text',
    kind: 'text',
    origin: 'text',
    origin_id: 'text',
    state: 'text',
    reason: 'text?',
    address: 'text?',
    variables: 'jsonb',
    created_at: 'timestamptz',
    sent_at: 'timestamptz?',
    feedback: 'jsonb',
  },
  text: `
    select id, channel, purpose, kind, origin, origin_id, state, reason, coalesce(address, given_address) as address,
      variables, created_at, sent_at,
      coalesce((
        select jsonb_agg(jsonb_build_object('kind', kind, 'at', at, 'machine', machine, 'detail', detail) order by at)
        from communicate.feedback where feedback.workspace_id = message.workspace_id and feedback.message_id = message.id
      ), '[]'::jsonb) as feedback
    from communicate.message
    where workspace_id = :workspace and profile_id = any(:profiles) order by created_at, id`,
});

/** Index message_person; feedback goes with its message. */
export const deleteMessagesOf = pgQuery({
  name: 'communicate.deleteMessagesOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { messages: 'int8' },
  text: `
    with gone as (
      delete from communicate.message where workspace_id = :workspace and profile_id = any(:profiles) returning 1
    ), control as (
      delete from communicate.campaign_control where workspace_id = :workspace and profile_id = any(:profiles)
    )
    select count(*) as messages from gone`,
});
