import { describe, expect, it } from 'vitest';
import { breakLine, indentLines, insertText, offsetOf, outdentLines } from './editText.ts';

const edited = (text: string, from: number, to = from) => ({ text, from, to });

describe('the editor', () => {
  it('puts two spaces at the cursor for Tab', () => {
    expect(indentLines(edited('ab', 1))).toEqual(edited('a  b', 3));
  });

  it('moves whole lines with Tab, and back with Shift and Tab', () => {
    const moved = indentLines(edited('a\nbc\nd', 0, 4));
    expect(moved).toEqual(edited('  a\n  bc\nd', 2, 8));
    expect(outdentLines(moved)).toEqual(edited('a\nbc\nd', 0, 4));
    expect(outdentLines(edited(' a', 1))).toEqual(edited('a', 0));
    expect(outdentLines(edited('a\nb', 3))).toEqual(edited('a\nb', 3));
  });

  it('begins a new line where the one before began', () => {
    expect(breakLine(edited('  select 1', 10))).toEqual(edited('  select 1\n  ', 13));
    expect(breakLine(edited('a', 1))).toEqual(edited('a\n', 2));
  });

  it('inserts the name of a column over what is selected', () => {
    expect(insertText(edited('select x from', 7, 8), 'person_id')).toEqual(edited('select person_id from', 16));
  });

  it('finds the place the server names', () => {
    expect(offsetOf('select 1,\n  wher', 2, 3)).toBe(12);
    expect(offsetOf('a', 9, 9)).toBe(1);
  });
});
