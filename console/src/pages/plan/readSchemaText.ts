type SchemaText = { ok: true; value: Record<string, unknown> } | { ok: false; reason: 'json' | 'object' };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema as typed. Whether it is a valid JSON Schema is the server's word, which compiles it. */
export function readSchemaText(text: string): SchemaText {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { ok: true, value } : { ok: false, reason: 'object' };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: 'json' };
    throw error;
  }
}
