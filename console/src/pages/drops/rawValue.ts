/** A raw record for reading: as JSON when it is JSON, else the text as it came. */
export function rawValue(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (error) {
    if (error instanceof SyntaxError) return raw;
    throw error;
  }
}
