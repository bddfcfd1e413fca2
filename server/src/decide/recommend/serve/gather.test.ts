import { describe, expect, it } from 'vitest';
import { gather } from './gather.ts';

/** Answers when told to. */
function slowEngine() {
  const asked: number[][] = [];
  const answers: (() => void)[] = [];
  const ask = gather(async (keys: readonly number[]) => {
    asked.push([...keys]);
    await new Promise<void>((resolve) => answers.push(resolve));
    return keys.map((key) => key * 10);
  });
  return { ask, asked, answer: (): void => answers.shift()?.() };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('questions gathered', () => {
  it('of one turn go together, and those that come meanwhile wait for a place', async () => {
    const { ask, asked, answer } = slowEngine();
    const first = [ask(1), ask(2)];
    await turn();
    const second = ask(3);
    await turn();
    const third = [ask(4), ask(5), ask(6)];
    await turn();
    expect(asked).toEqual([[1, 2], [3]]);
    answer();
    expect(await Promise.all(first)).toEqual([10, 20]);
    await turn();
    expect(asked).toEqual([[1, 2], [3], [4, 5, 6]]);
    answer();
    answer();
    expect(await second).toBe(30);
    expect(await Promise.all(third)).toEqual([40, 50, 60]);
  });

  it('fail together, and the next ones are asked all the same', async () => {
    let fails = true;
    const ask = gather(async (keys: readonly number[]) => {
      if (fails) throw new Error('the engine is away');
      return keys;
    });
    const answers = await Promise.allSettled([ask(1), ask(2)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await ask(3)).toBe(3);
  });
});
