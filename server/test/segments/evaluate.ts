import { createHash } from 'node:crypto';
import {
  type ConditionOf,
  type EventMatch,
  type EventTest,
  isMomentTest,
  type MeasureTest,
  type MomentTest,
  type SegmentCondition,
  type SegmentNode,
  type TimeWindow,
} from '@vitrail/contracts';
import { isJsonObject, type Json } from '../../src/platform/index.ts';
import { divide, type Exact, exactOf, multiply, numberFrom } from './decimal.ts';
import { passesSequence } from './sequence.ts';
import {
  lengthOf,
  numberOf,
  passesMoment,
  passesNumber,
  passesText,
  passesValue,
  propertyText,
  statedMoment,
  textOf,
} from './values.ts';
import type { PastEvent, PastLine, PastOrder, Person, Surroundings } from './world.ts';

/**
 * Whether a person passes a definition at a moment. Written from the words of the contract alone, for tests: it knows
 * nothing of SQL and shares nothing with what it checks.
 */
export function evaluate(node: SegmentNode, person: Person, now: number, world: Surroundings): boolean {
  switch (node.kind) {
    case 'all':
      return node.of.every((each) => evaluate(each, person, now, world));
    case 'any':
      return node.of.some((each) => evaluate(each, person, now, world));
    case 'not':
      return !evaluate(node.of, person, now, world);
    default:
      return evaluateCondition(node, person, now, world);
  }
}

function evaluateCondition(condition: SegmentCondition, person: Person, now: number, world: Surroundings): boolean {
  const { zone } = world;
  switch (condition.kind) {
    case 'trait':
      return passesValue(readTrait(person, condition.trait), condition.test, now, zone);
    case 'consent': {
      const granted = person.consents.get(condition.purpose);
      return condition.is === (granted === undefined ? 'unknown' : granted ? 'granted' : 'denied');
    }
    case 'identifier':
      return person.namespaces.has(condition.namespace) === condition.present;
    case 'profile':
      return passesMoment(person.firstSeen, condition.test, now, zone);
    case 'event':
      return evaluateEvents(condition, person, now, zone);
    case 'order':
      return evaluateOrders(condition, person, now, zone);
    case 'product':
      return evaluateProducts(condition, person, now, zone);
    case 'sequence': {
      const events = inWindow(countedEvents(person), condition.window, now, zone);
      return passesSequence(condition, events, now, (event, match) => matches(event, match, now, zone));
    }
    case 'segment': {
      const other = world.segments.get(condition.segment);
      if (other === undefined) throw new Error(`no segment ${condition.segment}`);
      const member = 'has' in other ? other.has(person.id) : evaluate(other, person, now, world);
      return member === condition.member;
    }
    case 'sample': {
      const digest = createHash('md5').update(`${condition.seed}:${person.id}`).digest();
      return digest.readBigUInt64BE() % 1_000_000n < BigInt(Math.round(condition.percent * 10_000));
    }
    default:
      throw new Error(`${condition.kind} has tests of its own`);
  }
}

/** A trait by name, or a part of one that is an object by its path. */
function readTrait(person: Person, name: string): string {
  const whole = person.traits.get(name);
  if (whole !== undefined && !isJsonObject(whole)) return textOf(whole);
  const [first = '', ...rest] = name.split('.');
  let value: Json | undefined = person.traits.get(first);
  for (const key of rest) value = value !== undefined && isJsonObject(value) ? value[key] : undefined;
  return value !== undefined && isJsonObject(value) ? '' : textOf(value);
}

const countedEvents = (person: Person): PastEvent[] =>
  person.events.filter(({ bot, type }) => !bot && ['track', 'page', 'screen'].includes(type));

function isWithin(at: number, window: TimeWindow, now: number, zone: string): boolean {
  switch (window.kind) {
    case 'ever':
      return true;
    case 'last':
      return at > now - lengthOf(window);
    case 'since':
      return at >= statedMoment(window.from, zone);
    case 'between':
      return at >= statedMoment(window.from, zone) && at < statedMoment(window.to, zone);
  }
}

const inWindow = <T extends { readonly at: number }>(
  happened: readonly T[],
  window: TimeWindow,
  now: number,
  zone: string,
): T[] => happened.filter(({ at }) => isWithin(at, window, now, zone));

const factOf = (event: PastEvent, fact: { field: keyof PastEvent['fields'] } | { property: string }): string =>
  'field' in fact ? (event.fields[fact.field] ?? '') : propertyText(event, fact.property);

const passesFact = (event: PastEvent, fact: EventTest, now: number, zone: string): boolean =>
  passesValue(factOf(event, fact), fact.test, now, zone);

const matches = (event: PastEvent, match: EventMatch, now: number, zone: string): boolean =>
  (match.type === 'any' || event.type === match.type) &&
  (match.events.length === 0 || match.events.includes(event.event)) &&
  match.where.every((fact) => passesFact(event, fact, now, zone));

