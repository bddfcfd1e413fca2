import { chQuery } from '../../../platform/index.ts';

/** Members by key. Primary key of memberships. */
export const listMembers = chQuery({
  name: 'decide.listMembers',
  params: { workspace: 'UInt32', segment: 'UInt32', after: 'UInt64', limit: 'UInt32' },
  row: { profile_id: 'UInt64', since: 'DateTime64(3)' },
  text: `
    select profile_id, since from memberships final
    where workspace_id = {workspace:UInt32} and segment_id = {segment:UInt32} and profile_id > {after:UInt64} and member
    order by profile_id limit {limit:UInt32}`,
});

/** Compiles regular expressions; fails on one that RE2 refuses. Reads no table. */
export const tryPatterns = chQuery({
  name: 'decide.tryPatterns',
  params: { patterns: 'Array(String)' },
  row: { matching: 'UInt64' },
  text: `select countIf(match('', pattern)) as matching from (select arrayJoin({patterns:Array(String)}) as pattern)`,
});

/** Entries, exits and the growth of the segment by local day. */
export const countChanges = chQuery({
  name: 'decide.countChanges',
  params: { workspace: 'UInt32', segment: 'UInt32', from: 'Int64', zone: 'String' },
  row: { day: 'String', entered: 'UInt64', exited: 'UInt64', growth: 'Int64' },
  text: `
    select toString(toDate(at, {zone:String})) as day, countIf(change.entered and told) as entered,
      countIf(not change.entered and told) as exited, sum(if(change.entered, 1, -1)) as growth
    from membership_changes as change
    where workspace_id = {workspace:UInt32} and segment_id = {segment:UInt32}
      and at >= fromUnixTimestamp64Milli({from:Int64})
    group by day`,
});

/** How many people are in exactly these of the segments, for every combination that occurs. */
export const countCombinations = chQuery({
  name: 'decide.countCombinations',
  params: { workspace: 'UInt32', segments: 'Array(UInt32)' },
  row: { segments: 'Array(UInt32)', people: 'UInt64' },
  text: `
    select segments, count() as people from (
      select arraySort(groupArray(segment_id)) as segments from memberships final
      where workspace_id = {workspace:UInt32} and segment_id in {segments:Array(UInt32)} and member
      group by profile_id
    )
    group by segments order by people desc`,
});

/** Members with an address and with consent, by channel. Purposes as `consentPurposes` names them. */
export const countReach = chQuery({
  name: 'decide.countReach',
  params: {
    workspace: 'UInt32',
    segment: 'UInt32',
    email: 'Array(String)',
    sms: 'Array(String)',
    web: 'Array(String)',
  },
  row: {
    size: 'UInt64',
    email: 'UInt64',
    email_granted: 'UInt64',
    email_denied: 'UInt64',
    sms: 'UInt64',
    sms_granted: 'UInt64',
    sms_denied: 'UInt64',
    web: 'UInt64',
    web_granted: 'UInt64',
    web_denied: 'UInt64',
  },
  text: `
    select count() as size,
      countIf(has(namespaces, 'email')) as email,
      countIf(has(namespaces, 'email') and email_yes and not email_no) as email_granted,
      countIf(has(namespaces, 'email') and email_no) as email_denied,
      countIf(has(namespaces, 'phone')) as sms,
      countIf(has(namespaces, 'phone') and sms_yes and not sms_no) as sms_granted,
      countIf(has(namespaces, 'phone') and sms_no) as sms_denied,
      countIf(has(namespaces, 'anonymous_id')) as web,
      countIf(has(namespaces, 'anonymous_id') and web_yes and not web_no) as web_granted,
      countIf(has(namespaces, 'anonymous_id') and web_no) as web_denied
    from (
      select namespaces,
        arrayExists(each -> consents[each], {email:Array(String)}) as email_yes,
        arrayExists(each -> mapContains(consents, each) and not consents[each], {email:Array(String)}) as email_no,
        arrayExists(each -> consents[each], {sms:Array(String)}) as sms_yes,
        arrayExists(each -> mapContains(consents, each) and not consents[each], {sms:Array(String)}) as sms_no,
        arrayExists(each -> consents[each], {web:Array(String)}) as web_yes,
        arrayExists(each -> mapContains(consents, each) and not consents[each], {web:Array(String)}) as web_no
      from customers final
      where workspace_id = {workspace:UInt32} and not removed and profile_id in (
        select profile_id from memberships final
        where workspace_id = {workspace:UInt32} and segment_id = {segment:UInt32} and member)
    )`,
});

export const deleteMembershipRows = chQuery({
  name: 'decide.deleteMembershipRows',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from memberships where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});

export const deleteMembershipChanges = chQuery({
  name: 'decide.deleteMembershipChanges',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `
    delete from membership_changes where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});

/** Traits in use, with how many people have one and a few frequent values. */
export const listTraits = chQuery({
  name: 'decide.listTraits',
  params: { workspace: 'UInt32' },
  row: { name: 'String', people: 'UInt64', examples: 'Array(String)' },
  text: `
    select name, count() as people, topK(20)(value) as examples
    from (
      select arrayJoin(mapKeys(traits)) as name, traits[name] as value from customers final
      where workspace_id = {workspace:UInt32} and not removed
    )
    group by name order by people desc limit 300`,
});

/** Names of what people did, most frequent first. */
export const listEventNames = chQuery({
  name: 'decide.listEventNames',
  params: { workspace: 'UInt32' },
  row: { type: 'LowCardinality(String)', event: 'LowCardinality(String)', count: 'UInt64' },
  text: `
    select type, event, count() as count from events
    where workspace_id = {workspace:UInt32} and type in ('track', 'page', 'screen') and event != '' and not bot
    group by type, event order by count desc limit 300`,
});

/** Properties of one event, from its newest occurrences. */
export const listProperties = chQuery({
  name: 'decide.listProperties',
  params: { workspace: 'UInt32', event: 'String' },
  row: { name: 'String', examples: 'Array(String)' },
  text: `
    select name, topK(20)(value) as examples
    from (
      select pair.1 as name, trim(both '"' from pair.2) as value
      from (
        select arrayJoin(JSONExtractKeysAndValuesRaw(properties)) as pair
        from (
          select properties from events
          where workspace_id = {workspace:UInt32} and event = {event:String} and not bot limit 2000
        )
      )
    )
    where value != 'null'
    group by name order by count() desc limit 100`,
});

/** Categories and brands that were seen or bought. */
export const listProductWords = chQuery({
  name: 'decide.listProductWords',
  params: { workspace: 'UInt32' },
  row: { categories: 'Array(String)', brands: 'Array(String)' },
  text: `
    select arrayFilter(each -> each != '', topK(200)(category)) as categories,
      arrayFilter(each -> each != '', topK(200)(brand)) as brands
    from (
      select category, brand from customer_order_lines where workspace_id = {workspace:UInt32}
      union all
      select category, brand from events where workspace_id = {workspace:UInt32} and event = 'Product Viewed'
      limit 1000000
    )`,
});

export const listConsentPurposes = chQuery({
  name: 'decide.listConsentPurposes',
  params: { workspace: 'UInt32' },
  row: { purposes: 'Array(String)', namespaces: 'Array(String)' },
  text: `
    select groupUniqArrayArray(mapKeys(consents)) as purposes, groupUniqArrayArray(namespaces) as namespaces
    from customers final where workspace_id = {workspace:UInt32} and not removed`,
});
