import { eventFields, type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import type { Dice } from './dice.ts';
import { createTests } from './randomTests.ts';
import * as words from './words.ts';

/** Writes random definitions of every kind and operator, over the words that random histories use. */
export function createDefinitions(dice: Dice, now: number) {
  const { roll, pick, once, some } = dice;
  const { text, window, duration, measureTest, momentTest, testOf } = createTests(dice, now);
  const fieldValues: Record<string, readonly string[]> = {
    site: ['Main'],
    device_type: ['mobile', 'desktop'],
    os: ['iOS', 'Windows'],
    browser: ['Safari', 'Chrome'],
    country: ['FR', 'DE'],
    language: ['fr-FR', 'en'],
    campaign_source: words.sources,
    path: ['/shoes', '/'],
    category: words.categories,
    brand: words.brands,
    product_id: words.products,
  };
  const fact = () => {
    const field = pick(eventFields);
    const values = fieldValues[field];
    if (once(2) && values !== undefined)
      return { field, test: once(5) ? { type: 'any', op: pick(['exists', 'not_exists']) } : text(values) };
    const property = pick(words.propertyNames);
    return { property, test: testOf(property) };
  };
  const match = () => {
    const type = pick(['track', 'track', 'track', 'page', 'screen', 'any']);
    const names = type === 'track' ? words.eventNames : [...words.pageNames, ...words.eventNames];
    return {
      type,
      events: once(4) ? [] : some(names, 2),
      where: Array.from({ length: pick([0, 0, 1, 1, 2]) }, fact),
    };
  };
  const line = () => {
    const field = pick(['product_id', 'category', 'brand'] as const);
    return {
      field,
      test: text(field === 'product_id' ? words.products : field === 'category' ? words.categories : words.brands),
    };
  };
  const lines = () => Array.from({ length: pick([0, 0, 1, 2]) }, line);
  const orderFact = () =>
    pick([
      () => ({ field: pick(['total', 'discount']), test: measureTest() }),
      () => ({ field: 'site', test: text(['Main']) }),
      () => ({ field: 'channel', test: text(words.channels) }),
      () => ({ field: 'currency', test: text(words.currencies) }),
      () => ({ field: 'coupon', test: text(words.coupons) }),
      () => ({ field: 'status', test: text(['completed', 'refunded']) }),
    ])();
  const measured = (measure: object & { of: string }) => ({
    measure,
    test: ['first', 'last'].includes(measure.of) ? momentTest() : measureTest(),
    window: window(),
  });
  const sequence = () => {
    const steps: object[] = [{ match: match() }];
    const length = 2 + roll(3);
    while (steps.length < length) {
      const last = steps.length === length - 1;
      const not = once(3) && !('not' in (steps.at(-1) ?? {}));
      if (not) steps.push({ match: match(), not: true, ...(last && { within: duration() }) });
      else steps.push({ match: match(), ...(once(2) && { within: duration() }) });
    }
    return { kind: 'sequence', steps, ...(once(3) && { sameProperty: pick(['cart_id', 'color']) }), window: window() };
  };
  const leaf = (others: readonly string[]): object =>
    pick([
      trait,
      trait,
      trait,
      () => ({ kind: 'consent', purpose: pick(words.purposes), is: pick(['granted', 'denied', 'unknown']) }),
      () => ({ kind: 'identifier', namespace: pick(['email', 'user_id', 'anonymous_id']), present: once(2) }),
      () => ({ kind: 'profile', field: 'first_seen', test: momentTest() }),
      event,
      event,
      event,
      () => ({
        kind: 'order',
        match: { where: Array.from({ length: pick([0, 0, 1, 2]) }, orderFact), lines: lines() },
        ...measured({ of: pick(['count', 'revenue', 'average', 'min', 'max', 'first', 'last']) }),
      }),
      () => {
        const action = pick(['viewed', 'added', 'bought', 'bought']);
        const of = pick([
          'count',
          'distinct',
          'first',
          'last',
          ...(action === 'bought' ? ['quantity', 'revenue'] : []),
        ]);
        return { kind: 'product', match: { action, where: lines() }, ...measured({ of }) };
      },
      sequence,
      sequence,
      () => (others.length === 0 ? trait() : { kind: 'segment', segment: pick(others), member: once(2) }),
      () => ({ kind: 'sample', percent: pick([1, 33.3, 50, 100]), seed: pick(['', 'é']) }),
    ])();
  const trait = () => {
    const name = pick(words.traitNames);
    return { kind: 'trait', trait: name, test: testOf(name) };
  };
  const event = () => {
    const value = once(3)
      ? { field: pick(['product_id', 'category', 'base_value', 'base_value'] as const) }
      : { property: pick(['size', 'color', 'tags']) };
    const of = pick(['count', 'count', 'first', 'last', 'sum', 'average', 'min', 'max', 'distinct']);
    const measure = ['count', 'first', 'last'].includes(of) ? { of } : { of, value };
    return { kind: 'event', match: match(), ...measured(measure) };
  };
  const tree = (depth: number, others: readonly string[]): object => {
    if (depth === 0 || once(2)) return leaf(others);
    if (once(5)) return { kind: 'not', of: tree(depth - 1, others) };
    const of = Array.from({ length: 1 + roll(3) }, () => tree(depth - 1, others));
    return { kind: pick(['all', 'any']), of };
  };
  return {
    /** One condition. */
    leaf: (others: readonly string[] = []): SegmentNode => segmentDefinitionSchema.parse(leaf(others)),
    /** A tree; `others` are ids of segments it may refer to. */
    tree: (others: readonly string[]): SegmentNode => segmentDefinitionSchema.parse(tree(3, others)),
  };
}
