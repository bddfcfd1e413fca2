import { expect, test } from 'vitest';
import { KeyCache, keyCacheMs } from './keyCache.ts';

function setUp() {
  let now = 1_000_000;
  let asked = 0;
  const known = new Map([['real', { id: 1 }]]);
  const cache = new KeyCache<{ id: number }>({ now: () => new Date(now) });
  return {
    known,
    get: (key: string) =>
      cache.get(key, async () => {
        asked += 1;
        return known.get(key) ?? null;
      }),
    asked: () => asked,
    pass: (ms: number) => {
      now += ms;
    },
    clear: () => cache.clear(),
  };
}

test('a key is asked for once within the time, and again after it', async () => {
  const { get, asked, pass } = setUp();
  for (let i = 0; i < 5; i++) expect(await get('real')).toEqual({ id: 1 });
  expect(asked()).toBe(1);
  pass(keyCacheMs);
  await get('real');
  expect(asked()).toBe(2);
});

test('a flood of invented keys pushes no real one out and is remembered itself', async () => {
  const { get, asked } = setUp();
  await get('real');
  for (let i = 0; i < 20_000; i++) await get(`invented ${i}`);
  const before = asked();
  expect(await get('real')).toEqual({ id: 1 });
  expect(await get('invented 19999')).toBeNull();
  expect(asked()).toBe(before);
});

test('a key that vanishes or appears is noticed after the time, or at once when told', async () => {
  const { get, known, pass, clear } = setUp();
  await get('real');
  await get('new');
  known.delete('real');
  known.set('new', { id: 2 });
  expect([await get('real'), await get('new')]).toEqual([{ id: 1 }, null]);
  pass(keyCacheMs);
  expect([await get('real'), await get('new')]).toEqual([null, { id: 2 }]);
  known.set('real', { id: 3 });
  clear();
  expect(await get('real')).toEqual({ id: 3 });
});

test('a failed look-up is not remembered', async () => {
  const cache = new KeyCache<{ id: number }>({ now: () => new Date(0) });
  await expect(cache.get('real', () => Promise.reject(new Error('store is away')))).rejects.toThrow('store is away');
  expect(await cache.get('real', async () => ({ id: 1 }))).toEqual({ id: 1 });
});
