import { expect, it } from 'vitest';
import { membershipOf } from './membershipOf.ts';

const properties = { segment_id: '3', segment_name: 'VIP', cause: 'time' };

it('reads entries and exits, and nothing else', () => {
  expect(membershipOf({ type: 'segment', event: 'Segment Entered', properties })).toEqual({
    direction: 'entered',
    name: 'VIP',
    cause: 'time',
  });
  expect(
    membershipOf({ type: 'segment', event: 'Segment Exited', properties: { segment_id: '3', cause: 'x' } }),
  ).toEqual({
    direction: 'exited',
    name: '#3',
    cause: null,
  });
  expect(membershipOf({ type: 'track', event: 'Segment Entered', properties })).toBeNull();
});
