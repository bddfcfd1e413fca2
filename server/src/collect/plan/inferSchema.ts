import { isJsonObject, type Json, type JsonObject } from '../../platform/index.ts';
import { compileFormat } from './compileSchema.ts';

const maxDepth = 6;
const maxProperties = 100;
/** Below this many examples, presence everywhere says little: nothing is called required, no list of values is closed. */
const enoughExamples = 20;
const maxEnum = 8;

/** Most telling first. A text is of a format when the plan's own validator says so, so the proposal holds later. */
const formats = ['date-time', 'date', 'uuid', 'uri', 'email'].map((name) => ({ name, accepts: compileFormat(name) }));

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function inferString(values: readonly string[], mayClose: boolean): JsonObject {
  const format = formats.find(({ accepts }) => values.every(accepts));
  if (format) return { format: format.name };
  if (!mayClose) return {};
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  // A closed list only when each value came several times and looks like a code: anything else may be a name or a text.
  const isClosed =
    values.length >= enoughExamples &&
    counts.size <= maxEnum &&
    [...counts].every(([value, count]) => count >= 3 && /^[a-z0-9][a-z0-9_-]{0,30}$/i.test(value));
  return isClosed ? { enum: [...counts.keys()].sort() } : {};
}

function inferObject(values: readonly JsonObject[], depth: number): JsonObject {
  if (depth >= maxDepth) return {};
  const examples = new Map<string, Json[]>();
  for (const value of values)
    for (const [name, inner] of Object.entries(value)) {
      if (name === '__proto__') continue;
      const seen = examples.get(name);
      if (seen) seen.push(inner);
      else if (examples.size < maxProperties) examples.set(name, [inner]);
    }
  const names = [...examples.keys()].sort();
  const required = names.filter((name) => examples.get(name)?.length === values.length);
  return {
    properties: Object.fromEntries(names.map((name) => [name, inferValue(examples.get(name) ?? [], depth + 1)])),
    ...(values.length >= enoughExamples && required.length > 0 && { required }),
  };
}

function inferValue(values: readonly Json[], depth: number): JsonObject {
  const types = new Set(values.map(typeOf));
  if (types.has('number')) types.delete('integer');
  const names = [...types].sort();
  const [only] = names;
  if (only === undefined) return {};
  const strings = values.filter((value) => typeof value === 'string');
  const objects = values.filter(isJsonObject);
  const items = values.filter((value): value is readonly Json[] => Array.isArray(value)).flat();
  return {
    type: names.length === 1 ? only : names,
    ...(strings.length > 0 && inferString(strings, names.length === 1)),
    ...(objects.length > 0 && inferObject(objects, depth)),
    ...(items.length > 0 && depth < maxDepth && { items: inferValue(items, depth + 1) }),
  };
}

/**
 * Proposes a JSON Schema (2020-12) that all given examples of an event's properties meet: types, formats, what is always
 * there, short closed lists. Pure and deterministic; never closes the door on further properties.
 */
export function inferSchema(examples: readonly JsonObject[]): JsonObject {
  return { type: 'object', ...inferObject(examples, 0) };
}
