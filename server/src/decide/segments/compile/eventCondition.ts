import type { ConditionOf, EventField, EventMatch, EventTest } from '@vitrail/contracts';
import type { Features } from './features.ts';
import { type CompiledCondition, compileMeasure, type Measured } from './measure.ts';
import { boundsOf, earliest, never } from './moment.ts';
import type { Parameters } from './parameters.ts';
import { compileValueTest, numberIn, type Subject } from './valueTest.ts';

/** SQL conditions that an event passes when it matches. */
export interface CompiledMatch {
  /** On small columns: cheap enough for every row of a scan. */
  readonly cheap: readonly string[];
  /** The others. */
  readonly dear: readonly string[];
  /** SQL, Int64 milliseconds: before this moment time alone does not change whether the event passes; `never`. */
  readonly turns: string;
  /** Those conditions among them that time does not change. */
  readonly steady: { readonly cheap: readonly string[]; readonly dear: readonly string[] };
}

const smallFields: ReadonlySet<EventField> = new Set([
  'site',
  'device_type',
  'os',
  'browser',
  'country',
  'language',
  'campaign_source',
  'campaign_medium',
  'campaign_name',
  'category',
  'brand',
  'currency',
]);

const textOf = (expression: string): Subject => ({ text: expression, number: numberIn(expression) });

/** A field of an event, which has a column of its own. */
export const fieldSubject = (field: EventField): Subject =>
  field === 'base_value'
    ? { text: "ifNull(toString(base_value), '')", number: 'toFloat64(base_value)' }
    : textOf(`toString(${field})`);

/** A property by its path. A name with dots is looked for as it is, and as a path. An empty list is no value. */
export function propertySubject(path: string, params: Parameters): Subject {
  const read = (keys: readonly string[]): string =>
    `nullIf(JSONExtract(properties, ${keys.map((key) => params.text(key)).join(', ')}, 'Nullable(String)'), '[]')`;
  const keys = path.split('.');
  const whole = read([path]);
  return textOf(keys.length === 1 ? `ifNull(${whole}, '')` : `coalesce(${whole}, ${read(keys)}, '')`);
}

export const subjectOf = (of: { field: EventField } | { property: string }, params: Parameters): Subject =>
  'field' in of ? fieldSubject(of.field) : propertySubject(of.property, params);

/** A small column is tested as it is: ClickHouse then looks at each different value once, not at each row. */
function compileEventTest(
  given: EventTest,
  params: Parameters,
  zone: string,
): { pass: string; next: string; cheap: boolean } {
  const small = 'field' in given && smallFields.has(given.field);
  const subject = 'field' in given && small ? textOf(given.field) : subjectOf(given, params);
  return {
    ...compileValueTest(subject, given.test, { params, zone, name: (expression) => expression }),
    cheap: small,
  };
}

/** Which events match, apart from their time. */
export function compileEventMatch(match: EventMatch, params: Parameters, zone: string): CompiledMatch {
  const tests = match.where.map((each) => compileEventTest(each, params, zone));
  const names = [
    match.type === 'any' ? `type in ('track', 'page', 'screen')` : `type = ${params.text(match.type)}`,
    ...(match.events.length === 0 ? [] : [oneOf('event', match.events, params)]),
  ];
  const split = (those: typeof tests) => ({
    cheap: [...names, ...those.filter(({ cheap }) => cheap).map(({ pass }) => pass)],
    dear: those.filter(({ cheap }) => !cheap).map(({ pass }) => pass),
  });
  return {
    ...split(tests),
    turns: earliest(tests.map(({ next }) => next)),
    steady: split(tests.filter(({ next }) => next === never)),
  };
}

/** When time alone can first change which of a person's events in the window match: a fact may say "in the last 3 days". */
export function compileMatchTurns(
  { turns, steady }: CompiledMatch,
  window: EventCondition['window'],
  features: Features,
  zone: string,
): string {
  if (turns === never) return never;
  const first = features.add('events', { of: 'min', over: turns, timed: boundsOf(window, zone).conditions, ...steady });
  return `if(${first} = 0, ${never}, ${first})`;
}

export function oneOf(column: string, values: readonly string[], params: Parameters): string {
  const [only] = values;
  return values.length === 1 && only !== undefined
    ? `${column} = ${params.text(only)}`
    : `${column} in ${params.bind('Array(String)', values)}`;
}

type EventCondition = ConditionOf<'event'>;

export function compileEventCondition(
  { match, measure, test, window }: EventCondition,
  features: Features,
  zone: string,
): CompiledCondition {
  const compiled = compileEventMatch(match, features.params, zone);
  const { cheap, dear } = compiled;
  const measured = compileMeasure(
    { source: 'events', cheap, dear, window, measure: measureOf(measure, features.params), test },
    features,
    zone,
  );
  return { ...measured, next: earliest([measured.next, compileMatchTurns(compiled, window, features, zone)]) };
}

function measureOf(measure: EventCondition['measure'], params: Parameters): Measured['measure'] {
  if (!('value' in measure)) return { of: measure.of };
  const subject = subjectOf(measure.value, params);
  return { of: measure.of, over: measure.of === 'distinct' ? subject.text : subject.number };
}
