import { expect, test } from 'vitest';
import { formFor, missingIn, requestOf } from './formValues.ts';

const now = new Date('2026-05-20T12:00:00');

test('an empty form says what is missing, one thing after the other', () => {
  const empty = formFor(undefined, now);
  expect(missingIn(empty)).toBe('name');
  expect(missingIn({ ...empty, name: 'Spring' })).toBe('segment');
  expect(missingIn({ ...empty, name: 'Spring', segment: '1' })).toBe('template');
  expect(missingIn({ ...empty, name: 'Spring', segment: '1', templates: ['2'] })).toBe(null);
  expect(missingIn({ ...empty, name: 'Spring', segment: '1', templates: ['2'], when: 'at', day: '' })).toBe('date');
});

test('what was saved comes back as it was', () => {
  const values = {
    ...formFor(undefined, now),
    name: 'Spring',
    segment: '1',
    exclude: ['5'],
    templates: ['2', '3', '4'],
    fallback: { channel: 'sms' as const, template: '9' },
    when: 'local' as const,
    day: '2026-05-21',
    time: '08:30',
    perMinute: 500,
    control: 12.5,
    winner: { metric: 'clicks' as const, test: 20, hours: 4 },
    attributionDays: 14,
    linkMarks: { campaign: 'spring' },
  };
  expect(formFor(requestOf(values), now)).toEqual(values);
});

test('a moment is that of the reader’s own clock', () => {
  const values = { ...formFor(undefined, now), name: 'Spring', segment: '1', templates: ['2'], when: 'at' as const };
  const chosen = { ...values, day: '2026-05-22', time: '18:15' };
  expect(requestOf(chosen).schedule).toEqual({ kind: 'at', at: new Date('2026-05-22T18:15').toISOString() });
  expect(formFor(requestOf(chosen), now)).toEqual(chosen);
});
