import type { RetentionInput } from '@vitrail/contracts';
import { eventFilters, eventMatches } from '../compile/dimensions.ts';
import { compileSales } from '../compile/sales.ts';
import { allOf, bucketOf, type Draft, draft, finish, inSegment, inSpans, realEvents, rootOf } from '../compile/text.ts';
import type { Scope } from '../scope.ts';

type Counted = Pick<RetentionInput, 'first' | 'back' | 'interval' | 'filters' | 'segment'>;
type Occurrence = Counted['first'];

/** Everybody's comings from the interval of their first on: `person, cohort, bucket, came, revenue`. */
function compileComings(counted: Counted, draft: Draft): string {
  return `
    select person, cohort, bucket, came, revenue
    from (
      select person, bucket, max(came) as came, sum(revenue) as revenue
      from (${comingsOf(counted, draft)})
      group by person, bucket
    ) as comings
    inner join (${startsOf(counted, draft)}) as starts using (person)
    where bucket >= cohort`;
}

/** The first ever: all of history is asked, so that nobody is new twice. */
function firstsOf(first: Occurrence, { filters }: Counted, draft: Draft): string {
  if (first.of === 'order')
    return `
      select person, min(ordered_at) as first_at
      from (${compileSales({ spans: 'ever', filters }, draft)})
      where person > 0 group by person`;
  return `
      select ${rootOf} as person, min(earliest) as first_at
      from (
        select workspace_id, profile_id, min(timestamp) as earliest
        from events
        where ${allOf([realEvents, 'profile_id > 0', eventMatches(first.match, draft), ...eventFilters(filters, draft.params)])}
        group by workspace_id, profile_id
      )
      group by person`;
}

/** Intervals in which a person came back, and what their orders in it came to. */
function comingsOf({ back, interval, filters }: Counted, draft: Draft): string {
  const span = { ...draft.scope.current, toMs: draft.scope.now.getTime() };
  const orders = (came: 0 | 1, filters: Counted['filters']): string => `
        select person, ${bucketOf('ordered_at', interval, draft)} as bucket, ${came} as came, sum(net) as revenue
        from (${compileSales({ spans: [span], filters }, draft)})
        where person > 0
        group by person, bucket`;
  if (back.of === 'order') return orders(1, filters);
  return `
        select ${rootOf} as person, bucket, 1 as came, toDecimal128(0, 4) as revenue
        from (
          select workspace_id, profile_id, ${bucketOf('timestamp', interval, draft)} as bucket
          from events
          where ${allOf([
            realEvents,
            'profile_id > 0',
            inSpans('timestamp', [span], draft),
            eventMatches(back.match, draft),
            ...eventFilters(filters, draft.params),
          ])}
          group by workspace_id, profile_id, bucket
        )
        union all
        ${orders(0, [])}`;
}

const startsOf = (counted: Counted, draft: Draft): string => `
    select person, ${bucketOf('first_at', counted.interval, draft)} as cohort
    from (${firstsOf(counted.first, counted, draft)})
    where ${allOf([inSpans('first_at', [draft.scope.current], draft), inSegment(counted.segment, draft)])}`;

const offset = (interval: Counted['interval'], cohort: string, bucket: string): string =>
  `dateDiff('${interval}', ${cohort}, ${bucket})`;

/** Per cohort and interval since: people who came, and revenue. Interval -1 is the size of the cohort. */
export function compileRetention(input: Counted, scope: Scope) {
  const into = draft(scope);
  const text = `
    select cohort, ${offset(input.interval, 'cohort', 'bucket')} as period, countIf(came = 1) as people,
      toFloat64(sum(revenue)) as revenue
    from (${compileComings(input, into)})
    group by cohort, period
    union all
    select cohort, -1 as period, count() as people, toFloat64(0) as revenue
    from (${startsOf(input, into)})
    group by cohort`;
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
  const cohort = point.cohort === undefined ? '' : `cohort = toDate(${params.text(point.cohort)})`;
  const came = `
    select person from (${compileComings(input, into)})
    where ${allOf(['came = 1', `${offset(input.interval, 'cohort', 'bucket')} = ${params.bind('Int64', point.period)}`, cohort])}`;
  if (point.did === 'came') return { draft: into, text: came };
  const of = cohort === '' ? '' : `and ${cohort}`;
  return { draft: into, text: `select person from (${startsOf(input, into)}) where person not in (${came}) ${of}` };
}
