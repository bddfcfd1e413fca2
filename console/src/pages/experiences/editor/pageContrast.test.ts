import { expect, it } from 'vitest';
import { pageContrast } from './pageContrast.ts';

it('is told of plain colours, as browsers say them', () => {
  expect(pageContrast({ text: 'rgb(0, 0, 0)', background: 'rgb(255, 255, 255)' })).toBe(21);
  expect(pageContrast({ text: 'rgb(119, 119, 119)', background: 'rgb(255, 255, 255)' })).toBeCloseTo(4.48, 2);
});

it.each(['', 'rgba(0, 0, 0, 0.5)', 'oklch(0.5 0.1 20)', 'rgb(300, 0, 0)'])('is not guessed of %j', (background) => {
  expect(pageContrast({ text: 'rgb(0, 0, 0)', background })).toBeNull();
});
