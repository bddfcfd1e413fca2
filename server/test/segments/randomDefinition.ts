import { eventFields, type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import type { Dice } from './dice.ts';
import * as words from './words.ts';

const day = 86_400_000;

/** Writes random definitions of every kind and operator, over the words that random histories use. */
export function createDefinitions(dice: Dice, now: number) {
  const { roll, pick, once, some } = dice;
  const number = (): number => pick([0, 1, 2, 3, 5, 10, 2.5, -3, 12.3, 40, 100, roll(20_000) / 100]);
  const duration = () => {
    const unit = pick(['minute', 'hour', 'day', 'day', 'day', 'week', 'month', 'year'] as const);
    const most = { minute: 90, hour: 72, day: 90, week: 9, month: 13, year: 2 }[unit];
    return { n: once(3) ? pick([1, 7, 30].filter((n) => n <= most)) || 1 : 1 + roll(most), unit };
  };
  const moment = (): string => {
    const at = now - roll(120 * day) + 20 * day;
    const text = new Date(at).toISOString();
    return pick([text.slice(0, 10), text, text.replace('Z', '+02:00'), '1990-01-01', '2200-01-01']);
  };
  const span = () => {
    const [from = '', to = ''] = [moment(), moment()].toSorted();
    return { from, to };
  };
  const window = () =>
    pick([
      () => ({ kind: 'ever' }),
      () => ({ kind: 'last', ...duration() }),
      () => ({ kind: 'last', ...duration() }),
      () => ({ kind: 'since', from: moment() }),
      () => ({ kind: 'between', ...span() }),
    ])();
  const measureTest = () => {
    const [from = 0, to = 0] = [number(), number()].toSorted((a, b) => a - b);
    return once(6)
      ? { op: 'between', from, to }
      : { op: pick(['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const), value: once(2) ? roll(4) : number() };
  };
  const momentTest = () =>
    once(2)
      ? { op: pick(['before', 'after'] as const), value: moment() }
      : { op: pick(['in_last', 'not_in_last'] as const), ...duration() };
  const anyCase = (text: string): string => pick([text, text.toUpperCase(), text.toLowerCase()]);
  const textTest = (values: readonly string[]) => {
    const real = values.filter((value) => value !== '');
    const part = (): string => {
      const value = anyCase(pick(real));
      const from = roll(value.length);
      return value.slice(from, from + 1 + roll(4)) || value;
    };
    return pick([
      () => ({ op: pick(['is', 'is_not']), value: once(8) ? '' : anyCase(pick(real)) }),
      () => ({ op: pick(['contains', 'not_contains', 'starts', 'ends']), value: part() }),
      () => ({ op: pick(['in', 'not_in']), values: some(real, 3).map(anyCase) }),
      () => ({ op: 'matches', value: pick(words.patterns) }),
    ])();
  };
  const text = (values: readonly string[]) => ({ type: 'text', ...textTest(values) });
  const date = () => ({
    type: 'date',
    ...pick([
      () => ({ op: pick(['before', 'after']), value: moment() }),
      () => ({ op: 'on', value: new Date(now + (roll(160) - 80) * day).toISOString().slice(0, 10) }),
      () => ({ op: 'between', ...span() }),
      () => ({ op: pick(['in_last', 'not_in_last', 'in_next']), ...duration() }),
      () => ({ op: 'anniversary', before: pick([0, 1, 7, 60, 180]), after: pick([0, 1, 7, 60, 180]) }),
    ])(),
  });
  const valueTest = () =>
    pick([
      () => text(words.texts),
      () => ({ type: 'number', ...measureTest() }),
      date,
      () => ({ type: 'boolean', op: 'is', value: once(2) }),
      () => ({
        type: 'list',
        op: pick(['has_any', 'has_all', 'has_none']),
        values: some([...words.items, '2', 'true', '[broken'], 3).map(anyCase),
      }),
      () => ({ type: 'any', op: pick(['exists', 'not_exists']) }),
    ])();
  /** A test that suits the name, or, now and then, any. */
  const testOf = (name: string) => {
    if (once(4)) return valueTest();
    if (['age', 'size'].includes(name)) return { type: 'number', ...measureTest() };
    if (['likes', 'tags'].includes(name))
      return {
        type: 'list',
        op: pick(['has_any', 'has_all', 'has_none']),
        values: some([...words.items, '2', '[broken'], 3).map(anyCase),
      };
    if (['vip', 'gift'].includes(name)) return { type: 'boolean', op: 'is', value: once(2) };
    if (['birth', 'renewal', 'delivery'].includes(name)) return date();
    return text(words.texts);
  };
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
