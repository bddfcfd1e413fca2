const unstorable = /\\u(?:0000|[dD][89a-fA-F])/;
// Left to right over every escape, so that the backslash of `\\u0000` (an escaped backslash, then text) is not misread.
const escapes = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[dD][89a-fA-F][\da-fA-F]{2}|\\u0000|\\./g;

/**
 * Takes out of a JSON text what neither store can hold: the escape of NUL is removed, the escape of half a surrogate
 * pair becomes U+FFFD. Both are valid JSON, and PostgreSQL `jsonb` and ClickHouse both refuse them later, when refusing
 * would lose an accepted event. Real text never has them, so the common case is one failed search.
 */
export function cleanEscapes(json: string): string {
  if (!unstorable.test(json)) return json;
  return json.replace(escapes, (found) => {
    if (found === '\\u0000') return '';
    return found.length === 6 ? '\\ufffd' : found;
  });
}
