import { chQuery } from '../../../platform/index.ts';

/** From which persona to which between two days. One pass over the workspace's changes. */
export const countMovement = chQuery({
  name: 'decide.countMovement',
  params: { workspace: 'UInt32', from: 'Date', to: 'Date' },
  row: { before: 'String', after: 'String', profiles: 'UInt64' },
  text: `
    select before, after, count() as profiles
    from (
      select argMaxIf(persona, day, day <= {from:Date}) as before, argMax(persona, day) as after
      from persona_days final
      where workspace_id = {workspace:UInt32} and day <= {to:Date}
      group by profile_id
    )
    where before != '' or after != ''
    group by before, after`,
});

/** The first and the newest day of which anything is known; '1970-01-01' when nothing is. */
export const readPersonaRange = chQuery({
  name: 'decide.readPersonaRange',
  params: { workspace: 'UInt32' },
  row: { first: 'Date', last: 'Date' },
  text: `select min(day) as first, max(day) as last from persona_days where workspace_id = {workspace:UInt32}`,
});

/** One customer's changes, newest first. By primary key. */
export const listPersonaDays = chQuery({
  name: 'decide.listPersonaDays',
  params: { workspace: 'UInt32', person: 'UInt64' },
  row: { day: 'Date', persona: 'LowCardinality(String)', r: 'UInt8', f: 'UInt8', m: 'UInt8' },
  text: `
    select day, persona, r, f, m from persona_days final
    where workspace_id = {workspace:UInt32} and profile_id = {person:UInt64}
    order by day desc limit 200`,
});

/** People known to the workspace, and sites with orders. */
export const countCustomers = chQuery({
  name: 'decide.countCustomers',
  params: { workspace: 'UInt32' },
  row: { people: 'UInt64' },
  text: `select count() as people from customers final where workspace_id = {workspace:UInt32} and not removed`,
});

export const listOrderSites = chQuery({
  name: 'decide.listOrderSites',
  params: { workspace: 'UInt32' },
  row: { site: 'LowCardinality(String)' },
  text: `
    select distinct site from customer_orders
    where workspace_id = {workspace:UInt32} and site != '' order by site limit 200`,
});

/** For the right to be forgotten; repeatable. */
export const deletePersonaDays = chQuery({
  name: 'decide.deletePersonaDays',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from persona_days where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});
