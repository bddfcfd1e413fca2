import type { ConditionOf } from '@vitrail/contracts';
import { compileEventMatch, compileMatchTurns, propertySubject } from './eventCondition.ts';
import type { Features, PersonQuery, ScopeSql } from './features.ts';
import type { CompiledCondition } from './measure.ts';
import { boundsOf, durationMs, earliest, never, now } from './moment.ts';

type SequenceCondition = ConditionOf<'sequence'>;

/**
 * A person's events that match any step stand in one array, in order of time. For each step a second array says, beside
 * each event, the newest time at which the sequence had got that far: later is never worse, since a gap to the next step
 * can only be shorter. So one number per step and event is exact, and whole arrays are worked through at once (a fold over
 * the events, one at a time, took five times as long). A last "not" step also keeps the oldest end still waiting: if any
 * end passes its time undisturbed, the oldest does first.
 */
export function compileSequence(condition: SequenceCondition, features: Features, zone: string): CompiledCondition {
  const { pass, next } =
    condition.sameProperty === undefined
      ? askLine(condition, features, zone)
      : askThreads(condition, condition.sameProperty, features, zone);
  const turns = condition.steps.map(({ match }) =>
    compileMatchTurns(compileEventMatch(match, features.params, zone), condition.window, features, zone),
  );
  return { pass, next: earliest([next, ...turns]), found: `if(${pass}, 'done', 'not done')` };
}

interface Matches {
  /** SQL: which steps an event matches, as bits. */
  readonly fits: string;
  /** SQL: whether it matches any, by its small columns alone, and altogether. */
  readonly cheap: string;
  readonly any: string;
}

function compileMatches({ steps }: SequenceCondition, { params }: Features, zone: string): Matches {
  const matches = steps.map(({ match }) => compileEventMatch(match, params, zone));
  const joined = (conditions: readonly string[]): string => conditions.map((each) => `(${each})`).join(' and ') || '1';
  const whole = matches.map(({ cheap, dear }) => joined([...cheap, ...dear]));
  return {
    fits: `toUInt16(${whole.map((match, index) => `if(${match}, ${2 ** index}, 0)`).join(' + ')})`,
    cheap: matches.map(({ cheap }) => `(${joined(cheap)})`).join(' or '),
    any: whole.map((match) => `(${match})`).join(' or '),
  };
}

/** Bits of the number of a step. */
const orderBits = 4;

/**
 * An event as one number: its time, and the steps it fits. Within a millisecond events stand in the order of the steps: by
 * the first step they fit, then by the others.
 */
const place = (fits: string, steps: number): string =>
  `at * ${2 ** (orderBits + steps)} + bitCount(bitXor(${fits}, ${fits} - 1)) * ${2 ** steps} + ${fits}`;

/** The time in an event of the array. */
const timeOf =
  (steps: number) =>
  (event: string): string =>
    `bitShiftRight(${event}, ${orderBits + steps})`;

interface Asked {
  readonly pass: string;
  readonly next: string;
}

/** One array for a person, gathered with everything else that is asked of the events. */
function askLine(condition: SequenceCondition, features: Features, zone: string): Asked {
  const { steps, window } = condition;
  const { fits, cheap, any } = compileMatches(condition, features, zone);
  const events = features.add('events', {
    of: 'groupArray',
    over: place(features.row('events', fits), steps.length),
    cheap: [cheap],
    dear: cheap === any ? [] : [any],
    timed: boundsOf(window, zone).conditions,
  });
  const prefix = features.derive(JSON.stringify(condition), (own) => {
    const line = new Map([[`${own}line`, `arraySort(${events})`]]);
    return new Map([...line, ...writeReached(condition, zone, own)]);
  });
  const lasts = boundsOf(window, zone).lasts;
  const next = lasts === null && !waits(steps) ? never : `if(empty(${events}), ${never}, ${prefix}next)`;
  return { pass: `${prefix}pass`, next };
}

/** One array for each value of a property: a query of its own. */
function askThreads(condition: SequenceCondition, property: string, features: Features, zone: string): Asked {
  const query = features.addQuery(JSON.stringify(condition), (alias) => {
    const columns = [`${alias}_pass`, `${alias}_next`];
    return { alias, columns, text: writeThreads(condition, property, features, zone, columns) };
  });
  const [pass = '', next = ''] = query.columns;
  // People without any of the events have no row: the joined column is then 0.
  return { pass: `${pass} = 1`, next: `if(${next} = 0, ${never}, ${next})` };
}

