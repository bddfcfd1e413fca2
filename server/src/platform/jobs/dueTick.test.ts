import { expect, test } from 'vitest';
import { dueTick, tickId } from './dueTick.ts';

test.each([
  ['0 3 * * *', '2026-11-21T03:00:00Z', '2026-11-21T03:00:00.000Z'],
  ['0 3 * * *', '2026-11-21T03:59:59Z', '2026-11-21T03:00:00.000Z'],
  ['*/5 * * * *', '2026-11-21T10:07:00Z', '2026-11-21T10:05:00.000Z'],
  ['0 3 * * 1', '2026-11-23T03:10:00Z', '2026-11-23T03:00:00.000Z'],
])('the tick of %s at %s is %s', (cron, now, tick) => {
  expect(dueTick(cron, new Date(now))?.toISOString()).toBe(tick);
});

test('a tick missed by more than an hour is not made up for', () => {
  expect(dueTick('0 3 * * *', new Date('2026-11-21T04:00:01Z'))).toBeNull();
});

test('a wrong expression throws', () => {
  expect(() => dueTick('every day', new Date())).toThrow();
});

test('a tick has one id everywhere, and another for another job or time', () => {
  const tick = new Date('2026-11-21T03:00:00Z');
  expect(tickId('one', tick)).toBe(tickId('one', new Date(tick)));
  expect(tickId('one', tick)).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(new Set([tickId('one', tick), tickId('two', tick), tickId('one', new Date(0))]).size).toBe(3);
});
