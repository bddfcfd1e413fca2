import { chQuery } from '../../../platform/index.ts';

/**
 * Who lately did something with one of these products, newest first for each: a projection by name finds the events, the
 * product is a column of them.
 */
export const listInterested = chQuery({
  name: 'communicate.listInterested',
  params: {
    workspace: 'UInt32',
    events: 'Array(String)',
    products: 'Array(String)',
    since: 'Int64',
  },
  row: { profile: 'UInt64', product: 'String', at: 'DateTime64(3)' },
  text: `
    select profile_id as profile, product_id as product, max(timestamp) as at
    from events
    where workspace_id = {workspace:UInt32} and type = 'track' and event in {events:Array(String)} and not bot
      and product_id in {products:Array(String)} and timestamp >= fromUnixTimestamp64Milli({since:Int64})
    group by profile, product`,
});

/** Everyone whose trait is this day: of any year, or of this one. */
export const listByDay = chQuery({
  name: 'communicate.listByDay',
  params: { workspace: 'UInt32', trait: 'String', day: 'String', from: 'UInt8', length: 'UInt8' },
  row: { profile: 'UInt64' },
  text: `
    select profile_id as profile from customers final
    where workspace_id = {workspace:UInt32} and not removed
      and substring(trim(both '"' from traits[{trait:String}]), {from:UInt8}, {length:UInt8}) = {day:String}`,
});

/** Everyone. */
export const listEveryone = chQuery({
  name: 'communicate.listEveryone',
  params: { workspace: 'UInt32' },
  row: { profile: 'UInt64' },
  text: `select profile_id as profile from customers final where workspace_id = {workspace:UInt32} and not removed`,
});

/** The last time such an event came from these rows. */
export const findLastEvent = chQuery({
  name: 'communicate.findLastEvent',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)', type: 'String', event: 'String' },
  row: { at: 'DateTime64(3)', n: 'UInt64' },
  text: `
    select max(timestamp) as at, count() as n from events
    where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)} and type = {type:String}
      and event = {event:String} and not bot`,
});
