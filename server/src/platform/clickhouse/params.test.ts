import { describe, expect, it } from 'vitest';
import { chParamText, prepareChParams } from './params.ts';

describe('preparing parameters', () => {
  it('writes instants as UTC text, with milliseconds where the type has them', () => {
    const at = '2026-11-21T11:00:00.1239+01:00';
    expect(prepareChParams({ a: 'DateTime', b: 'DateTime64(3)' }, { a: at, b: at })).toEqual({
      a: '2026-11-21 10:00:00',
      b: '2026-11-21 10:00:00.123',
    });
  });

  it.each([
    ['DateTime', 'yesterday', /ISO instant/],
    ['DateTime64(3)', '+012026-11-21T10:00:00Z', /four digits/],
    ['UInt64', 2 ** 53, /beyond 2\^53/],
    ['UInt64', Number.NaN, /cannot be number/],
    ['String', undefined, /cannot be undefined/],
    ['String', null, /cannot be null/],
    ['Array(String)', 'one', /takes an array/],
    ['Array(String)', [null], /cannot be null/],
  ] as const)('refuses a %s that is %s', (type, value, message) => {
    expect(() => prepareChParams({ value: type }, { value })).toThrow(message);
  });
});

describe('a parameter as text', () => {
  it('is bare alone and quoted in a list, and says null', () => {
    expect(chParamText(`it's\ta\\b`)).toBe(`it\\'s\\ta\\\\b`);
    expect(chParamText([`it's`, 'b'])).toBe(`['it\\'s','b']`);
    expect(chParamText([1, 2.5, true])).toBe('[1,2.5,true]');
    expect(chParamText([])).toBe('[]');
    expect(chParamText(null)).toBe('\\N');
  });
});
