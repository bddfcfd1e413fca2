import { expect, test } from 'vitest';
import { describeError } from './describeError.ts';

test('an error of our code keeps its sentence and the place it came from', () => {
  const described = describeError(new TypeError('x is not a function', { cause: new RangeError('too deep') }));
  expect(described).toMatchObject({
    type: 'TypeError',
    message: 'x is not a function',
    cause: { type: 'RangeError', message: 'too deep' },
  });
  expect(described.at?.[0]).toContain('describeError.test.ts');
});

test('an error that quotes data keeps its code and place only', () => {
  const database = Object.assign(new Error('duplicate key: (email)=(ada@shop.example)'), {
    name: 'error',
    code: '23505',
  });
  let parser: unknown;
  try {
    JSON.parse('{"email": ada@shop.example}');
  } catch (error) {
    parser = error;
  }
  for (const error of [database, parser]) {
    expect(JSON.stringify(describeError(error))).not.toContain('ada');
    expect(describeError(error).at).not.toHaveLength(0);
  }
  expect(describeError(database).code).toBe('23505');
});

test('something thrown that is no error is named by its kind', () => {
  expect(describeError('ada@shop.example')).toEqual({ type: 'string' });
});
