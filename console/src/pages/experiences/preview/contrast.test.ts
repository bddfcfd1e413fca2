import { expect, it } from 'vitest';
import { contrast, enoughContrast, isColour, readableOn } from './contrast.ts';

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#777777')).toBe(1);
  // The well-known pair on either side of 4.5:1.
  expect(contrast('#767676', '#ffffff')).toBeGreaterThanOrEqual(enoughContrast);
  expect(contrast('#777777', '#ffffff')).toBeLessThan(enoughContrast);
});

it('chooses the text that reads better on a ground', () => {
  expect(readableOn('#ffd166', '#000000', '#ffffff')).toBe('#000000');
  expect(readableOn('#16325c', '#000000', '#ffffff')).toBe('#ffffff');
});

it('knows a colour from what is still being typed', () => {
  expect(['#16325c', '#16325', 'red', '', undefined].map(isColour)).toEqual([true, false, false, false, false]);
});
