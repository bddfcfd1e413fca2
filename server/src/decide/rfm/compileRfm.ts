import type { RfmEdges } from '@vitrail/contracts';
import type { ChQuery, ChShape, ChValues } from '../../platform/index.ts';
import { netRevenue } from '../segments/compile/orderCondition.ts';
import { Parameters } from '../segments/compile/parameters.ts';
import { engagementExpression, rfmExpression } from './compilePersona.ts';

/** A query made for one question: text and the values bound in it, besides `workspace` and `now`. */
export interface CompiledQuery<R extends ChShape> {
  readonly query: ChQuery<ChShape, R>;
  readonly values: ChValues<ChShape>;
}

/** Whose orders and events count. */
export interface RfmScope {
  /** '' for all sites. */
  readonly site: string;
  /** Profile rows of one customer; absent for everyone. */
  readonly members?: readonly number[];
}

const engagementDays = 90;
const root = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";
/** Net of refunds; an order without a rate counts, but not its money. */
const net = `ifNull(${netRevenue}, 0)`;
const instant = (ms: string): string => `fromUnixTimestamp64Milli(${ms}, 'UTC')`;

function conditions({ site, members }: RfmScope, params: Parameters): string {
  const ofSite = site === '' ? '' : ` and site = ${params.text(site)}`;
  return members === undefined ? ofSite : `${ofSite} and profile_id in ${params.bind('Array(UInt64)', members)}`;
}
const personIn = ({ members }: RfmScope): string => (members === undefined ? root : '0');

/**
 * `person, last, orders, revenue` of every buyer as of `{now:Int64}`: sales only, without what was cancelled. Reads
 * customer_orders by (workspace_id, profile_id); the dictionary is asked once per profile row.
 */
const buyers = (scope: RfmScope, params: Parameters): string => `
  select person, max(l) as last, sum(n) as orders, sum(s) as revenue
  from (
    select ${personIn(scope)} as person, l, n, s from (
      select workspace_id, profile_id, max(toUnixTimestamp64Milli(ordered_at)) as l, count() as n, sum(${net}) as s
      from customer_orders final
      where workspace_id = {workspace:UInt32} and profile_id > 0 and status not in ('cancelled', '')
        and ordered_at <= ${instant('{now:Int64}')}${conditions(scope, params)}
      group by workspace_id, profile_id
    )
  )
  group by person`;

/** `person, engagement`: pages, screens and track events of the 90 days before `{now:Int64}`, robots left out. */
const engaged = (scope: RfmScope, params: Parameters): string => `
  select person, sum(n) as engagement
  from (
    select ${personIn(scope)} as person, n from (
      select workspace_id, profile_id, count() as n
      from events
      where workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and type in ('page', 'screen', 'track')
        and timestamp > ${instant(`{now:Int64} - ${engagementDays * 86_400_000}`)} and timestamp <= ${instant('{now:Int64}')}
        ${conditions(scope, params)}
      group by workspace_id, profile_id
    )
  )
  group by person`;

const facts = (scope: RfmScope, params: Parameters): string => `
  select person, last, orders, revenue, engagement
  from (${buyers(scope, params)}) as bought
  left any join (${engaged(scope, params)}) as engaged using (person)`;

function close<const R extends ChShape>(
  name: string,
  row: R,
  text: string,
  params: Parameters,
  more: ChShape = {},
): CompiledQuery<R> {
  const types: ChShape = { workspace: 'UInt32', now: 'Int64', ...more, ...params.types };
  return { query: { name, text, row, params: types }, values: params.values };
}

/** The ends of the first four fifths of the buyers, by nearest rank: real values, so that the same data give the same. */
export function compileFifths(site: string) {
  const params = new Parameters();
  const of = (value: string): string =>
    `arrayMap(fifth -> arraySort(groupArray(${value}))[toUInt64(ceil(fifth * count() / 5))], [1, 2, 3, 4])`;
  const text = `
  select count() as buyers, ${of('{now:Int64} - last')} as recency, ${of('orders')} as orders_at,
    ${of('round(revenue, 4)')} as revenue_at, ${of('engagement')} as engagement_at
  from (${facts({ site }, params)})`;
  const row = {
    buyers: 'UInt64',
    recency: 'Array(Int64)',
    orders_at: 'Array(UInt64)',
    revenue_at: 'Array(Float64)',
    engagement_at: 'Array(UInt64)',
  } as const;
  return close('decide.rfmFifths', row, text, params);
}

/** `person` with scores and persona; the columns of the facts beside them. */
function scored(scope: RfmScope, edges: RfmEdges, params: Parameters): string {
  const { r, f, m, persona } = rfmExpression(edges, { last: 'last', orders: 'orders', revenue: 'revenue' }, params);
  return `
  select person, last, orders, revenue, engagement, ${r} as r, ${f} as f, ${m} as m, ${persona} as persona,
    ${engagementExpression(edges, 'engagement', params)} as e
  from (${facts(scope, params)})`;
}

