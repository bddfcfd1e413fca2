import { describe, expect, it } from 'vitest';
import { measureJson } from './measureJson.ts';

const limits = { depth: 100, elementBytes: 50 };
const measure = (text: string) => measureJson(Buffer.from(text), limits);

/** A repeatable stream of numbers in [0, 1): mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const texts = ['', 'plain', '}{][', '"quoted"', 'back\\slash', '\\"', 'é€😀', ',,', '\n\u0001'];

function randomJson(random: () => number, levels: number): unknown {
  const pick = random();
  if (levels === 0 || pick < 0.3) return texts[Math.floor(random() * texts.length)];
  const size = Math.floor(random() * 4);
  if (pick < 0.65) return Array.from({ length: size }, () => randomJson(random, levels - 1));
  return Object.fromEntries(
    Array.from({ length: size }, (_, index) => [
      `${texts[Math.floor(random() * texts.length)]}${index}`,
      randomJson(random, levels - 1),
    ]),
  );
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('measureJson', () => {
  it('counts levels as a walk over the parsed value does, whatever the strings hold', () => {
    const random = randomNumbers(7);
    for (let round = 0; round < 2_000; round++) {
      const value = randomJson(random, 1 + Math.floor(random() * 12));
      const text = JSON.stringify(value, null, random() < 0.5 ? 2 : 0);
      expect(measure(text).depth, text).toBe(depthOf(value));
    }
  });

  it('stops at the first level too many', () => {
    expect(measure('['.repeat(100)).depth).toBe(100);
    expect(measure('['.repeat(500_000)).depth).toBe(101);
    expect(measure(`${'{"a":'.repeat(100_000)}`).depth).toBe(101);
  });

  it('names the elements over the size limit, by position', () => {
    const big = { text: 'x'.repeat(60) };
    expect(measure(JSON.stringify({ batch: [{}, big, {}, {}, big] })).oversized).toEqual([1, 4]);
    expect(
      measure(JSON.stringify({ sentAt: 'now', batch: [{ list: [1, 2, 3], deep: { a: [{}] } }] })).oversized,
    ).toEqual([]);
    expect(measure(JSON.stringify({ batch: [] })).oversized).toEqual([]);
    expect(measure(JSON.stringify({ context: big, batch: [{}] })).oversized).toEqual([]);
  });

  it('counts bytes, not characters', () => {
    const element = { t: '€'.repeat(15) };
    expect(JSON.stringify(element).length).toBeLessThan(50);
    expect(measure(JSON.stringify({ batch: [element] })).oversized).toEqual([0]);
  });

  it('sees a unicode escape only where it is one', () => {
    expect(measure('{"a":"\\u0041"}').unicodeEscapes).toBe(true);
    expect(measure('{"\\u0041":1}').unicodeEscapes).toBe(true);
    expect(measure('{"a":"\\\\u0041"}').unicodeEscapes).toBe(false);
    expect(measure('{"a":"u0041"}').unicodeEscapes).toBe(false);
  });

  it('survives text that is not JSON', () => {
    for (const text of ['', '"', '"\\', '}', ']]]', '{"a":"\\', '\u0000', ',,,'])
      expect(() => measure(text)).not.toThrow();
  });
});