function evaluateEvents(condition: ConditionOf<'event'>, person: Person, now: number, zone: string): boolean {
  const { match, measure, window, test } = condition;
  const found = inWindow(countedEvents(person), window, now, zone).filter((event) => matches(event, match, now, zone));
  const texts = 'value' in measure ? found.map((event) => factOf(event, measure.value)) : [];
  const numbers = texts.filter((text) => numberOf(text) !== null).map((text) => exactOf(text) ?? 0n);
  return judge(measure.of, found, numbers, new Set(texts.filter((text) => text !== '')).size, test, now, zone);
}

const isSale = ({ status }: PastOrder): boolean => status !== 'cancelled' && status !== '';

const net = ({ baseTotal, baseRefunded }: PastOrder): Exact | null => {
  const total = exactOf(baseTotal);
  return total === null ? null : total - (exactOf(baseRefunded) ?? 0n);
};

const ofLine = (line: PastLine) => ({ product_id: line.product, category: line.category, brand: line.brand });

function evaluateOrders(condition: ConditionOf<'order'>, person: Person, now: number, zone: string): boolean {
  const { match, measure, window, test } = condition;
  const found = inWindow(person.orders.filter(isSale), window, now, zone).filter(
    (order) =>
      match.where.every((fact) => {
        if ('type' in fact.test)
          return passesText(order[fact.field === 'total' || fact.field === 'discount' ? 'id' : fact.field], fact.test);
        const amount = fact.field === 'total' ? net(order) : discountOf(order);
        return passesNumber(amount === null ? null : numberFrom(amount), fact.test);
      }) &&
      (match.lines.length === 0 ||
        order.lines.some((line) =>
          match.lines.every(({ field, test: each }) => passesText(ofLine(line)[field], each)),
        )),
  );
  const amounts = found.map(net).filter((amount) => amount !== null);
  return judge(measure.of, found, amounts, 0, test, now, zone);
}

/** In the base currency, at the rate of the order's total. */
function discountOf({ discount, total, baseTotal }: PastOrder): Exact | null {
  const [given, own, base] = [exactOf(discount) ?? 0n, exactOf(total) ?? 0n, exactOf(baseTotal)];
  return own === 0n || base === null ? null : divide(given * base, own);
}

function evaluateProducts(condition: ConditionOf<'product'>, person: Person, now: number, zone: string): boolean {
  const { match, measure, window, test } = condition;
  const passes = (facts: ReturnType<typeof ofLine>): boolean =>
    match.where.every(({ field, test: each }) => passesText(facts[field], each));
  if (match.action === 'bought') {
    const lines = inWindow(person.orders.filter(isSale), window, now, zone).flatMap((order) =>
      order.lines.filter((line) => passes(ofLine(line))).map((line) => ({ ...line, at: order.at })),
    );
    const amounts = lines.map(({ quantity, price }) => {
      const pieces = exactOf(quantity) ?? 0n;
      return measure.of === 'quantity' ? pieces : multiply(pieces, exactOf(price) ?? 0n);
    });
    const products = new Set(lines.map(({ product }) => product).filter((product) => product !== ''));
    return judge(measure.of, lines, amounts, products.size, test, now, zone);
  }
  const name = { viewed: 'Product Viewed', added: 'Product Added' }[match.action];
  const seen = inWindow(countedEvents(person), window, now, zone).filter(
    ({ type, event, fields }) =>
      type === 'track' &&
      event === name &&
      passes({ product_id: fields.product_id ?? '', category: fields.category ?? '', brand: fields.brand ?? '' }),
  );
  const products = new Set(seen.map(({ fields }) => fields.product_id ?? '').filter((product) => product !== ''));
  return judge(measure.of, seen, [], products.size, test, now, zone);
}

type Measure = 'count' | 'first' | 'last' | 'sum' | 'revenue' | 'quantity' | 'average' | 'min' | 'max' | 'distinct';

/** Compares what was measured. Sums and averages are exact to six decimals. */
function judge(
  measure: Measure,
  found: readonly { readonly at: number }[],
  amounts: readonly Exact[],
  distinct: number,
  test: MeasureTest | MomentTest,
  now: number,
  zone: string,
): boolean {
  if (isMomentTest(test)) {
    const times = found.map(({ at }) => at);
    const moment = times.length === 0 ? null : measure === 'first' ? Math.min(...times) : Math.max(...times);
    return passesMoment(moment, test, now, zone);
  }
  return passesNumber(measureNumber(measure, found.length, amounts, distinct), test);
}

function measureNumber(measure: Measure, count: number, amounts: readonly Exact[], distinct: number): number | null {
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  switch (measure) {
    case 'count':
      return count;
    case 'distinct':
      return distinct;
    case 'sum':
    case 'revenue':
    case 'quantity':
      return numberFrom(sum);
    case 'average':
      return amounts.length === 0 ? null : numberFrom(divide(sum, BigInt(amounts.length)));
    case 'min':
      return sorted[0] === undefined ? null : numberFrom(sorted[0]);
    case 'max': {
      const most = sorted.at(-1);
      return most === undefined ? null : numberFrom(most);
    }
    case 'first':
    case 'last':
      return null;
  }
}