/** Everything the page of personas shows, in a few dozen rows. */
export function compileSummary(site: string, edges: RfmEdges) {
  const params = new Parameters();
  const text = `
  select persona, toUInt8(r) as recency, toUInt8(f) as frequency, count() as profiles, round(sum(revenue), 4) as money,
    sum(orders) as sales, sum({now:Int64} - last) / 86400000 as days, sum(toUInt64(e)) as engagements
  from (${scored({ site }, edges, params)})
  group by persona, recency, frequency`;
  const row = {
    persona: 'String',
    recency: 'UInt8',
    frequency: 'UInt8',
    profiles: 'UInt64',
    money: 'Float64',
    sales: 'UInt64',
    days: 'Float64',
    engagements: 'UInt64',
  } as const;
  return close('decide.rfmSummary', row, text, params);
}

/** The people of a persona or of a cell of the grid, by id. */
export function compilePeople(
  asked: {
    site: string;
    persona?: string | undefined;
    r?: number | undefined;
    f?: number | undefined;
    after: number;
    limit: number;
  },
  edges: RfmEdges,
) {
  const params = new Parameters();
  const { persona, r, f } = asked;
  const where = [
    `person > ${params.bind('UInt64', asked.after)}`,
    ...(persona === undefined ? [] : [`persona = ${params.text(persona)}`]),
    ...(r === undefined ? [] : [`r = ${params.number(r)}`]),
    ...(f === undefined ? [] : [`f = ${params.number(f)}`]),
  ];
  const text = `
  select person, persona, orders, round(revenue, 4) as money
  from (${scored({ site: asked.site }, edges, params)})
  where ${where.join(' and ')}
  order by person limit ${params.bind('UInt32', asked.limit)}`;
  const row = { person: 'UInt64', persona: 'String', orders: 'UInt64', money: 'Float64' } as const;
  return close('decide.rfmPeople', row, text, params);
}

/** One customer; no row without an order. */
export function compileProfile(members: readonly number[], edges: RfmEdges) {
  const params = new Parameters();
  const facts = { last: 'last', orders: 'orders', revenue: 'revenue' };
  const text = `
  select persona, toUInt8(r) as recency, toUInt8(f) as frequency, toUInt8(m) as monetary, toUInt8(e) as engagements,
    orders, round(revenue, 4) as money, engagement, last as last_ms,
    toInt64(${rfmExpression(edges, facts, params).next}) as next
  from (${scored({ site: '', members }, edges, params)})`;
  const row = {
    persona: 'String',
    recency: 'UInt8',
    frequency: 'UInt8',
    monetary: 'UInt8',
    engagements: 'UInt8',
    orders: 'UInt64',
    money: 'Float64',
    engagement: 'UInt64',
    last_ms: 'Int64',
    next: 'Int64',
  } as const;
  return close('decide.rfmProfile', row, text, params);
}

/** Engagement of one customer who has not ordered. */
export function compileEngagement(members: readonly number[]) {
  const params = new Parameters();
  const text = `select sum(engagement) as total from (${engaged({ site: '', members }, params)})`;
  return close('decide.rfmEngagement', { total: 'UInt64' } as const, text, params);
}

/**
 * Writes who changed since the newest row of each person; who is no buyer any more gets a row without a persona. A repeat
 * writes nothing. `{day:String}` is the local day that `{now:Int64}` lies in, or begins.
 */
export function compileSnapshot(edges: RfmEdges): CompiledQuery<Record<never, never>> {
  const params = new Parameters();
  const { r, f, m, persona } = rfmExpression(edges, { last: 'last', orders: 'orders', revenue: 'revenue' }, params);
  const text = `
  insert into persona_days (workspace_id, profile_id, day, persona, r, f, m, version)
  select {workspace:UInt32}, person, toDate({day:String}), new.1, new.2, new.3, new.4, {version:UInt64}
  from (
    select person, anyIf(state, is_new = 1) as new, anyIf(state, is_new = 0) as old
    from (
      select person, (toString(${persona}), toUInt8(${r}), toUInt8(${f}), toUInt8(${m})) as state, 1 as is_new
      from (${buyers({ site: '' }, params)})
      union all
      select profile_id, argMax((toString(persona), r, f, m), day), 0
      from persona_days final
      where workspace_id = {workspace:UInt32} and day <= toDate({day:String})
      group by profile_id
    )
    group by person
  )
  where new != old`;
  return close('decide.rfmSnapshot', {}, text, params, { day: 'String', version: 'UInt64' });
}
