import type { Dice } from './dice.ts';
import * as words from './words.ts';

const day = 86_400_000;

/** Writes random tests, moments and windows of every kind. */
export function createTests(dice: Dice, now: number) {
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
  return { text, window, duration, measureTest, momentTest, testOf };
}
