import type { EventFact } from '@vitrail/contracts';
import { type Json, type JsonObject, objectOf } from '../../platform/index.ts';

/** What a run knows: what began it, what ended its waits, its messages and coupons. */
export interface RunContext {
  readonly event: HappenedEvent | null;
  readonly events: { readonly [wait: string]: HappenedEvent };
  readonly messages: { readonly [step: string]: number };
  readonly coupons: { readonly [step: string]: string };
}

/** An event as conditions see it. */
export interface HappenedEvent {
  readonly name: string;
  readonly at: string;
  readonly properties: JsonObject;
}

export const emptyContext: RunContext = { event: null, events: {}, messages: {}, coupons: {} };

const eventOf = (value: Json | undefined): HappenedEvent | null => {
  const { name, at, properties } = objectOf(value);
  return typeof name === 'string' && typeof at === 'string' ? { name, at, properties: objectOf(properties) } : null;
};

/** A stored context, whatever an older version wrote. */
export function readContext(stored: Json): RunContext {
  const { event, events, messages, coupons } = objectOf(stored);
  const pairs = <T>(value: Json | undefined, read: (item: Json) => T | null): { [key: string]: T } =>
    Object.fromEntries(
      Object.entries(objectOf(value)).flatMap(([key, item]): [string, T][] => {
        const found = read(item);
        return found === null ? [] : [[key, found]];
      }),
    );
  return {
    event: eventOf(event),
    events: pairs(events, eventOf),
    messages: pairs(messages, (item) => (typeof item === 'number' ? item : null)),
    coupons: pairs(coupons, (item) => (typeof item === 'string' ? item : null)),
  };
}

/** The value at `a.b.0.c`; undefined where there is none. A key that contains dots is found when it is whole. */
export function valueAt(root: Json | undefined, path: string): Json | undefined {
  if (root === undefined || root === null || typeof root !== 'object') return undefined;
  if (Object.hasOwn(root, path)) return Reflect.get(root, path);
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  const head = path.slice(0, dot);
  return Object.hasOwn(root, head) ? valueAt(Reflect.get(root, head), path.slice(dot + 1)) : undefined;
}

/** The context as JSON, for `event.properties.cart_id` and `events.wait_order.properties.order_id`. */
export const contextJson = (context: RunContext): JsonObject => ({
  event: context.event === null ? null : { ...context.event },
  events: Object.fromEntries(Object.entries(context.events).map(([key, event]) => [key, { ...event }])),
  messages: context.messages,
  coupons: context.coupons,
});

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

const numberOf = (value: Json | undefined): number | null => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
};

/** Text is compared without regard to case; numbers as numbers also where one side came as text. */
function same(found: Json | undefined, wanted: Json | undefined): boolean {
  const [left, right] = [textOf(found), textOf(wanted)];
  if (left === null || right === null) return false;
  if (left.toLowerCase() === right.toLowerCase()) return true;
  if (typeof found === 'string' && typeof wanted === 'string') return false;
  const [a, b] = [numberOf(found), numberOf(wanted)];
  return a !== null && a === b;
}

function compare(found: Json | undefined, wanted: Json | undefined, holds: (difference: number) => boolean): boolean {
  const [a, b] = [numberOf(found), numberOf(wanted)];
  if (a !== null && b !== null) return holds(a - b);
  // ISO days and instants stand in order as text does.
  if (typeof found === 'string' && typeof wanted === 'string')
    return holds(found < wanted ? -1 : found > wanted ? 1 : 0);
  return false;
}

/** Whether a list at the path has it, too: one of the products of a cart. */
const anyOf = (found: Json | undefined, test: (item: Json | undefined) => boolean): boolean =>
  Array.isArray(found) ? found.some(test) : test(found);

/**
 * Whether one fact holds. A value taken from the run that is not there makes every comparison false, `is_not` as well: an
 * event without a cart never says something about this cart.
 */
export function holds(fact: EventFact, event: JsonObject, run: JsonObject): boolean {
  const found = valueAt(event, fact.path);
  const absent = found === undefined || found === null || found === '';
  if (fact.op === 'present') return !absent;
  if (fact.op === 'missing') return absent;
  if (fact.op === 'in') return anyOf(found, (item) => (fact.values ?? []).some((value) => same(item, value)));
  const wanted = fact.run === undefined ? fact.value : valueAt(run, fact.run);
  if (wanted === undefined || wanted === null || (fact.run !== undefined && wanted === '')) return false;
  const text = (item: Json | undefined): string => (textOf(item) ?? '').toLowerCase();
  switch (fact.op) {
    case 'is':
      return anyOf(found, (item) => same(item, wanted));
    case 'is_not':
      return !anyOf(found, (item) => same(item, wanted));
    case 'contains':
      return anyOf(found, (item) => text(item).includes(text(wanted)));
    case 'starts':
      return anyOf(found, (item) => text(item).startsWith(text(wanted)));
    case 'gt':
      return compare(found, wanted, (difference) => difference > 0);
    case 'gte':
      return compare(found, wanted, (difference) => difference >= 0);
    case 'lt':
      return compare(found, wanted, (difference) => difference < 0);
    case 'lte':
      return compare(found, wanted, (difference) => difference <= 0);
  }
}

/** The first fact that does not hold; null when all do. */
export function failingFact(facts: readonly EventFact[], event: JsonObject, run: JsonObject): EventFact | null {
  return facts.find((fact) => !holds(fact, event, run)) ?? null;
}
