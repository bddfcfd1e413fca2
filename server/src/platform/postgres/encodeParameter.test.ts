import { describe, expect, test } from 'vitest';
import { parameterEncoder } from './encodeParameter.ts';

const bytes = Buffer.from([0, 255]);

describe('a value becomes the text of its declared type', () => {
  test.each([
    ['int8', 42, '42'],
    ['float8', -1.5e300, '-1.5e+300'],
    ['bool', true, 'true'],
    ['text', 'as is', 'as is'],
    ['numeric', '10.30', '10.30'],
    ['timestamptz', new Date('2026-11-21T10:00:00.5Z'), '2026-11-21T10:00:00.500Z'],
    ['timestamptz', new Date('+012345-01-01T00:00:00Z'), '12345-01-01T00:00:00.000Z'],
    ['timestamptz', new Date('-000001-01-01T00:00:00Z'), '0002-01-01T00:00:00.000Z BC'],
    ['timestamptz', new Date('0000-06-01T00:00:00Z'), '0001-06-01T00:00:00.000Z BC'],
    ['jsonb', ['a', 1], '["a",1]'],
    ['jsonb', 'text', '"text"'],
    ['jsonb', null, 'null'],
    ['jsonb?', null, null],
    ['bytea', bytes, bytes],
    ['int4[]', [1, null, -3], '{1,NULL,-3}'],
    ['text[]', ['a', 'NULL', '', null, 'q"b\\c', '{,}'], '{"a","NULL","",NULL,"q\\"b\\\\c","{,}"}'],
    ['jsonb[]', [{ a: 'q"' }, [1], null], '{"{\\"a\\":\\"q\\\\\\"\\"}","[1]",NULL}'],
    ['bytea[]', [bytes, null], '{"\\\\x00ff",NULL}'],
    ['bool[]', [], '{}'],
    ['text[]?', null, null],
  ])('%s of %o', (type, value, expected) => {
    expect(parameterEncoder(type)(value)).toEqual(expected);
  });
});

describe('a value that cannot be of its type is refused', () => {
  test.each([
    ['text', null, 'is null but its type is not optional'],
    ['text', undefined, 'is undefined; use null'],
    ['text[]', 'a', 'expected an array'],
    ['text[]', ['a', undefined], 'element 1 is undefined; use null'],
    ['timestamptz', '2026-01-01', 'expected a Date'],
    ['bytea', 'abc', 'expected a Buffer'],
    ['jsonb[]', [() => 1], 'expected a JSON value'],
  ])('%s of %o', (type, value, message) => {
    expect(() => parameterEncoder(type)(value)).toThrow(message);
  });
});
