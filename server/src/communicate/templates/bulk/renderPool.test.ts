import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldInput } from '../engine/fields.ts';
import { createRenderPool } from './renderPool.ts';

const loader = new URL('../../../../test/tsLoader.mjs', import.meta.url).href;
const execArgv = ['--import', `data:text/javascript,import{register}from'node:module';register('${loader}')`];
const pool = createRenderPool({ threads: 1, execArgv });
const script = new URL('../../../../test/scripts/hangingRenderer.ts', import.meta.url);
const hanging = createRenderPool({ threads: 1, execArgv, script });
afterAll(() => Promise.all([pool.stop(), hanging.stop()]));

const speech = { language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR', now: 0 };
const inputOf = (note: string): FieldInput => ({ context: { note }, speech });
const plain = (source: string) => [{ name: 'text', source, writing: 'plain' as const }];

beforeAll(() => {
  process.env.VITRAIL_TEST_LOADER = '1';
});

describe('threads that fill templates in', () => {
  it('lose the one message that hangs, and no other', async () => {
    const inputs = ['a', 'b', 'poison', 'd', 'e'].map(inputOf);
    const outcomes = await hanging.render('hang', plain('{{ note | hang }}'), inputs);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.texts[0] : outcome.detail))).toEqual([
      'a',
      'b',
      'This template takes too long to fill in.',
      'd',
      'e',
    ]);
  }, 60_000);

  it('give up a template that is slow for everybody after a few', async () => {
    const source = '{% for i in (1..100000) %}{% for j in (1..100) %}{% endfor %}{% endfor %}';
    const began = performance.now();
    const outcomes = await pool.render(
      'slow',
      plain(source),
      Array.from({ length: 200 }, () => inputOf('')),
    );
    expect(outcomes.every(({ ok }) => !ok)).toBe(true);
    expect(performance.now() - began).toBeLessThan(10_000);
  }, 60_000);

  it('answer in order, however many there are at once', async () => {
    const inputs = Array.from({ length: 450 }, (_, index) => inputOf(String(index)));
    const both = await Promise.all([
      pool.render('one', plain('{{ note }}'), inputs),
      pool.render('two', plain('{{ note }}!'), inputs),
    ]);
    for (const [at, mark] of ['', '!'].entries())
      expect(both[at]?.map((outcome) => outcome.ok && outcome.texts[0])).toEqual(
        inputs.map((_, index) => `${index}${mark}`),
      );
  });
});
