import { RE2JS } from 're2js';
import { isJsonObject, type Json, type JsonObject } from '../../platform/index.ts';

/** Why a JSON Schema is not accepted into the tracking plan. Closed list; the console translates it. */
export type SchemaReason =
  | 'not_an_object'
  | 'too_large'
  | 'too_deep'
  | 'wrong_draft'
  | 'unsupported_keyword'
  | 'remote_reference'
  | 'missing_reference'
  | 'recursive_reference'
  | 'too_complex'
  | 'bad_pattern'
  | 'malformed';

export type SchemaVerdict = { ok: true } | { ok: false; reason: SchemaReason; detail: string };

const maxChars = 64_000;
const maxDepth = 24;
/** Checks that one event may cost, all references followed. */
const maxCost = 5_000;
const draft = 'https://json-schema.org/draft/2020-12/schema';

const mapsOfSchemas = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const listsOfSchemas = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const oneSchema = [
  ...['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'],
  ...['unevaluatedItems', 'unevaluatedProperties', 'contentSchema'],
];
/** They change how references are resolved: an attack's tools, and of no use in a plan of single events. */
const refusedKeywords = [
  '$dynamicRef',
  '$dynamicAnchor',
  '$recursiveRef',
  '$recursiveAnchor',
  '$anchor',
  '$vocabulary',
];

/** A pattern in the linear-time engine, which also understands what JavaScript writes differently. Throws on the rest. */
export const compilePattern = (pattern: string): RE2JS => RE2JS.compile(RE2JS.translateRegExp(pattern));

class Refusal extends Error {
  readonly reason: SchemaReason;
  constructor(reason: SchemaReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

const escapePointer = (name: string) => name.replace(/~/g, '~0').replace(/\//g, '~1');

/** The schemas directly inside a schema, with where they stand. What only looks like one (in `enum`, `const`) is data. */
function childrenOf(schema: JsonObject, at: string): { at: string; schema: Json; pattern: string | null }[] {
  const children: { at: string; schema: Json; pattern: string | null }[] = [];
  for (const keyword of mapsOfSchemas) {
    const map = schema[keyword];
    if (!isJsonObject(map)) continue;
    for (const [name, inner] of Object.entries(map)) {
      const pattern = keyword === 'patternProperties' ? name : null;
      children.push({ at: `${at}/${keyword}/${escapePointer(name)}`, schema: inner, pattern });
    }
  }
  for (const keyword of listsOfSchemas) {
    const list = schema[keyword];
    if (!Array.isArray(list)) continue;
    for (const [index, inner] of list.entries())
      children.push({ at: `${at}/${keyword}/${index}`, schema: inner, pattern: null });
  }
  for (const keyword of oneSchema) {
    const inner = schema[keyword];
    if (inner !== undefined) children.push({ at: `${at}/${keyword}`, schema: inner, pattern: null });
  }
  return children;
}

function checkKeywords(schema: JsonObject, at: string): void {
  const where = at === '' ? 'at the top' : `at ${at}`;
  for (const keyword of refusedKeywords)
    if (keyword in schema) throw new Refusal('unsupported_keyword', `${keyword} ${where}`);
  if ('$id' in schema && at !== '') throw new Refusal('unsupported_keyword', `$id ${where}`);
  const { pattern, $ref } = schema;
  if ($ref !== undefined && !(typeof $ref === 'string' && $ref.startsWith('#')))
    throw new Refusal('remote_reference', `$ref ${where} must begin with #`);
  if (typeof pattern === 'string') checkPattern(pattern, where);
}

function checkPattern(pattern: string, where: string): void {
  if (pattern.length > 500) throw new Refusal('bad_pattern', `longer than 500 characters, ${where}`);
  try {
    compilePattern(pattern);
  } catch (error) {
    throw new Refusal('bad_pattern', `${error instanceof Error ? error.message : 'unreadable'}, ${where}`);
  }
}

/** Every schema of the document by its place, after looking at each one alone. */
function collect(root: JsonObject): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const visit = (schema: Json, at: string, depth: number): void => {
    if (typeof schema === 'boolean') {
      found.set(at, {});
      return;
    }
    if (!isJsonObject(schema)) throw new Refusal('malformed', `${at || '/'} must be an object or a boolean`);
    if (depth > maxDepth) throw new Refusal('too_deep', `more than ${maxDepth} levels at ${at}`);
    checkKeywords(schema, at);
    found.set(at, schema);
    for (const child of childrenOf(schema, at)) {
      if (child.pattern !== null) checkPattern(child.pattern, `at ${at}`);
      visit(child.schema, child.at, depth + 1);
    }
  };
  visit(root, '', 0);
  return found;
}

/** `#/$defs/a%20b` → `/$defs/a b`, or null when it cannot be read. */
function toPlace(reference: string): string | null {
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return null;
  }
}

/**
 * How many schemas one value may be checked against, references followed. Two definitions that name the next one twice
 * double the work at each step: 20 of them would cost a million checks per event.
 */
function measureCost(schemas: Map<string, JsonObject>): number {
  const costs = new Map<string, number>();
  const costOf = (at: string, path: ReadonlySet<string>): number => {
    const known = costs.get(at);
    if (known !== undefined) return known;
    const schema = schemas.get(at);
    if (schema === undefined) return 1;
    if (path.has(at)) throw new Refusal('recursive_reference', `${at || '#'} contains itself`);
    const inside = new Set(path).add(at);
    let cost = 1;
    for (const child of childrenOf(schema, at))
      if (!/\/(\$defs|definitions)\/[^/]*$/.test(child.at)) cost += costOf(child.at, inside);
    if (typeof schema.$ref === 'string') {
      const target = toPlace(schema.$ref);
      if (target === null || !schemas.has(target)) throw new Refusal('missing_reference', schema.$ref);
      cost += costOf(target, inside);
    }
    if (cost > maxCost) throw new Refusal('too_complex', `more than ${maxCost} checks per event`);
    costs.set(at, cost);
    return cost;
  };
  for (const at of schemas.keys()) costOf(at, new Set());
  return costs.get('') ?? 0;
}

/**
 * Whether a JSON Schema (draft 2020-12) may stand in the tracking plan. Refused is whatever could cost without bound when
 * strangers' events are checked by it: size, depth, references to elsewhere or in circles, and patterns that only a
 * backtracking engine understands (look-around, back-references). Pure; says nothing about spelling mistakes in keywords.
 */
export function checkSchema(schema: Json): SchemaVerdict {
  if (!isJsonObject(schema)) return { ok: false, reason: 'not_an_object', detail: 'a schema is a JSON object' };
  if (JSON.stringify(schema).length > maxChars)
    return { ok: false, reason: 'too_large', detail: `more than ${maxChars} characters` };
  if (schema.$schema !== undefined && String(schema.$schema).replace(/#$/, '') !== draft)
    return { ok: false, reason: 'wrong_draft', detail: `$schema must be ${draft}, or left out` };
  try {
    measureCost(collect(schema));
    return { ok: true };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.reason, detail: error.message };
    throw error;
  }
}
