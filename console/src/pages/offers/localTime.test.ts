import { expect, it } from 'vitest';
import { fromLocalInput, toLocalInput } from './localTime.ts';

it('goes to the field and back without moving, to the minute', () => {
  for (const instant of ['2026-05-04T10:30:00.000Z', '2026-10-25T00:30:00.000Z', '2026-03-29T01:59:00.000Z'])
    expect(fromLocalInput(toLocalInput(instant))).toBe(instant);
});

it('takes an empty field for no moment', () => {
  expect(toLocalInput(null)).toBe('');
  expect(fromLocalInput('')).toBeNull();
  expect(fromLocalInput('soon')).toBeNull();
});
