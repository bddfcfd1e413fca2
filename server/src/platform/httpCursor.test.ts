import { expect, test } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './httpCursor.ts';

const position = z.tuple([z.string(), z.int()]);

test('a cursor comes back as the position it was made from', () => {
  expect(decodeCursor(encodeCursor(['é "quoted"', 42]), position)).toEqual(['é "quoted"', 42]);
});

test.each([
  '',
  'not a cursor',
  '%%%',
  encodeCursor([1, 2]),
  encodeCursor([]),
  Buffer.from('{"a":1}').toString('base64url'),
])('a cursor of another list or of nobody is refused: %j', (text) => {
  expect(() => decodeCursor(text, position)).toThrow(
    expect.objectContaining({ kind: 'invalid', code: 'http.bad_cursor' }),
  );
});
