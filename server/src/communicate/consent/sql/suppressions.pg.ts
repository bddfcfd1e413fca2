import { pgQuery } from '../../../platform/index.ts';

const suppressionRow = {
  channel: 'text',
  value: 'text',
  reason: 'text',
  at: 'timestamptz',
  by_actor: 'text',
  detail: 'text',
} as const;

/** The newest first, below a place in the list. Index suppression_newest. */
export const listSuppressions = pgQuery({
  name: 'communicate.listSuppressions',
  planEachTime: true,
  params: {
    workspace: 'int4',
    channel: 'text',
    prefix: 'text',
    beforeAt: 'timestamptz?',
    beforeChannel: 'text',
    beforeValue: 'text',
    limit: 'int4',
  },
  row: suppressionRow,
  text: `
    select channel, value, reason, at, by_actor, detail from communicate.suppression
    where workspace_id = :workspace and (:channel = '' or channel = :channel) and value like :prefix
      and (:beforeAt is null or (at, channel, value) < (:beforeAt, :beforeChannel, :beforeValue))
    order by at desc, channel desc, value desc limit :limit`,
});

/** Returns those that were not on the list. Primary key. */
export const addSuppressions = pgQuery({
  name: 'communicate.addSuppressions',
  params: {
    workspace: 'int4',
    now: 'timestamptz',
    channels: 'text[]',
    values: 'text[]',
    reason: 'text',
    actor: 'text',
    detail: 'text',
  },
  row: { value: 'text' },
  text: `
    insert into communicate.suppression (workspace_id, channel, value, reason, at, by_actor, detail)
    select distinct :workspace, channel, value, :reason, :now, :actor, :detail
    from unnest(:channels, :values) as address (channel, value)
    on conflict (workspace_id, channel, value) do nothing
    returning value`,
});

/** Primary key. */
export const removeSuppression = pgQuery({
  name: 'communicate.removeSuppression',
  params: { workspace: 'int4', channel: 'text', value: 'text' },
  row: {},
  text: `delete from communicate.suppression where workspace_id = :workspace and channel = :channel and value = :value`,
});

/** Those of these addresses that are on the list. Primary key. */
export const findSuppressions = pgQuery({
  name: 'communicate.findSuppressions',
  params: { workspace: 'int4', channels: 'text[]', values: 'text[]' },
  row: suppressionRow,
  text: `
    select suppression.channel, suppression.value, reason, at, by_actor, detail
    from (select distinct channel, value from unnest(:channels, :values) as each (channel, value)) as asked
    join communicate.suppression on suppression.workspace_id = :workspace and suppression.channel = asked.channel
      and suppression.value = asked.value
    order by at desc`,
});

/** Primary key. A hash that is there already wins: the address is then simply removed. */
export const hashSuppressions = pgQuery({
  name: 'communicate.hashSuppressions',
  params: { workspace: 'int4', channels: 'text[]', values: 'text[]', hashes: 'text[]' },
  row: {},
  text: `
    with gone as (
      delete from communicate.suppression using unnest(:channels, :values, :hashes) as asked (channel, value, hash)
      where suppression.workspace_id = :workspace and suppression.channel = asked.channel
        and suppression.value = asked.value
      returning suppression.channel, asked.hash, suppression.reason, suppression.at, suppression.by_actor
    )
    insert into communicate.suppression (workspace_id, channel, value, reason, at, by_actor)
    select distinct on (channel, hash) :workspace, channel, hash, reason, at, by_actor from gone
    on conflict (workspace_id, channel, value) do nothing`,
});

/** Where local telephone numbers of a workspace are at home. Primary key. */
export const readCountry = pgQuery({
  name: 'communicate.readCountry',
  params: { workspace: 'int4' },
  row: { country: 'text' },
  text: `select country from govern.workspace where id = :workspace`,
});
