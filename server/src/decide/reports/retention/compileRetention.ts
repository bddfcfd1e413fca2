import type { RetentionInput } from '@vitrail/contracts';
import { eventFilters, eventMatches } from '../compile/dimensions.ts';
import { compileSales } from '../compile/sales.ts';
import { allOf, bucketOf, type Draft, draft, finish, inSegment, inSpans, realEvents, rootOf } from '../compile/text.ts';
import type { Scope, Span } from '../scope.ts';

type Counted = Pick<RetentionInput, 'first' | 'back' | 'interval' | 'filters' | 'segment'>;
type Match = Extract<Counted['first'], { of: 'event' }>['match'];

/** From the first cohort on, up to now: whoever comes back, comes back in it. */
const spanOf = ({ scope }: Draft): Span => ({ ...scope.current, toMs: scope.now.getTime() });

/**
 * Per person `first_at`, of all history so that nobody is new twice, and `buckets`, the intervals of coming back. Events are
 * the largest table: both are told from one reading of it.
 */
function seenOf(first: Match | null, back: Match | null, counted: Counted, draft: Draft): string {
  const timed = inSpans('timestamp', [spanOf(draft)], draft);
  const tests = [first, back].map((match) => match && eventMatches(match, draft));
  const same = JSON.stringify(first) === JSON.stringify(back);
  const [isFirst = null, isBack = null] = same ? ['1', '1'] : tests;
  const any = [...new Set(same ? tests.slice(1) : tests)].filter((test) => test !== null).join(' or ');
  const inner = [
    ...(isFirst === null ? [] : [`minIf(timestamp, ${sure(isFirst)}) as earliest, max(${sure(isFirst)}) as began`]),
    ...(isBack === null ? [] : [`max(${sure(isBack)} and ${timed}) as came`]),
  ];
  const outer = [
    ...(isFirst === null ? [] : ['minIf(earliest, began) as first_at']),
    ...(isBack === null ? [] : ['groupUniqArrayIf(bucket, came) as buckets']),
  ];
  // Of comings alone only those of the period are read; a beginning needs no intervals.
  const read = first === null ? timed : '';
  const keys = ['workspace_id', 'profile_id', ...(isBack === null ? [] : ['bucket'])];
  const columns =
    isBack === null ? keys : [...keys.slice(0, 2), `${bucketOf('timestamp', counted.interval, draft)} as bucket`];
  return `
      select ${rootOf} as person, ${outer.join(', ')}
      from (
        select ${[...columns, ...inner].join(', ')}
        from events
        where ${allOf([realEvents, 'profile_id > 0', `(${any})`, read, ...eventFilters(counted.filters, draft.params)])}
        group by ${keys.join(', ')}
      )
      group by person
      ${isFirst === null ? '' : 'having max(began) = 1'}`;
}

/** A test that is never null. */
const sure = (test: string): string => `ifNull(${test}, 0)`;

/** Per person `spent`: intervals of the period with what their orders came to. With `first` also the moment of the first ever. */
function spentOf(first: boolean, { interval }: Counted, filters: Counted['filters'], draft: Draft): string {
  const span = spanOf(draft);
  const timed = inSpans('ordered_at', [span], draft);
  const [earliest, firstAt] = first ? ['min(ordered_at) as earliest, ', 'min(earliest) as first_at, '] : ['', ''];
  return `
      select person, ${firstAt}groupArrayIf((bucket, revenue), came) as spent
      from (
        select person, ${bucketOf('ordered_at', interval, draft)} as bucket, ${earliest}max(${timed}) as came,
          sumIf(net, ${timed}) as revenue
        from (${compileSales({ spans: first ? 'ever' : [span], filters }, draft)})
        where person > 0
        group by person, bucket
      )
      group by person`;
}

const firstOrder = ({ filters }: Counted, draft: Draft): string => `
      select person, min(ordered_at) as first_at
      from (${compileSales({ spans: 'ever', filters }, draft)})
      where person > 0
      group by person`;

/** Who began in the period: `person, cohort` and, as far as they are needed, `buckets` and `spent`. */
function startedOf(counted: Counted, draft: Draft, withRevenue: boolean): string {
  const { first, back, filters, interval, segment } = counted;
  const parts: string[] = [];
  if (back.of === 'order') {
    // Orders as comings pass the filters; of buyers who buy again one reading tells both.
    if (first.of === 'event') parts.push(seenOf(first.match, null, counted, draft));
    parts.push(spentOf(first.of === 'order', counted, filters, draft));
  } else {
    if (first.of === 'order') parts.push(firstOrder(counted, draft));
    parts.push(seenOf(first.of === 'event' ? first.match : null, back.match, counted, draft));
    if (withRevenue) parts.push(spentOf(false, counted, [], draft));
  }
  const columns = [
    ...(back.of === 'event' ? ['buckets'] : []),
    ...(back.of === 'order' || withRevenue ? ['spent'] : []),
  ];
  const [base = '', ...others] = parts;
  return `
    select person, ${bucketOf('first_at', interval, draft)} as cohort, ${columns.join(', ')}
    from (${base}) as base
    ${others.map((other, index) => `left any join (${other}) as part_${index} using (person)`).join('\n    ')}
    where ${allOf([inSpans('first_at', [draft.scope.current], draft), inSegment(segment, draft)])}`;
}

const offset = (interval: Counted['interval'], bucket: string): string => `dateDiff('${interval}', cohort, ${bucket})`;

/** Per cohort and interval since: people who came, and revenue. Interval -1 is the size of the cohort. */
export function compileRetention(input: Counted, scope: Scope) {
  const into = draft(scope);
  const started = startedOf(input, into, true);
  const cell = (bucket: string, came: 0 | 1, revenue: string): string =>
    `(${offset(input.interval, bucket)}, toUInt8(${came}), ${revenue})`;
  const none = 'toDecimal128(0, 4)';
  const spent = `arrayMap(each -> ${cell('each.1', input.back.of === 'order' ? 1 : 0, 'each.2')}, arrayFilter(each -> each.1 >= cohort, spent))`;
  const came = `arrayMap(each -> ${cell('each', 1, none)}, arrayFilter(each -> each >= cohort, buckets))`;
  const cells = [`[(toInt64(-1), toUInt8(1), ${none})]`, ...(input.back.of === 'event' ? [came] : []), spent];
  const text = `
    select cohort, cell.1 as period, sum(cell.2) as people, toFloat64(sum(cell.3)) as revenue
    from (select cohort, arrayJoin(arrayConcat(${cells.join(', ')})) as cell from (${started}))
    group by cohort, period`;
  return finish(
    into,
    'decide.retention',
    { cohort: 'Date', period: 'Int64', people: 'UInt64', revenue: 'Float64' },
    text,
  );
}

/** People of a cohort who came in an interval, or did not. */
export function compileRetentionPeople(input: Counted, point: NonNullable<RetentionInput['people']>, scope: Scope) {
  const into = draft(scope);
  const { params } = into;
  const [list, bucket] = input.back.of === 'event' ? ['buckets', 'each'] : ['spent', 'each.1'];
  const came = `arrayExists(each -> ${offset(input.interval, bucket)} = ${params.bind('Int64', point.period)}, ${list})`;
  const cohort = point.cohort === undefined ? '' : `cohort = toDate(${params.text(point.cohort)})`;
  const text = `
    select person from (${startedOf(input, into, false)})
    where ${allOf([point.did === 'came' ? came : `not ${came}`, cohort])}`;
  return { draft: into, text };
}
