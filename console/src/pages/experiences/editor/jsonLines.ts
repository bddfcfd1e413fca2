/**
 * The line on which a value of a JSON text begins, by its path; of a path that is not there, the line of what holds it. The
 * text must be JSON.
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  let at = 0;
  let found = 0;
  const wanted = path.map(String);

  const space = (): void => {
    while (/\s/.test(text.charAt(at))) at += 1;
  };
  const string = (): string => {
    const from = at;
    at += 1;
    while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
    at += 1;
    return String(JSON.parse(text.slice(from, at)));
  };
  /** `depth`: how much of the wanted path leads here; null when it leads elsewhere. */
  const value = (depth: number | null, from: number): void => {
    if (depth !== null) found = from;
    const within = (name: string, start: number): void =>
      value(depth !== null && wanted[depth] === name ? depth + 1 : null, start);
    const open = text.charAt(at);
    if (open !== '{' && open !== '[') {
      if (open === '"') string();
      else while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1;
      return;
    }
    at += 1;
    space();
    for (let index = 0; text.charAt(at) !== '}' && text.charAt(at) !== ']'; index++) {
      const start = at;
      const name = open === '{' ? string() : String(index);
      if (open === '{') {
        space();
        at += 1;
        space();
      }
      within(name, start);
      space();
      if (text.charAt(at) === ',') at += 1;
      space();
    }
    at += 1;
  };

  space();
  value(0, at);
  return text.slice(0, found).split('\n').length;
}

/** The line at which the text stops being JSON; null when it is. */
export function brokenLine(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const { message } = error instanceof SyntaxError ? error : { message: '' };
    const line = /line (\d+)/.exec(message)?.[1];
    if (line !== undefined) return Number(line);
    const position = /position (\d+)/.exec(message)?.[1];
    return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
  }
}
