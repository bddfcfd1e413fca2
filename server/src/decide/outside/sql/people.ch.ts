import { chQuery } from '../../../platform/index.ts';

/** Segments of partners: how many profiles are in each, and of how many it may be used now. By primary key. */
export const countSegments = chQuery({
  name: 'decide.countOutsideSegments',
  params: { workspace: 'UInt32', now: 'Int64' },
  row: { provider: 'UInt32', name: 'String', people: 'UInt64', usable: 'UInt64', ends: 'Int64' },
  text: `
    select provider_id as provider, outside_people.segment as name, count() as people,
      countIf(toUnixTimestamp64Milli(until) > {now:Int64}) as usable,
      toInt64(minIf(toUnixTimestamp64Milli(until), toUnixTimestamp64Milli(until) > {now:Int64})) as ends
    from outside_people final
    where workspace_id = {workspace:UInt32} and not removed
    group by provider, name
    order by provider, name
    limit 2000`,
});

/** Rows that nothing stands behind any more, with the older ones of the same key that wait to be merged. */
export const deleteRemovedPeople = chQuery({
  name: 'decide.deleteRemovedOutsidePeople',
  params: {},
  row: {},
  text: `
    delete from outside_people
    where (workspace_id, provider_id, segment, profile_id) in (
      select workspace_id, provider_id, segment, profile_id from outside_people final where removed)`,
});

export const deleteProviderPeople = chQuery({
  name: 'decide.deleteOutsideProviderPeople',
  params: { workspace: 'UInt32', provider: 'UInt32' },
  row: {},
  text: `delete from outside_people where workspace_id = {workspace:UInt32} and provider_id = {provider:UInt32}`,
});

/** For the right to be forgotten; repeatable. */
export const deleteOutsidePeople = chQuery({
  name: 'decide.deleteOutsidePeople',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from outside_people where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});
