import type { WheelSegment } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { drawNumber, segmentAt, trueChances } from './chances.ts';

const segment = (key: string, chance: number, offer: string | null = null): WheelSegment => ({
  key,
  label: { en: key },
  chance,
  offer,
});
const wheel = [segment('ten', 0.1, 'ten'), segment('five', 0.25, 'five'), segment('lost', 0.6), segment('again', 0.05)];
const chancesOf = (segments: readonly WheelSegment[]): number[] => segments.map(({ chance }) => chance);

describe('the chances of a wheel', () => {
  it('are the author’s while every prize is there', () => {
    expect(
      trueChances(
        wheel,
        new Map([
          ['ten', 3],
          ['five', null],
        ]),
      ),
    ).toEqual(wheel);
  });

  it('of a prize that has run out go to nothing won, never to another prize', () => {
    const now = trueChances(
      wheel,
      new Map([
        ['ten', 0],
        ['five', 7],
      ]),
    );
    expect(chancesOf(now)).toEqual([0, 0.25, 0.7, 0.05]);
    expect(
      chancesOf(
        trueChances(
          wheel,
          new Map([
            ['ten', 0],
            ['five', 0],
          ]),
        ),
      ),
    ).toEqual([0, 0, 0.95, 0.05]);
  });
});

describe('a draw', () => {
  it('falls on the segment at its number, and never on one without a chance', () => {
    const now = trueChances(
      wheel,
      new Map([
        ['ten', 0],
        ['five', 7],
      ]),
    );
    expect(segmentAt(now, 0).key).toBe('five');
    expect(segmentAt(now, 0.2499).key).toBe('five');
    expect(segmentAt(now, 0.25).key).toBe('lost');
    expect(segmentAt(now, 0.95).key).toBe('again');
    expect(segmentAt(now, 1 - 1e-16).key).toBe('again');
    expect(segmentAt([segment('a', 0.333_333), segment('b', 0)], 0.9).key).toBe('a');
  });

  it('of 20,000 keeps to the chances: chi-square with three degrees of freedom', () => {
    const draws = 20_000;
    const counted = new Map<string, number>();
    for (let each = 0; each < draws; each++) {
      const { key } = segmentAt(wheel, drawNumber());
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    const statistic = wheel.reduce((sum, { key, chance }) => {
      const expected = chance * draws;
      return sum + ((counted.get(key) ?? 0) - expected) ** 2 / expected;
    }, 0);
    // A true wheel is above this once in a hundred million runs; one whose chances are off by a hundredth is far above.
    expect(statistic).toBeLessThan(40);
  });
});
