import { pgQuery } from '../../../platform/index.ts';

/** What the sandbox took; the same message again changes nothing. */
export const storeSandboxMessages = pgQuery({
  name: 'communicate.storeSandboxMessages',
  params: {
    workspaces: 'int4[]',
    messages: 'int8[]',
    channels: 'text[]',
    addresses: 'text[]',
    contents: 'jsonb[]',
    now: 'timestamptz',
  },
  row: {},
  text: `
    insert into communicate.sandbox_message (workspace_id, message_id, channel, address, content, at)
    select workspace, message, channel, address, content, :now
    from unnest(:workspaces, :messages, :channels, :addresses, :contents)
      as sent (workspace, message, channel, address, content)
    on conflict do nothing`,
});

/** Messages for the shop's own pages; a message of nobody is stored for nobody. Primary keys. */
export const storeInboxMessages = pgQuery({
  name: 'communicate.storeInboxMessages',
  params: { workspaces: 'int4[]', messages: 'int8[]', contents: 'jsonb[]', now: 'timestamptz' },
  row: {},
  text: `
    insert into communicate.inbox_message (workspace_id, message_id, profile_id, content, at)
    select sent.workspace, sent.message, coalesce(message.profile_id, 0), sent.content, :now
    from unnest(:workspaces, :messages, :contents) as sent (workspace, message, content)
    left join communicate.message on message.workspace_id = sent.workspace and message.id = sent.message
    on conflict do nothing`,
});

const sandboxRow = {
  message_id: 'int8',
  channel: 'text',
  address: 'text',
  content: 'jsonb',
  at: 'timestamptz',
  profile_id: 'int8?',
} as const;
const sandboxColumns = `sandbox.message_id, sandbox.channel, sandbox.address, sandbox.content, sandbox.at, message.profile_id`;
const sandboxFrom = `
    from communicate.sandbox_message as sandbox
    left join communicate.message on message.workspace_id = sandbox.workspace_id and message.id = sandbox.message_id`;

/** Newest first; `content` without the two long bodies of a mail. Index sandbox_newest. */
export const listSandboxMessages = pgQuery({
  name: 'communicate.listSandboxMessages',
  params: { workspace: 'int4', channel: 'text?', beforeAt: 'timestamptz', beforeId: 'int8', limit: 'int4' },
  row: sandboxRow,
  text: `
    select sandbox.message_id, sandbox.channel, sandbox.address, sandbox.content - '{html,text}'::text[] as content,
      sandbox.at, message.profile_id
    ${sandboxFrom}
    where sandbox.workspace_id = :workspace and (:channel is null or sandbox.channel = :channel)
      and (sandbox.at, sandbox.message_id) < (:beforeAt, :beforeId)
    order by sandbox.at desc, sandbox.message_id desc limit :limit`,
});

/** Primary key. */
export const findSandboxMessage = pgQuery({
  name: 'communicate.findSandboxMessage',
  params: { workspace: 'int4', id: 'int8' },
  row: sandboxRow,
  text: `select ${sandboxColumns} ${sandboxFrom} where sandbox.workspace_id = :workspace and sandbox.message_id = :id`,
});

/** By time, a workspace at a time: index sandbox_newest. */
export const deleteOldSandboxMessages = pgQuery({
  name: 'communicate.deleteOldSandboxMessages',
  params: { before: 'timestamptz' },
  row: {},
  text: `
    delete from communicate.sandbox_message using govern.workspace
    where sandbox_message.workspace_id = workspace.id and sandbox_message.at < :before`,
});

/** Index message_person, then primary keys. */
export const deleteStoredMessagesOf = pgQuery({
  name: 'communicate.deleteStoredMessagesOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `
    with own as (
      select id from communicate.message where workspace_id = :workspace and profile_id = any(:profiles)
    ), sandbox as (
      delete from communicate.sandbox_message where workspace_id = :workspace and message_id in (select id from own)
    )
    delete from communicate.inbox_message where workspace_id = :workspace and profile_id = any(:profiles)`,
});

/** Index inbox_person. */
export const listInboxMessagesOf = pgQuery({
  name: 'communicate.listInboxMessagesOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { message_id: 'int8', content: 'jsonb', at: 'timestamptz' },
  text: `
    select message_id, content, at from communicate.inbox_message
    where workspace_id = :workspace and profile_id = any(:profiles) order by at desc`,
});