function writeThreads(
  condition: SequenceCondition,
  property: string,
  features: Features,
  zone: string,
  [pass, next]: readonly string[],
): PersonQuery['text'] {
  const { steps, window } = condition;
  const { fits, any } = compileMatches(condition, features, zone);
  const key = propertySubject(property, features.params).text;
  const standing = [
    "workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and type != 'segment'",
    ...boundsOf(window, zone).conditions,
    `(${any})`,
    `${key} != ''`,
  ].join(' and ');
  const reached = [...writeReached(condition, zone, '')].map(([name, expression]) => `${expression} as ${name}`);
  const rows = (scope: ScopeSql): string => `
            select workspace_id, profile_id, ${key} as thread, toUnixTimestamp64Milli(timestamp) as at, ${fits} as fits
            from events where ${standing}${scope.rows}`;
  const placed = place('fits', steps.length);
  return (scope) => `
      select person, max(pass) as ${pass}, min(next) as ${next}
      from (
        select person, ${reached.join(',\n          ')}
        from (
          ${
            scope.few
              ? `select ${scope.person} as person, thread, arraySort(groupArray(${placed})) as line
          from (${rows(scope)})`
              : `select ${scope.person} as person, thread, arraySort(groupArrayArray(events)) as line
          from (
            select workspace_id, profile_id, thread, groupArray(${placed}) as events from (${rows(scope)})
            group by workspace_id, profile_id, thread
          )`
          }
          group by person, thread
        )
      )
      group by person`;
}

/** Each place gets what stood in the one before. */
const before = (array: string): string => `arrayShiftRight(${array}, 1, toInt64(-1))`;
/** -1 gives way to the last other number before it. */
const carry = (array: string): string => `arrayFill(each -> each >= 0, ${array})`;

/** Whether the last step is one that must not happen for a while. */
const waits = (steps: SequenceCondition['steps']): boolean => steps.at(-1)?.not === true;

/**
 * Expressions over the array `line`, by name, each on those before it. The last two: `pass`, and `next`, the moment at
 * which the answer can change by time alone.
 */
function writeReached({ steps, window }: SequenceCondition, zone: string, prefix: string): Map<string, string> {
  const columns = new Map<string, string>();
  const column = (name: string): string => `${prefix}${name}`;
  const line = column('line');
  const timeIn = timeOf(steps.length);
  const time = timeIn('e');
  const fits = (index: number): string => `bitTest(e, ${index})`;
  const positive = steps.map((step, index) => ({ ...step, index })).filter(({ not }) => !not);
  /** Whether the sequence gets to a step with event `e`, where `b` is the newest time it had got to the one before. */
  const gets = ({ index, within }: (typeof positive)[number], at: number): string =>
    [
      fits(index),
      ...(at === 0 ? [] : ['b > 0']),
      ...(at === 0 || within === undefined ? [] : [`${time} - b <= ${durationMs(within)}`]),
    ].join(' and ');
  const over = (at: number, result: string, call = 'arrayMap'): string =>
    at === 0
      ? `${call}(e -> ${result}, ${line})`
      : `${call}((e, b) -> ${result}, ${line}, ${before(column(`at${at}`))})`;
  const end = positive.length - 1;
  for (const [at, step] of positive.slice(0, end).entries()) {
    // A forbidden event between this step and the next takes back what was reached.
    const forbidden = steps[step.index + 1]?.not === true;
    const otherwise = forbidden ? `if(${fits(step.index + 1)}, toInt64(0), toInt64(-1))` : 'toInt64(-1)';
    columns.set(column(`at${at + 1}`), carry(over(at, `if(${gets(step, at)}, ${time}, ${otherwise})`)));
  }
  const lastStep = positive[end];
  const reached = lastStep === undefined ? '0' : gets(lastStep, end);
  const last = steps.at(-1);
  let next = never;
  if (last?.not !== true || last.within === undefined) {
    columns.set(column('pass'), over(end, reached, 'arrayExists'));
  } else {
    const absent = durationMs(last.within);
    const stops = fits(steps.length - 1);
    const [ends, ended, stopped, since, done, open] = ['ends', 'ended', 'stopped', 'since', 'done', 'open'].map(column);
    const places = (condition: string, array: string): string =>
      `arrayFill(each -> each > 0, arrayMap((e, place) -> if(${condition}, toInt64(place), toInt64(0)), ${array}, arrayEnumerate(${line})))`;
    // The end that waits is the first since the last event that forbids: their places in the array tell.
    columns.set(`${ends}`, over(end, reached));
    columns.set(`${ended}`, before(places('e', `${ends}`)));
    columns.set(`${stopped}`, places(stops, line));
    columns.set(
      `${since}`,
      carry(
        `arrayMap((e, got, b, stop) -> if(got and (b <= 0 or b < stop), ${time}, if(${stops}, toInt64(0), toInt64(-1))), ${line}, ${ends}, ${ended}, ${stopped})`,
      ),
    );
    columns.set(
      `${done}`,
      `arrayExists((e, b) -> ${stops} and b > 0 and b + ${absent} < ${time}, ${line}, ${before(`${since}`)})`,
    );
    columns.set(`${open}`, `${since}[-1]`);
    columns.set(column('pass'), `${done} or (${open} > 0 and ${open} + ${absent} <= ${now})`);
    next = `if(not ${done} and ${open} > 0 and ${open} + ${absent} > ${now}, ${open} + ${absent}, ${never})`;
  }
  const { lasts } = boundsOf(window, zone);
  // The first event of a rolling window leaves it at this moment, and with it what it began.
  columns.set(
    column('next'),
    `toInt64(${lasts === null ? next : `least(${next}, ${timeIn(`${line}[1]`)} + ${lasts})`})`,
  );
  return columns;
}
