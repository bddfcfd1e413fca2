import { expect, test } from 'vitest';
import { findVeto } from './findVeto.ts';

test.each([
  [{ birth_date: '1990-05-04' }, { birth_date: '1961-11-30' }, 'birth_dates_apart'],
  [{ birth_date: '1990-05-04' }, { birth_date: '1990-04-05' }, null],
  [{ birth_date: '1990-05-04' }, { birth_date: '1990-05-14' }, null],
  [{ birth_date: '1990-05-04' }, {}, null],
  [{ user_id: 'A1' }, { user_id: 'a1' }, null],
  [{ user_id: 'A1' }, { user_id: 'A2' }, 'exclusive_differs'],
  [{ loyalty_card: '1' }, { loyalty_card: '2' }, null],
])('%j and %j: %s', (left, right, veto) => {
  expect(findVeto(left, right, ['user_id'])).toBe(veto);
});
