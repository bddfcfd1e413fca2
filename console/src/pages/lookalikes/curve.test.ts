import { describe, expect, it } from 'vitest';
import { foundAt, liftAt, peopleAt, placeOf, reachAt, reaches } from './curve.ts';

const curve = [
  { reach: 0.1, found: 0.5, lift: 5 },
  { reach: 0.05, found: 0.35, lift: 7 },
  { reach: 0.5, found: 0.9, lift: 1.8 },
];

describe('reach and likeness', () => {
  it('are read straight between measured points, from nobody found among nobody', () => {
    expect(foundAt(curve, 0.05)).toBeCloseTo(0.35);
    expect(foundAt(curve, 0.075)).toBeCloseTo(0.425);
    expect(foundAt(curve, 0.025)).toBeCloseTo(0.175);
    expect(foundAt(curve, 0.7)).toBeCloseTo(0.9);
    expect(liftAt(curve, 0.1)).toBeCloseTo(5);
    expect(foundAt([], 0.1)).toBeNull();
  });

  it('name the people that would be taken', () => {
    expect(peopleAt(12_345, 0.05)).toBe(617);
  });

  it('stand at places of the slider, finer where few are taken', () => {
    expect(reachAt(placeOf(0.05))).toBe(0.05);
    expect(reachAt(placeOf(0.051))).toBe(0.05);
    expect(reachAt(-3)).toBe(reaches[0]);
    expect(reachAt(99)).toBe(0.5);
  });
});
