import type { Metric, TrendInput } from '@vitrail/contracts';
import { Fault } from '../../../platform/index.ts';
import { propertySubject } from '../../segments/compile/eventCondition.ts';
import { eventFilters, eventKey, eventMatches, orderField } from '../compile/dimensions.ts';
import { compileSales, isLineField } from '../compile/sales.ts';
import {
  allOf,
  bucketOf,
  type Compiled,
  type Draft,
  draft,
  finish,
  inSegment,
  inSpans,
  isBefore,
  realEvents,
  rootOf,
} from '../compile/text.ts';
import type { Scope } from '../scope.ts';

type Counted = Pick<TrendInput, 'metric' | 'interval' | 'breakdown' | 'filters' | 'segment'>;

/** Rows `person, bucket, previous, key …` of which every number of a trend is an aggregate. */
interface Facts {
  readonly text: string;
  /** The number, or what is divided. */
  readonly top: string;
  /** What it is divided by; null for a number that is no ratio. */
  readonly bottom: string | null;
  /** `top` where intervals are not told apart, when it differs. */
  readonly wholeTop?: string;
  /** Which rows stand for a person behind the number. */
  readonly behind: string;
  /** The same where intervals are not told apart, when it differs. */
  readonly wholeBehind?: string;
}

const people = 'uniqExactIf(person, person > 0)';

function compileFacts(counted: Counted, draft: Draft): Facts {
  const { metric } = counted;
  switch (metric.of) {
    case 'events':
    case 'people':
    case 'per_person':
    case 'sum':
      return eventFacts(metric, counted, draft);
    case 'visitors':
      return { ...visitFacts(counted, draft), top: people, bottom: null, behind: 'person > 0' };
    case 'conversion':
      return conversionFacts(counted, draft);
    default:
      return orderFacts(metric.of, counted, draft);
  }
}

/** Events gathered by profile row, interval and value first, and mapped to people after. */
function gatherEvents(
  conditions: readonly string[],
  amount: string | null,
  { interval, breakdown, filters, segment }: Counted,
  draft: Draft,
): string {
  const { scope, params } = draft;
  const spans = inSpans('timestamp', [scope.current, scope.before], draft);
  const sums = `count() as n${amount === null ? '' : `, sum(${amount}) as amount`}`;
  const where = allOf([realEvents, spans, ...conditions, ...eventFilters(filters, params)]);
  const key = breakdown === undefined ? "''" : eventKey(breakdown, params);
  const within = inSegment(segment, draft);
  const text = `
    select ${rootOf} as person, bucket, previous, key, n${amount === null ? '' : ', amount'}
    from (
      select workspace_id, profile_id, ${bucketOf('timestamp', interval, draft)} as bucket,
        ${isBefore('timestamp', draft)} as previous, ${key} as key, ${sums}
      from events
      where ${where}
      group by workspace_id, profile_id, bucket, previous, key
    )`;
  return within === '' ? text : `select * from (${text}) where ${within}`;
}

function eventFacts(metric: Extract<Metric, { match: unknown }>, counted: Counted, draft: Draft): Facts {
  const amount =
    metric.of !== 'sum'
      ? null
      : 'property' in metric.value
        ? `ifNull(${propertySubject(metric.value.property, draft.params).number}, 0)`
        : 'toDecimal128(ifNull(base_value, 0), 4)';
  const text = gatherEvents([eventMatches(metric.match, draft)], amount, counted, draft);
  const behind = 'person > 0';
  switch (metric.of) {
    case 'events':
      return { text, top: 'sum(n)', bottom: null, behind };
    case 'sum':
      return { text, top: 'sum(amount)', bottom: null, behind };
    case 'people':
      return { text, top: people, bottom: null, behind };
    case 'per_person':
      return { text, top: 'sumIf(n, person > 0)', bottom: people, behind };
  }
}

const visitFacts = (counted: Counted, draft: Draft): { text: string } => ({
  text: gatherEvents(["type in ('page', 'screen') and profile_id > 0"], null, counted, draft),
});

/** Visitors, and whether they ordered in the same interval, and in the period at all. A site is that of visit and order. */
function conversionFacts(counted: Counted, draft: Draft): Facts {
  const { scope } = draft;
  const sites = counted.filters.filter((filter) => 'field' in filter && filter.field === 'site');
  const bySite = counted.breakdown !== undefined && 'field' in counted.breakdown && counted.breakdown.field === 'site';
  const key = bySite ? ', key' : '';
  const buyers = `
    select person, ${bucketOf('ordered_at', counted.interval, draft)} as bucket,
      ${isBefore('ordered_at', draft)} as previous${bySite ? ', toString(site) as key' : ''}
    from (${compileSales({ spans: [scope.current, scope.before], filters: sites }, draft)})
    where person > 0`;
  const text = `
    select person, bucket, previous, key,
      (person, bucket, previous${key}) in (select person, bucket, previous${key} from (${buyers})) as bought_then,
      (person, previous${key}) in (select person, previous${key} from (${buyers})) as bought
    from (${visitFacts(counted, draft).text})`;
  return {
    text,
    top: 'uniqExactIf(person, bought_then)',
    wholeTop: 'uniqExactIf(person, bought)',
    bottom: 'uniqExact(person)',
    behind: 'bought_then',
    wholeBehind: 'bought',
  };
}

