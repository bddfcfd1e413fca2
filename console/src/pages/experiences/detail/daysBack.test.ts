import { expect, it } from 'vitest';
import { daysBack } from './daysBack.ts';

it('counts whole days back, over the end of a month and the change of the clocks', () => {
  expect(daysBack('2026-03-01', 3)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(new Set(daysBack('2026-11-22', 90)).size).toBe(90);
});
