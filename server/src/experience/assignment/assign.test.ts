import { describe, expect, it } from 'vitest';
import { type Assignable, assign } from './assign.ts';
import { bucketOf, bucketRanges, isInNamespace, variationAt } from './bucketOf.ts';
import { findFreePart, globalHoldoutGate } from './gates.ts';

const experiment: Assignable = {
  key: 'banner',
  seed: 'banner',
  hashVersion: 2,
  unit: 'person',
  weights: [0.5, 0.5],
  coverage: 1,
  gates: [],
  bucketVersion: 0,
  minBucketVersion: 0,
};

describe('places', () => {
  it('are those of FNV-1a, as published', () => {
    // Test vectors of the FNV specification for 32 bits: "a" is e40c292c, "foobar" is bf9cf968.
    expect(bucketOf('', 'a', 1)).toBe((0xe40c292c % 1_000) / 1_000);
    expect(bucketOf('bar', 'foo', 1)).toBe((0xbf9cf968 % 1_000) / 1_000);
    expect(bucketOf('', '', 1)).toBe((0x811c9dc5 % 1_000) / 1_000);
  });

  it('spread people evenly, and one experiment as if the other were not', () => {
    const tens = new Map<string, number>();
    for (let person = 0; person < 20_000; person++) {
      const pair = `${Math.floor(bucketOf('a', `u${person}`) * 4)}${Math.floor(bucketOf('b', `u${person}`) * 4)}`;
      tens.set(pair, (tens.get(pair) ?? 0) + 1);
    }
    expect(tens.size).toBe(16);
    for (const count of tens.values()) expect(Math.abs(count - 1_250)).toBeLessThan(150);
  });

  it('keep everybody where they are when coverage grows', () => {
    const few = bucketRanges(3, 0.2, [0.2, 0.3, 0.5]);
    const many = bucketRanges(3, 0.9, [0.2, 0.3, 0.5]);
    for (let place = 0; place < 1; place += 0.0007) {
      const before = variationAt(place, few);
      if (before >= 0) expect(variationAt(place, many)).toBe(before);
    }
    expect(bucketRanges(2, 1, [0.9])).toEqual(bucketRanges(2));
    expect(isInNamespace('nobody', ['empty', 0, 0])).toBe(false);
  });
});

describe('assigning', () => {
  it('is by the person once known and by the device until then', () => {
    const anonymous = assign(experiment, { device: 'd1' });
    expect(anonymous).toMatchObject({ reason: 'assigned', unit: { attribute: 'device', value: 'd1' } });
    expect(assign(experiment, { device: 'd1', person: 'p1' }).unit).toEqual({ attribute: 'person', value: 'p1' });
    expect(assign({ ...experiment, unit: 'device' }, { device: 'd1', person: 'p1' })).toEqual(anonymous);
    expect(assign(experiment, {})).toEqual({ variation: null, reason: 'nobody', unit: null, bucket: null });
  });

  it('keeps what the device was shown when its user signs in', () => {
    const person = Array.from({ length: 50 }, (_, index) => `p${index}`).find(
      (each) => assign(experiment, { person: each }).variation === 1,
    );
    const sticky = { device: { banner__0: 0 } };
    expect(assign(experiment, { device: 'd1', person }, sticky)).toMatchObject({ variation: 0, reason: 'sticky' });
    const own = { ...sticky, person: { banner__0: 1 } };
    expect(assign(experiment, { device: 'd1', person }, own)).toMatchObject({ variation: 1, reason: 'sticky' });
    const anew = { ...experiment, bucketVersion: 1 };
    expect(assign(anew, { device: 'd1', person }, sticky)).toMatchObject({ variation: 1, reason: 'assigned' });
    expect(assign({ ...anew, minBucketVersion: 1 }, { device: 'd1', person }, sticky).reason).toBe('left');
  });

  it('leaves out who is beyond the coverage or held out, and says why', () => {
    const none = { ...experiment, coverage: 0 };
    expect(assign(none, { person: 'p1' })).toMatchObject({ variation: null, reason: 'coverage' });
    const held = { ...experiment, gates: [globalHoldoutGate(0.5)] };
    const reasons = Array.from({ length: 200 }, (_, index) => assign(held, { person: `p${index}` }).reason);
    expect(new Set(reasons)).toEqual(new Set(['assigned', 'global_holdout']));
  });
});

describe('parts of a group', () => {
  it('are given where there is room', () => {
    expect(findFreePart([], 0.3)).toEqual({ from: 0, to: 0.3 });
    const taken = [
      { from: 0.6, to: 0.9 },
      { from: 0, to: 0.3 },
    ];
    expect(findFreePart(taken, 0.3)).toEqual({ from: 0.3, to: 0.6 });
    expect(findFreePart(taken, 0.31)).toBeNull();
    expect(findFreePart([{ from: 0, to: 0.9 }], 0.1)).toEqual({ from: 0.9, to: 1 });
  });
});
