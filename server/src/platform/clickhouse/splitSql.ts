/**
 * The statements of a migration file. Semicolons inside strings, quoted names and comments do not end a statement;
 * comments between statements are dropped, comments inside one stay (ClickHouse ignores them).
 */
export function splitSql(text: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let hasCode = false;
  const finish = (end: number): void => {
    if (hasCode) statements.push(dropLeadingComments(text.slice(start, end)).trim());
    hasCode = false;
  };
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === ';') {
      finish(index);
      start = index + 1;
    } else if (!/^(--|\/\*|\s)/.test(token)) {
      hasCode = true;
    }
  }
  finish(text.length);
  return statements;
}

/** Comments, quoted things (backslash and doubled quotes escape), and everything else by one character. */
const tokens =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\[\s\S]|''|[^'\\])*'|"(?:\\[\s\S]|""|[^"\\])*"|`(?:\\[\s\S]|``|[^`\\])*`|\s+|[\s\S]/g;

const dropLeadingComments = (statement: string): string =>
  statement.replace(/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '');
