import { chQuery } from '../../../platform/index.ts';

const filter = {
  workspace: 'UInt32',
  reason: 'String',
  source: 'UInt32',
  event: 'String',
  from: 'DateTime64(3)',
  to: 'DateTime64(3)',
} as const;

/** An empty text or 0 leaves a filter out. */
const matches = `
  workspace_id = {workspace:UInt32} and at >= {from:DateTime64(3)} and at < {to:DateTime64(3)}
  and ({reason:String} = '' or reason = {reason:String})
  and ({source:UInt32} = 0 or source_id = {source:UInt32})
  and ({event:String} = '' or event = {event:String})`;

const summary = {
  id: 'String',
  at: 'DateTime64(3)',
  reason: 'LowCardinality(String)',
  detail: 'String',
  source_id: 'UInt32',
  type: 'LowCardinality(String)',
  event: 'LowCardinality(String)',
  message_id: 'String',
  replayed: 'Bool',
  raw: 'String',
} as const;

const request = {
  received_at: 'Nullable(DateTime64(3))',
  sent_at: 'Nullable(DateTime64(3))',
  ip: 'String',
  user_agent: 'String',
} as const;
/** What a replay needs: the record, and the request it came in. */
const replayable = `
    select id, at, reason, detail, source_id, type, event, message_id, replayed, raw, received_at, sent_at, ip, user_agent
    from drops`;

/** A page of dropped records, newest first. Sorting key (workspace_id, at), read backwards. */
export const pageDrops = chQuery({
  name: 'collect.pageDrops',
  params: {
    ...filter,
    /** 0: not replayed, 1: replayed, 2: all. */
    replayed: 'UInt8',
    beforeAt: 'DateTime64(3)',
    beforeId: 'String',
    limit: 'UInt32',
  },
  row: summary,
  text: `
    select id, at, reason, detail, source_id, type, event, message_id, replayed, raw
    from drops
    where ${matches}
      and ({replayed:UInt8} = 2 or replayed = {replayed:UInt8})
      and (at < {beforeAt:DateTime64(3)} or (at = {beforeAt:DateTime64(3)} and id < {beforeId:String}))
    order by at desc, id desc
    limit {limit:UInt32}`,
});

/** Records to replay, by a filter: the oldest not replayed yet. Sorting key (workspace_id, at). */
export const listReplayable = chQuery({
  name: 'collect.listReplayable',
  params: { ...filter, limit: 'UInt32' },
  row: { ...summary, ...request },
  text: `${replayable}
    where ${matches} and not replayed and raw <> ''
    order by at, id
    limit {limit:UInt32}`,
});

/** Records to replay, by id. One pass over the workspace's drops. */
export const findDrops = chQuery({
  name: 'collect.findDrops',
  params: { workspace: 'UInt32', ids: 'Array(String)' },
  row: { ...summary, ...request },
  text: `${replayable}
    where workspace_id = {workspace:UInt32} and id in {ids:Array(String)} and raw <> ''
    order by at, id`,
});

/** Marks records as replayed. A mutation: rare, by hand, some thousand at a time. */
export const markReplayed = chQuery({
  name: 'collect.markDropsReplayed',
  params: { workspace: 'UInt32', ids: 'Array(String)' },
  row: {},
  text: `
    alter table drops update replayed = true
    where workspace_id = {workspace:UInt32} and id in {ids:Array(String)} and not replayed`,
});
