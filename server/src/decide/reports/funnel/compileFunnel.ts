import type { FunnelInput } from '@vitrail/contracts';
import { durationMs } from '../../segments/compile/moment.ts';
import { eventFilters, eventKey, eventMatches } from '../compile/dimensions.ts';
import { allOf, type Draft, draft, finish, inSegment, inSpans, realEvents, rootOf } from '../compile/text.ts';
import type { Scope } from '../scope.ts';

type Counted = Pick<FunnelInput, 'steps' | 'within' | 'breakdown' | 'filters' | 'segment'>;

/**
 * How far each person came: `person, depth, t1 … tn, key`. Exact, in one read of the events.
 *
 * A person's events stand in an array in order of time, each in one number: its milliseconds times 4096 plus a code of what
 * it matches, lower for lower steps, so that events of one instant count in the order of their steps. (Arrays of
 * tuples need more than a gigabyte for a year of 20 M events.) For step k, `ck[i]` is, when event i completes the first k steps, the moment the run began,
 * else 0; `arrayFill` carries the last one forward. It always is the run that began latest: when that one is out of the
 * window, every other is. A fold over the events says the same three times slower, and windowFunnel says no times.
 *
 * The run told about is the one that first reached the person's last step: `jk` are its events, found backwards.
 */
function compileRuns({ steps, within, breakdown, filters, segment }: Counted, draft: Draft): string {
  const { scope, params } = draft;
  const count = steps.length;
  const window = durationMs(within);
  const { fromMs, toMs } = scope.current;
  const matches = steps.map(({ match }) => eventMatches(match, draft));
  const code = matches.map((match, index) => `${match} * ${2 ** (count - 1 - index)}`).join(' + ');
  const late = `toUnixTimestamp64Milli(timestamp) >= ${params.bind('Int64', toMs)}`;
  const packed = `toUnixTimestamp64Milli(timestamp) * 4096 + (${2 ** count - 1} - (${code})) * 2 + (${late})`;
  const isStep = (step: number): string => `not bitTest(each, ${count - step + 1})`;
  const starts = `${isStep(1)} and not bitTest(each, 0)`;
  const msOf = (event: string): string => `bitShiftRight(${event}, 12)`;
  const key = breakdown === undefined ? null : `if(${matches[0]}, toString(${eventKey(breakdown, params)}), '')`;
  const where = allOf([
    realEvents,
    'profile_id > 0',
    inSpans('timestamp', [{ fromMs, toMs: Math.max(toMs, Math.min(toMs + window, scope.now.getTime())) }], draft),
    `(${matches.join(' or ')})`,
    ...eventFilters(filters, params),
  ]);
  const sorted =
    key === null
      ? 'arraySort(groupArrayArray(done)) as events'
      : `arraySort(arrayZip(groupArrayArray(done), groupArrayArray(done_keys))) as pairs,
      arrayMap(pair -> pair.1, pairs) as events, arrayMap(pair -> pair.2, pairs) as keys`;
  const gathered = `
    select ${rootOf} as person, ${sorted}
    from (
      select workspace_id, profile_id, groupArray(toInt64(${packed})) as done${key === null ? '' : `, groupArray(${key}) as done_keys`}
      from events
      where ${where}
      group by workspace_id, profile_id
    )
    group by person
    having ${allOf([`arrayExists(each -> ${starts}, events)`, inSegment(segment, draft)])}`;
  let text = `
    select person, events${key === null ? '' : ', keys'}, arrayMap(each -> if(${starts}, ${msOf('each')}, 0), events) as c1
    from (${gathered})`;
  for (let step = 2; step <= count; step++)
    text = `
    select *, arrayMap((each, began) -> if(began != 0 and ${isStep(step)} and ${msOf('each')} - began <= ${window}, began, 0),
      events, arrayPopBack(arrayPushFront(arrayFill(began -> began != 0, c${step - 1}), 0))) as c${step}
    from (${text})`;
  const reached = steps.map((_, index) => `arrayExists(began -> began != 0, c${index + 1})`).join(' + ');
  text = `select *, ${reached} as depth from (${text})`;
  for (let step = count; step >= 1; step--) {
    const before =
      step === count
        ? '0'
        : `if(depth > ${step}, arrayLastIndex(began -> began != 0, arraySlice(c${step}, 1, j${step + 1} - 1)), 0)`;
    text = `
    select *, if(depth = ${step}, arrayFirstIndex(began -> began != 0, c${step}), ${before}) as j${step}
    from (${text})`;
  }
  const times = steps.map((_, index) => `if(j${index + 1} = 0, 0, ${msOf(`events[j${index + 1}]`)}) as t${index + 1}`);
  return `
    select person, depth, ${times.join(', ')}, ${key === null ? "''" : 'keys[j1]'} as key
    from (${text})`;
}

const funnelRow = {
  known: 'UInt8',
  key: 'String',
  everything: 'UInt8',
  people: 'Array(UInt64)',
  fromBefore: 'Array(Float64)',
  fromFirst: 'Array(Float64)',
} as const;

/**
 * People and median times per step, over all people and per value of the breakdown; other values than the `groups` with
 * the most people are one, with `known` 0. A median over nobody is 0.
 */
export function compileFunnel(input: Counted & Pick<FunnelInput, 'groups'>, scope: Scope) {
  const into = draft(scope);
  const runs = compileRuns(input, into);
  const numbers = input.steps.map((_, index) => index + 1);
  const median = (step: number, since: number): string =>
    `ifNotFinite(quantileExactInclusiveIf(0.5)(t${step} - t${since}, depth >= ${step}), 0)`;
  const values = [
    `[${numbers.map((step) => `countIf(depth >= ${step})`).join(', ')}] as people`,
    `[${numbers.map((step) => (step === 1 ? 'toFloat64(0)' : median(step, step - 1))).join(', ')}] as fromBefore`,
    `[${numbers.map((step) => (step === 1 ? 'toFloat64(0)' : median(step, 1))).join(', ')}] as fromFirst`,
  ];
  const rank =
    input.breakdown === undefined
      ? 'select *, 1 as known from'
      : `select * except (key), rank <= ${into.params.bind('UInt32', input.groups)} as known, if(known, key, '') as key
        from (select *, dense_rank() over (order by size desc, key) as rank
          from (select *, count() over (partition by key) as size from`;
  const close = input.breakdown === undefined ? '' : '))';
  const sets = input.breakdown === undefined ? '()' : '(known, key), ()';
  const text = `
    select ${input.breakdown === undefined ? "1 as known, '' as key, 1 as everything" : 'toUInt8(known) as known, key, grouping(known) as everything'},
      ${values.join(',\n      ')}
    from (${rank} (${runs})${close})
    group by grouping sets (${sets})`;
  return finish(into, 'decide.funnel', funnelRow, text);
}

/** The people who reached a step, or stopped at it. */
export function compileFunnelPeople(input: Counted, point: NonNullable<FunnelInput['people']>, scope: Scope) {
  const into = draft(scope);
  const where = allOf([
    `depth ${point.did === 'stopped' ? '=' : '>='} ${into.params.bind('UInt8', point.step)}`,
    point.group === undefined ? '' : `key = ${into.params.text(point.group)}`,
  ]);
  return { draft: into, text: `select person from (${compileRuns(input, into)}) where ${where}` };
}
