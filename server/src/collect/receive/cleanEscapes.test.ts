import { describe, expect, it } from 'vitest';
import { cleanEscapes } from './cleanEscapes.ts';

describe('cleanEscapes', () => {
  it('leaves text alone that both stores take', () => {
    for (const text of ['{"a":"b"}', '{"a":"\\ud83d\\ude00"}', '{"a":"\\u00e9\\n\\"\\\\"}', '{"a":"\\\\u0000"}']) {
      expect(cleanEscapes(text)).toBe(text);
    }
  });

  it('removes NUL, in values and in names', () => {
    expect(cleanEscapes('{"a\\u0000b":"c\\u0000"}')).toBe('{"ab":"c"}');
  });

  it('tells an escaped backslash from the start of an escape', () => {
    expect(cleanEscapes('"\\\\u0000 \\u0000"')).toBe('"\\\\u0000 "');
    expect(cleanEscapes('"\\\\\\u0000"')).toBe('"\\\\"');
    expect(cleanEscapes('"\\\\ud800 \\ud800"')).toBe('"\\\\ud800 \\ufffd"');
  });

  it('replaces half a pair and keeps whole ones, in either case of letters', () => {
    expect(cleanEscapes('"\\ud83d"')).toBe('"\\ufffd"');
    expect(cleanEscapes('"\\uDE00"')).toBe('"\\ufffd"');
    expect(cleanEscapes('"\\ude00\\ud83d"')).toBe('"\\ufffd\\ufffd"');
    expect(cleanEscapes('"\\ud83d\\ud83d\\uDE00"')).toBe('"\\ufffd\\ud83d\\uDE00"');
    expect(cleanEscapes('"\\ud83d\\u0000\\ude00"')).toBe('"\\ufffd\\ufffd"');
  });

  it('always leaves JSON whose texts are well formed', () => {
    const parts = ['\\ud83d', '\\ude00', '\\u0000', '\\\\', '\\"', 'x', '\\n', '\\u0041', 'u0000'];
    for (let number = 0; number < parts.length ** 4; number++) {
      let text = '';
      for (let rest = number, place = 0; place < 4; place++, rest = Math.floor(rest / parts.length)) {
        text += parts[rest % parts.length];
      }
      const value: unknown = JSON.parse(cleanEscapes(`"${text}"`));
      if (typeof value !== 'string') throw new Error('a string stays a string');
      expect(value).not.toContain('\0');
      expect(Buffer.from(value).toString()).toBe(value);
    }
  });
});
