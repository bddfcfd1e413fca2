/** Towns of the made-up customers. */
export const towns = ['Paris', 'Lyon', 'Marseille', 'Toulouse', 'Nice', 'Nantes', 'Strasbourg', 'Lille'];
const town = (index: number): string => towns[index % towns.length] ?? '';

const last = (n: number) => ({ kind: 'last', n, unit: 'day' });
const atLeast = (value: number) => ({ op: 'gte', value });
const did = (event: string, value: number, days: number, where: readonly object[] = []) => ({
  kind: 'event',
  match: { events: [event], where },
  test: atLeast(value),
  window: last(days),
});
const livesIn = (index: number) => ({
  kind: 'trait',
  trait: 'address.city',
  test: { type: 'text', op: 'is', value: town(index) },
});
const ordered = (value: number, days: number) => ({ kind: 'order', test: atLeast(value), window: last(days) });

/** "Lives in Lyon, looked at two products in so many days, ordered within a year." */
export const threeConditions = (index: number): object => ({
  kind: 'all',
  of: [livesIn(index), did('Product Viewed', 2, 60 + index), ordered(1, 365)],
});

/** "Put something in the cart, then looked at the cart within a week, then no product for two days." */
export const sequence = (index: number): object => ({
  kind: 'sequence',
  steps: [
    { match: { events: ['Product Added'] } },
    { match: { events: ['Cart Viewed'] }, within: { n: 7, unit: 'day' } },
    { match: { events: ['Product Viewed'] }, not: true, within: { n: 2, unit: 'day' } },
  ],
  window: last(90 + index),
});

const kinds: readonly ((index: number) => object)[] = [
  (index) => did('Product Viewed', 1 + (index % 5), 30 + index),
  (index) => ordered(1 + (index % 3), 60 + index),
  (index) => ({ kind: 'order', measure: { of: 'revenue' }, test: atLeast(50 + index), window: last(365) }),
  livesIn,
  (index) => ({
    kind: 'product',
    match: { action: 'viewed', where: [{ field: 'category', test: { type: 'text', op: 'contains', value: 'pull' } }] },
    test: atLeast(1 + (index % 4)),
    window: last(14 + index),
  }),
  (index) => ({
    kind: 'event',
    match: { type: 'any' },
    measure: { of: 'last' },
    test: { op: 'not_in_last', n: 30 + index, unit: 'day' },
  }),
  sequence,
  threeConditions,
  (index) => ({ kind: 'any', of: [ordered(5, 365), did('Product Added', 3, 10 + index)] }),
  (index) => ({ kind: 'all', of: [ordered(1, 730), { kind: 'not', of: ordered(1, 100 + index) }] }),
];

/** Ten of each kind, each with its own numbers. */
export const hundredDefinitions = (): object[] =>
  Array.from({ length: 100 }, (_, index) => kinds[index % kinds.length]?.(Math.floor(index / kinds.length)) ?? {});
