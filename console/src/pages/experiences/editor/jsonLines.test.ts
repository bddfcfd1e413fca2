import { describe, expect, it } from 'vitest';
import { brokenLine, lineOf } from './jsonLines.ts';

const text = JSON.stringify(
  { kind: 'change', changes: [{ action: 'text', selector: 'h1', value: 'a "quoted" {\\}' }, { action: 'hide' }] },
  null,
  2,
);

describe('a place in JSON', () => {
  it.each([
    [[], 1],
    [['kind'], 2],
    [['changes'], 3],
    [['changes', 0], 4],
    [['changes', 0, 'value'], 7],
    [['changes', 1, 'action'], 10],
    [['changes', 1, 'selector'], 9],
    [['nowhere', 'at', 'all'], 1],
  ])('%j is on line %d', (path, line) => expect(lineOf(text, path)).toBe(line));

  it('is found on one line and in odd spacing', () => {
    expect(lineOf('{"a":[1,{"b":true}]}', ['a', 1, 'b'])).toBe(1);
    expect(lineOf('\n\n { "a" :\n [ ] , "b" : {\n"c":null} }', ['b', 'c'])).toBe(5);
  });
});

describe('a text that is no JSON', () => {
  it('says where', () => {
    expect(brokenLine(text)).toBeNull();
    expect(brokenLine('{\n  "a": 1,\n  b\n}')).toBe(3);
    expect(brokenLine('{\n  "a": [1\n')).toBeGreaterThanOrEqual(2);
  });
});
