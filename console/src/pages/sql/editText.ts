/** A text with a selection, as a text area has it. */
export interface Edited {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const indent = '  ';
const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** Tab: two spaces at the cursor; over several lines, each moves to the right. */
export function indentLines({ text, from, to }: Edited): Edited {
  if (!text.slice(from, to).includes('\n'))
    return {
      text: text.slice(0, from) + indent + text.slice(to),
      from: from + indent.length,
      to: from + indent.length,
    };
  const start = lineStart(text, from);
  const lines = text.slice(start, to).split('\n');
  const moved = lines.map((line) => indent + line).join('\n');
  return {
    text: text.slice(0, start) + moved + text.slice(to),
    from: from + indent.length,
    to: to + indent.length * lines.length,
  };
}

/** Shift and Tab: the lines of the selection move to the left, as far as they can. */
export function outdentLines({ text, from, to }: Edited): Edited {
  const start = lineStart(text, from);
  const lines = text.slice(start, to).split('\n');
  const cut = lines.map((line) => /^ {0,2}/.exec(line)?.[0].length ?? 0);
  const moved = lines.map((line, at) => line.slice(cut[at] ?? 0)).join('\n');
  const first = cut[0] ?? 0;
  const all = cut.reduce((sum, count) => sum + count, 0);
  return {
    text: text.slice(0, start) + moved + text.slice(to),
    from: Math.max(start, from - first),
    to: Math.max(start, to - all),
  };
}

/** Enter: the new line begins where the one before did. */
export function breakLine({ text, from, to }: Edited): Edited {
  const before = text.slice(lineStart(text, from), from);
  const inserted = `\n${/^\s*/.exec(before)?.[0] ?? ''}`;
  const at = from + inserted.length;
  return { text: text.slice(0, from) + inserted + text.slice(to), from: at, to: at };
}

/** Puts words where the cursor is. */
export function insertText({ text, from, to }: Edited, words: string): Edited {
  const at = from + words.length;
  return { text: text.slice(0, from) + words + text.slice(to), from: at, to: at };
}

/** The place of a line and column, both from 1, as the server names it. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(text.length, before + column - 1);
}
