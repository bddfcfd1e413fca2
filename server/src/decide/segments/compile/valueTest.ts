import type { DateTest, ValueTest } from '@vitrail/contracts';
import { durationMs, instantMs, never, nextTurn, now } from './moment.ts';
import type { Parameters } from './parameters.ts';

/** A value to test, as SQL. */
export interface Subject {
  /** String, '' when there is none: an empty text is no value. */
  readonly text: string;
  /** Nullable(Float64). */
  readonly number: string;
}

export interface CompiledTest {
  /** SQL, true or false and never null. */
  readonly pass: string;
  /** SQL, Int64 milliseconds: before this moment time alone does not change the answer. */
  readonly next: string;
}

interface Surroundings {
  readonly params: Parameters;
  readonly zone: string;
  /** Gives an expression a name, so that it is computed once. */
  readonly name: (expression: string) => string;
}

const comparisonSigns = { eq: '=', ne: '!=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

type NumberComparison =
  | { readonly op: keyof typeof comparisonSigns; readonly value: number }
  | { readonly op: 'between'; readonly from: number; readonly to: number };

/** The number that a text is, or null: `NaN` and `inf`, which ClickHouse reads as numbers, are none. */
export const numberIn = (text: string): string =>
  `if(isFinite(toFloat64OrNull(${text})), toFloat64OrNull(${text}), null)`;

/** Compares a number. */
export function compareNumber(number: string, test: NumberComparison, params: Parameters): string {
  return test.op === 'between'
    ? `${number} between ${params.number(test.from)} and ${params.number(test.to)}`
    : `${number} ${comparisonSigns[test.op]} ${params.number(test.value)}`;
}

/** Compares a number that may be null: null passes nothing. */
export const compareNullable = (number: string, test: NumberComparison, params: Parameters): string =>
  `ifNull(${compareNumber(number, test, params)}, 0)`;

export function compileValueTest(subject: Subject, test: ValueTest, around: Surroundings): CompiledTest {
  const { params, name } = around;
  const fixed = (pass: string): CompiledTest => ({ pass, next: never });
  switch (test.type) {
    case 'text':
      return fixed(compileTextTest(subject.text, test, params, name));
    case 'number':
      return fixed(compareNullable(name(subject.number), test, params));
    case 'boolean':
      return fixed(
        `${name(`lowerUTF8(${subject.text})`)} in (${test.value ? "'true', '1', 'yes'" : "'false', '0', 'no'"})`,
      );
    case 'list':
      return fixed(compileListTest(subject.text, test, params, name));
    case 'any':
      return fixed(`${name(subject.text)} ${test.op === 'exists' ? '!=' : '='} ''`);
    case 'date':
      return compileDateTest(subject.text, test, around);
  }
}

type TestOf<T extends ValueTest['type']> = Extract<ValueTest, { type: T }>;

/** `ilike` patterns would give `%` and `_` a meaning: positions are compared instead. */
export function compileTextTest(
  text: string,
  test: TestOf<'text'>,
  params: Parameters,
  name: (expression: string) => string = (expression) => expression,
): string {
  const low = test.op === 'matches' ? name(text) : name(`lowerUTF8(${text})`);
  const bound = (value: string): string => `lowerUTF8(${params.text(value)})`;
  switch (test.op) {
    // Whoever has no value passes no positive test, and every negative one.
    case 'is':
      return test.value === '' ? '0' : `${low} = ${bound(test.value)}`;
    case 'is_not':
      return test.value === '' ? '1' : `${low} != ${bound(test.value)}`;
    case 'contains':
      return `position(${low}, ${bound(test.value)}) > 0`;
    case 'not_contains':
      return `position(${low}, ${bound(test.value)}) = 0`;
    case 'starts':
      return `startsWith(${low}, ${bound(test.value)})`;
    case 'ends':
      return `endsWith(${low}, ${bound(test.value)})`;
    case 'in':
    case 'not_in': {
      const has = `has(arrayMap(each -> lowerUTF8(each), ${params.bind('Array(String)', test.values)}), ${low})`;
      return test.op === 'in' ? has : `not ${has}`;
    }
    case 'matches':
      return `${low} != '' and match(${low}, ${params.text(`(?i)${test.value}`)})`;
  }
}

function compileListTest(
  text: string,
  test: TestOf<'list'>,
  params: Parameters,
  name: (expression: string) => string,
): string {
  const items = name(
    `arrayMap(each -> lowerUTF8(each), if(startsWith(${text}, '[') and isValidJSON(${text}), JSONExtract(${text}, 'Array(String)'), [${text}]))`,
  );
  const asked = `arrayMap(each -> lowerUTF8(each), ${params.bind('Array(String)', test.values)})`;
  switch (test.op) {
    case 'has_any':
      return `hasAny(${items}, ${asked})`;
    case 'has_all':
      return `hasAll(${items}, ${asked})`;
    case 'has_none':
      return `not hasAny(${items}, ${asked})`;
  }
}

/**
 * Only ISO days and instants are dates: guessing would read a customer number as one, and 25 o'clock as one the next day.
 * ClickHouse itself refuses 30 February.
 */
const isoDate = String.raw`^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?:[T ](?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?$`;

function compileDateTest(text: string, test: DateTest, { params, zone, name }: Surroundings): CompiledTest {
  const place = params.text(zone);
  const parsed = `if(match(${text}, '${isoDate}'), parseDateTime64BestEffortOrNull(${text}, 3, ${place}), null)`;
  const fixed = (pass: string): CompiledTest => ({ pass: `ifNull(${pass}, 0)`, next: never });
  if (test.op === 'on') {
    return fixed(`${name(`toString(toDate32(${parsed}, ${place}))`)} = ${params.text(test.value)}`);
  }
  if (test.op === 'anniversary') {
    return compileAnniversary(name(`toDate32(${parsed}, ${place})`), test, place, name);
  }
  const ms = name(`toUnixTimestamp64Milli(${parsed})`);
  switch (test.op) {
    case 'before':
      return fixed(`${ms} < ${instantMs(test.value, zone)}`);
    case 'after':
      return fixed(`${ms} >= ${instantMs(test.value, zone)}`);
    case 'between':
      return fixed(`${ms} >= ${instantMs(test.from, zone)} and ${ms} < ${instantMs(test.to, zone)}`);
    case 'in_last':
    case 'not_in_last':
    case 'in_next': {
      const length = durationMs(test);
      const pass = {
        in_last: `${ms} > ${now} - ${length} and ${ms} <= ${now}`,
        not_in_last: `${ms} <= ${now} - ${length}`,
        in_next: `${ms} > ${now} and ${ms} <= ${now} + ${length}`,
      }[test.op];
      const turns = { in_last: [0, length], not_in_last: [length], in_next: [-length, 0] }[test.op];
      return {
        pass: `ifNull(${pass}, 0)`,
        next: nextTurn(name(`ifNull(toUnixTimestamp64Milli(${parsed}), 0)`), turns),
      };
    }
  }
}

/** 29 February comes round on 28 February in other years (`addYears` does so). Turns are local midnights. */
function compileAnniversary(
  day: string,
  { before, after }: Extract<DateTest, { op: 'anniversary' }>,
  place: string,
  name: (expression: string) => string,
): CompiledTest {
  const today = name(`toDate32(fromUnixTimestamp64Milli(${now}), ${place})`);
  const rounds = name(
    `if(${day} is null, [], arrayMap(each -> addYears(assumeNotNull(${day}), toYear(${today}) - toYear(assumeNotNull(${day})) + each), [-1, 0, 1, 2]))`,
  );
  const start = `addDays(each, -${before})`;
  const end = `addDays(each, ${after + 1})`;
  const coming = (date: string): string =>
    `if(${date} > ${today}, toUnixTimestamp64Milli(toDateTime64(${date}, 3, ${place})), ${never})`;
  return {
    pass: name(`arrayExists(each -> ${start} <= ${today} and ${today} < ${end}, ${rounds})`),
    // An empty list has no smallest item.
    next: name(
      `arrayMin(arrayPushBack(arrayMap(each -> least(${coming(start)}, ${coming(end)}), ${rounds}), ${never}))`,
    ),
  };
}
