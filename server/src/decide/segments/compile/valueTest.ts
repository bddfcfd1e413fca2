import type { DateTest, ValueTest } from '@vitrail/contracts';
import { durationMs, earliest, instantMs, never, now } from './moment.ts';
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
}

const comparisonSigns = { eq: '=', ne: '!=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

type NumberComparison =
  | { readonly op: keyof typeof comparisonSigns; readonly value: number }
  | { readonly op: 'between'; readonly from: number; readonly to: number };

/** Compares a number, which may be null: null passes nothing. */
export function compileComparison(number: string, test: NumberComparison, params: Parameters): string {
  const compared =
    test.op === 'between'
      ? `${number} between ${params.number(test.from)} and ${params.number(test.to)}`
      : `${number} ${comparisonSigns[test.op]} ${params.number(test.value)}`;
  return `ifNull(${compared}, 0)`;
}

export function compileValueTest(subject: Subject, test: ValueTest, { params, zone }: Surroundings): CompiledTest {
  const fixed = (pass: string): CompiledTest => ({ pass, next: never });
  switch (test.type) {
    case 'text':
      return fixed(compileTextTest(subject.text, test, params));
    case 'number':
      return fixed(compileComparison(subject.number, test, params));
    case 'boolean':
      return fixed(`lowerUTF8(${subject.text}) in (${test.value ? "'true', '1', 'yes'" : "'false', '0', 'no'"})`);
    case 'list':
      return fixed(compileListTest(subject.text, test, params));
    case 'any':
      return fixed(`${subject.text} ${test.op === 'exists' ? '!=' : '='} ''`);
    case 'date':
      return compileDateTest(subject.text, test, { params, zone });
  }
}

type TestOf<T extends ValueTest['type']> = Extract<ValueTest, { type: T }>;

/** `ilike` patterns would give `%` and `_` a meaning: positions are compared instead. */
export function compileTextTest(text: string, test: TestOf<'text'>, params: Parameters): string {
  const low = `lowerUTF8(${text})`;
  const bound = (value: string): string => `lowerUTF8(${params.text(value)})`;
  switch (test.op) {
    case 'is':
      return `${low} = ${bound(test.value)}`;
    case 'is_not':
      return `${low} != ${bound(test.value)}`;
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
      return `match(${text}, ${params.text(`(?i)${test.value}`)})`;
  }
}

function compileListTest(text: string, test: TestOf<'list'>, params: Parameters): string {
  const items = `arrayMap(each -> lowerUTF8(each), if(startsWith(${text}, '['), JSONExtract(${text}, 'Array(String)'), [${text}]))`;
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

/** Only ISO days and instants are dates: guessing would read a customer number as one. */
const isoDate = String.raw`^\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?$`;

function compileDateTest(text: string, test: DateTest, { params, zone }: Surroundings): CompiledTest {
  const place = params.text(zone);
  const parsed = `if(match(${text}, '${isoDate}'), parseDateTime64BestEffortOrNull(${text}, 3, ${place}), null)`;
  if (test.op === 'on') {
    return { pass: `ifNull(toString(toDate32(${parsed}, ${place})) = ${params.text(test.value)}, 0)`, next: never };
  }
  if (test.op === 'anniversary') return compileAnniversary(`toDate32(${parsed}, ${place})`, test, place);
  const ms = `toUnixTimestamp64Milli(${parsed})`;
  switch (test.op) {
    case 'before':
      return { pass: `ifNull(${ms} < ${instantMs(test.value, zone)}, 0)`, next: never };
    case 'after':
      return { pass: `ifNull(${ms} >= ${instantMs(test.value, zone)}, 0)`, next: never };
    case 'between':
      return {
        pass: `ifNull(${ms} >= ${instantMs(test.from, zone)} and ${ms} < ${instantMs(test.to, zone)}, 0)`,
        next: never,
      };
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
        next: earliest(
          turns.map((turn) => `if(ifNull(${ms} + ${turn} > ${now}, 0), assumeNotNull(${ms} + ${turn}), ${never})`),
        ),
      };
    }
  }
}

/** 29 February comes round on 28 February in other years (`addYears` does so). Days are local ones. */
function compileAnniversary(
  day: string,
  { before, after }: Extract<DateTest, { op: 'anniversary' }>,
  place: string,
): CompiledTest {
  const today = `toDate32(fromUnixTimestamp64Milli(${now}), ${place})`;
  const inYear = (offset: string): string => `addYears(${day}, toYear(${today}) - toYear(${day}) + ${offset})`;
  const year = inYear('each');
  const start = `addDays(${year}, -${before})`;
  const end = `addDays(${year}, ${after + 1})`;
  const local = (date: string): string => `toUnixTimestamp64Milli(toDateTime64(${date}, 3, ${place}))`;
  const coming = (date: string): string => `ifNull(if(${date} > ${today}, ${local(date)}, ${never}), ${never})`;
  return {
    pass: `arrayExists(each -> ifNull(${start} <= ${today} and ${today} < ${end}, 0), [-1, 0, 1])`,
    next: `arrayMin(each -> least(${coming(start)}, ${coming(end)}), [-1, 0, 1, 2])`,
  };
}