function orderFacts(of: Metric['of'], counted: Counted, draft: Draft): Facts {
  const { scope } = draft;
  const breakdown = counted.breakdown === undefined ? null : orderField(counted.breakdown);
  const split = isLineField(breakdown);
  const lines = split || of === 'units';
  if (split && (of === 'aov' || of === 'refunds'))
    throw new Fault(
      'invalid',
      'decide.metric_unsuited',
      'Refunds and average order value belong to whole orders: they cannot be split by product, category or brand.',
    );
  const sales = compileSales(
    {
      spans: [scope.current, scope.before],
      filters: counted.filters,
      segment: counted.segment,
      breakdown,
      firsts: of === 'new_customers',
      lines,
    },
    draft,
  );
  const text = `
    select *, ${bucketOf('ordered_at', counted.interval, draft)} as bucket,
      ${isBefore('ordered_at', draft)} as previous, ${breakdown === null ? "''" : `toString(${breakdown})`} as key
    from (${sales})`;
  const orders = lines ? 'uniqExact(order_id)' : 'count()';
  const revenue = lines ? 'sum(amount)' : 'sum(net)';
  const behind = 'person > 0';
  switch (of) {
    case 'revenue':
      return { text, top: revenue, bottom: null, behind };
    case 'orders':
      return { text, top: orders, bottom: null, behind };
    case 'aov':
      return { text, top: revenue, bottom: orders, behind };
    case 'units':
      return { text, top: 'sum(units)', bottom: null, behind };
    case 'refunds':
      return { text, top: 'sum(refunded)', bottom: null, behind: 'person > 0 and refunded > 0' };
    case 'new_customers':
      return { text, top: 'uniqExactIf(person, is_first)', bottom: null, behind: 'is_first' };
    default:
      return { text, top: people, bottom: null, behind };
  }
}

const cells = ({ top, bottom }: Pick<Facts, 'top' | 'bottom'>): string =>
  `toFloat64(${top}) as top, toFloat64(${bottom ?? '1'}) as bottom`;

/** The values of the breakdown with the largest numbers in the period, largest first, and how many there are. */
export function compileTopGroups(input: Counted, limit: number, scope: Scope) {
  const into = draft({ ...scope, before: null });
  const facts = compileFacts(input, into);
  const text = `
    select key, count() over () as groups
    from (
      select toString(key) as key, ${cells({ top: facts.wholeTop ?? facts.top, bottom: facts.bottom })}
      from (${facts.text})
      group by key
    )
    order by ${facts.bottom === null ? 'top' : 'bottom'} desc, key
    limit ${into.params.bind('UInt32', limit)}`;
  return finish(into, 'decide.trendGroups', { key: 'String', groups: 'UInt64' }, text);
}

const trendRow = {
  bucket: 'Date',
  whole: 'UInt8',
  everything: 'UInt8',
  known: 'UInt8',
  key: 'String',
  previous: 'UInt8',
  top: 'Float64',
  bottom: 'Float64',
  wholeTop: 'Float64',
} as const;

/**
 * Every number of a trend in one pass: per interval and value of the breakdown, per value over the period (`whole`), per
 * interval over all values (`everything`), and over both. Values other than `groups` are one, with `known` 0.
 */
export function compileTrend(
  input: Counted,
  groups: readonly string[] | null,
  scope: Scope,
): Compiled<typeof trendRow> {
  const into = draft(scope);
  const facts = compileFacts(input, into);
  const split =
    groups === null
      ? { keys: '', sets: '(previous, bucket), (previous)', shown: "1 as everything, 1 as known, '' as key" }
      : {
          keys: `, value in ${into.params.bind('Array(String)', groups)} as known, if(known, value, '') as key`,
          sets: '(previous, bucket, known, key), (previous, known, key), (previous, bucket), (previous)',
          shown: 'grouping(known) as everything, known, key',
        };
  const text = `
    select bucket, grouping(bucket) as whole, ${split.shown}, previous, ${cells(facts)},
      toFloat64(${facts.wholeTop ?? facts.top}) as wholeTop
    from (
      select *${split.keys}
      from (select * except (key, previous), toString(key) as value, toUInt8(previous) as previous from (${facts.text}))
    )
    group by grouping sets (${split.sets})`;
  return finish(into, 'decide.trend', trendRow, text);
}

/** The people behind one point. */
export function compileTrendPeople(input: TrendInput, point: NonNullable<TrendInput['people']>, scope: Scope) {
  const into = draft(scope);
  const facts = compileFacts(input, into);
  const { params } = into;
  const whole = point.bucket === undefined;
  const where = allOf([
    (whole ? facts.wholeBehind : undefined) ?? facts.behind,
    `previous = ${point.previous ? 1 : 0}`,
    point.bucket === undefined ? '' : `bucket = toDate(${params.text(point.bucket)})`,
    point.group === undefined ? '' : `toString(key) = ${params.text(point.group)}`,
  ]);
  return { draft: into, text: `select person from (${facts.text}) where ${where}` };
}
