import type { Duration, MeasureTest, MomentTest, TimeWindow, ValueTest } from '../../segmentTests.ts';
import type { SentenceFormat } from '../format.ts';
import { type Often, oppositeOf, positiveTest, type SaidTest } from '../saidTest.ts';

export type Write = (value: number) => string;

const plural = (n: number, one: string, many = `${one}s`): string => (n === 1 ? one : many);

/** "30 days". */
export const length = ({ n, unit }: Duration, f: SentenceFormat): string =>
  n === 1 && unit === 'day' ? '24 hours' : `${f.number(n)} ${plural(n, unit)}`;

const singles = {
  minute: 'minute',
  hour: 'hour',
  day: '24 hours',
  week: 'week',
  month: 'month',
  year: 'year',
} as const;
/** "the last 30 days"; a day counted back from now is 24 hours. */
const span = (which: 'last' | 'next', duration: Duration, f: SentenceFormat): string =>
  duration.n === 1 ? `the ${which} ${singles[duration.unit]}` : `the ${which} ${length(duration, f)}`;

/** The end of a range is not included: a day is said by the last one that counts. */
export const range = (from: string, to: string, f: SentenceFormat): string =>
  f.isDay(to)
    ? `from ${f.moment(from)} to ${f.moment(f.dayBefore(to))}`
    : `from ${f.moment(from)} until ${f.moment(to)}`;

/** "in the last 90 days"; empty for ever. */
export function windowText(window: TimeWindow, f: SentenceFormat): string {
  switch (window.kind) {
    case 'ever':
      return '';
    case 'last':
      return `in ${span('last', window, f)}`;
    case 'since':
      return `since ${f.moment(window.from)}`;
    case 'between':
      return range(window.from, window.to, f);
  }
}

/** When the first or last time was. */
export function momentText(test: MomentTest, f: SentenceFormat): string {
  switch (test.op) {
    case 'before':
      return `before ${f.moment(test.value)}`;
    case 'after':
      return `${f.isDay(test.value) ? 'on' : 'at'} or after ${f.moment(test.value)}`;
    case 'in_last':
      return `in ${span('last', test, f)}`;
    case 'not_in_last':
      return `more than ${length(test, f)} ago`;
  }
}

const compared = { eq: 'exactly', ne: 'other than', gt: 'more than', gte: 'at least', lt: 'less than', lte: 'at most' };

/** "at least 100". */
export const quantity = (test: MeasureTest, write: Write): string =>
  test.op === 'between'
    ? `between ${write(test.from)} and ${write(test.to)}`
    : `${compared[test.op]} ${write(test.value)}`;

/** "is at least 100", or that it is not. */
export function isQuantity(test: MeasureTest, negated: boolean, write: Write): string {
  const said = negated ? oppositeOf(test) : test;
  if (said === null) return `is not ${quantity(test, write)}`;
  if (said.op === 'eq') return `is ${write(said.value)}`;
  if (said.op === 'ne') return `is a number other than ${write(said.value)}`;
  return `is ${quantity(said, write)}`;
}

/** "at least 2 orders", "no order", "an order". */
export function howMany(often: Often, one: string, many: string, f: SentenceFormat): string {
  const counted = (n: number): string => `${f.number(n)} ${plural(n, one, many)}`;
  const orNone = (zero: boolean): string => (zero ? ' (or none)' : '');
  switch (often.kind) {
    case 'none':
      return `no ${one}`;
    case 'some':
      return `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`;
    case 'outside':
      return `fewer than ${counted(often.from)}${orNone(often.zero)} or more than ${counted(often.to)}`;
    case 'compare': {
      const { test, zero } = often;
      if (test.op === 'between') return `between ${f.number(test.from)} and ${counted(test.to)}${orNone(zero)}`;
      if (test.op === 'ne') return `any number of ${many} but ${f.number(test.value)}${orNone(zero)}`;
      if (test.op === 'lt') return `fewer than ${counted(test.value)}${orNone(zero)}`;
      return `${compared[test.op]} ${counted(test.value)}${orNone(zero)}`;
    }
  }
}

/** "at least 2 times"; empty when once is enough. */
export const howOften = (often: Often, f: SentenceFormat): string =>
  often.kind === 'some'
    ? ''
    : howMany(often, 'time', 'times', f).replace('exactly 1 time', 'exactly once').replace('(or none)', '(or never)');

const anniversary = (before: number, after: number, f: SentenceFormat): string => {
  const days = (n: number): string => `${f.number(n)} ${plural(n, 'day')}`;
  if (before === 0 && after === 0) return 'today';
  if (after === 0) return `between today and ${days(before)} from now`;
  if (before === 0) return `between ${days(after)} ago and today`;
  return `between ${days(after)} ago and ${days(before)} from now`;
};

function dateText(test: Extract<ValueTest, { type: 'date' }>, negated: boolean, f: SentenceFormat): string {
  const is = negated ? 'is not' : 'is';
  switch (test.op) {
    case 'on':
      return `${is} ${f.moment(test.value)}`;
    case 'between':
      return `${is} ${range(test.from, test.to, f)
        .replace(/^from /, 'between ')
        .replace(/ (to|until) /, ' and ')}`;
    case 'in_next':
      return `${is} in ${span('next', test, f)}`;
    case 'anniversary':
      return `${negated ? 'does not come' : 'comes'} round ${anniversary(test.before, test.after, f)}`;
    case 'before':
    case 'after':
      return `${is} ${momentText({ op: test.op, value: test.value }, f)}`;
    default:
      return `${is} ${momentText({ op: test.op, n: test.n, unit: test.unit }, f)}`;
  }
}

function positively(test: SaidTest, negated: boolean, f: SentenceFormat): string {
  const verb = (said: string, base: string): string => (negated ? `does not ${base}` : said);
  const is = negated ? 'is not' : 'is';
  switch (test.type) {
    case 'any':
      return negated ? 'has no value' : 'has a value';
    case 'boolean':
      return `${is} ${test.value ? 'yes' : 'no'}`;
    case 'number':
      return isQuantity(test, negated, f.number);
    case 'date':
      return dateText(test, negated, f);
    case 'list': {
      const values = test.op === 'has_any' ? f.anyOf(test.values) : f.allOf(test.values);
      return `${verb('includes', 'include')} ${negated && test.op === 'has_all' && test.values.length > 1 ? 'all of ' : ''}${values}`;
    }
    case 'text':
      if (test.op === 'in') return `${is} ${f.anyOf(test.values)}`;
      if (test.op === 'is') return `${is} ${f.quote(test.value)}`;
      if (test.op === 'contains') return `${verb('contains', 'contain')} ${f.quote(test.value)}`;
      if (test.op === 'starts') return `${verb('starts', 'start')} with ${f.quote(test.value)}`;
      if (test.op === 'ends') return `${verb('ends', 'end')} with ${f.quote(test.value)}`;
      return `${verb('matches', 'match')} the pattern ${f.quote(test.value)}`;
  }
}

/** What is said of a value: "is “Lyon”", "does not contain “x” (or has no value)". */
export function predicate(test: ValueTest, negated: boolean, f: SentenceFormat): string {
  const said = positiveTest(test, negated);
  const text = positively(said.test, said.negated, f);
  if (!said.negated || said.test.type === 'any') return text;
  return said.test.type === 'number' ? `${text} (or is no number)` : `${text} (or has no value)`;
}
