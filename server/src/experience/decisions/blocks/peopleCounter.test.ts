import { describe, expect, it } from 'vitest';
import { poll } from '../../../../test/poll.ts';
import { PeopleCounter } from './peopleCounter.ts';

describe('people counted for pages', () => {
  it('are counted once for all who ask at the same time, each product in its place', async () => {
    const asked: string[][][] = [];
    const counter = new PeopleCounter(async (products) => {
      asked.push(products.map((variants) => [...variants]));
      return products.map((variants) => variants.length * 10);
    });
    const answers = await Promise.all([counter.people(['a']), counter.people(['b', 'c']), counter.people(['a'])]);
    expect(answers).toEqual([10, 20, 10]);
    expect(asked).toEqual([[['a'], ['b', 'c']]]);
    expect(await counter.people(['a'])).toBe(10);
    expect(asked).toHaveLength(1);
  });

  it('are counted anew while the former number stands, and after a minute it does not stand any more', async () => {
    let [now, people] = [0, 5];
    const counter = new PeopleCounter(
      async (products) => products.map(() => people),
      () => now,
    );
    expect(await counter.people(['a'])).toBe(5);
    people = 7;
    now = 30_000;
    expect(await counter.people(['a'])).toBe(5);
    await poll('the new number', async () => (await counter.people(['a'])) === 7);
    people = 9;
    now += 61_000;
    expect(await counter.people(['a'])).toBe(9);
  });

  it('fail for those who wait, and the next ones are counted all the same', async () => {
    let fails = true;
    const counter = new PeopleCounter(async (products) => {
      if (fails) throw new Error('the engine is away');
      return products.map(() => 3);
    });
    await expect(counter.people(['a'])).rejects.toThrow('the engine is away');
    fails = false;
    expect(await counter.people(['a'])).toBe(3);
  });
});
