import type { Json } from './postgres/query.ts';

export type JsonObject = { readonly [key: string]: Json };

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const none: JsonObject = {};

/** The value when it is an object, else an empty one. */
export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : none);

/** Text that both stores can hold: PostgreSQL takes no NUL, and neither takes half a surrogate pair. */
export const storableText = (text: string): string =>
  text.includes('\0') || !text.isWellFormed() ? text.replaceAll('\0', '').toWellFormed() : text;

/** JSON that `jsonb` accepts: `storableText` for every string and key in it. */
export function storableJson(value: Json): Json {
  // Both arrive as escapes in JSON text; without one there is nothing to clean.
  return /\\u(?:0000|d[89a-f])/i.test(JSON.stringify(value)) ? clean(value) : value;
}

/** As it looks on the wire: what is undefined is not there, dates are texts. For values that can be written as JSON. */
export function wireJson(value: object): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}

function clean(value: Json): Json {
  if (typeof value === 'string') return storableText(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(clean);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), clean(item)]));
}

/** A string, or a number as text; cleaned, trimmed and cut to `limit` characters. Anything else is ''. */
export function scalarText(value: Json | undefined, limit: number): string {
  if (typeof value === 'string') return storableText(value).trim().slice(0, limit).toWellFormed();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}
