import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isJsonObject, type Json, type JsonObject } from '../../platform/index.ts';
import { checkSchema, compilePattern, type SchemaVerdict } from './checkSchema.ts';

/** A rule of the plan that an event broke: JSON pointer and keyword, `/price minimum`; array positions are `*`. */
export interface Violation {
  readonly rule: string;
}

/** Answers the broken rules of one value; an empty list when it conforms. Synchronous, bounded, safe on hostile values. */
export type CompiledSchema = (value: JsonObject) => readonly Violation[];

/** Values beyond this are checked up to their first error only: collecting thousands of errors costs more than it tells. */
const maxNodesForAllErrors = 500;
const maxViolations = 20;

/** Equal values have equal keys, whatever the order of their members. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(',')}}`;
}

/** Knows what a schema may look like; made once, because that knowledge takes 25 ms to compile. */
let meta: Ajv2020 | null = null;
const describeFlaws = (schema: JsonObject): string | null => {
  meta ??= new Ajv2020({ strict: false, logger: false });
  return meta.validateSchema(schema) ? null : meta.errorsText(meta.errors, { dataVar: 'schema' });
};

function createAjv(allErrors: boolean): Ajv2020 {
  const linearPattern = Object.assign((pattern: string) => compilePattern(pattern), { code: 'compilePattern' });
  const ajv = new Ajv2020({
    strict: false,
    allErrors,
    logger: false,
    meta: false,
    validateSchema: false,
    // Otherwise `required: ["toString"]` would be met by every object.
    ownProperties: true,
    addUsedSchema: false,
    code: { regExp: linearPattern },
  });
  formats.default(ajv);
  // The package's own pattern for it takes quadratic time.
  ajv.addFormat('url', (text: string) => /^(https?|ftp):\/\//i.test(text) && URL.canParse(text));
  // Ajv compares every pair of objects: 16,000 items of a 32 KB event would take seconds.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (wanted: boolean, items: readonly Json[]) =>
      !wanted || new Set(items.map(canonical)).size === items.length,
  });
  return ajv;
}

/** Whether a text is of one of JSON Schema's formats (`email`, `date-time` …), as the plan will check it. */
export function compileFormat(format: string): (text: string) => boolean {
  const check = createAjv(false).compile<string>({ type: 'string', format });
  return (text) => check(text);
}

/** Names that the schema itself uses; only these may appear in rules, so that strangers cannot make up new ones. */
function collectNames(schema: Json, into = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const item of schema) collectNames(item, into);
  else if (isJsonObject(schema)) {
    for (const [keyword, inner] of Object.entries(schema)) {
      if (keyword === 'properties' && isJsonObject(inner)) for (const name of Object.keys(inner)) into.add(name);
      collectNames(inner, into);
    }
  }
  return into;
}

const shorten = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function toRule(error: ErrorObject, names: ReadonlySet<string>): string {
  const parts = error.instancePath.split('/').slice(1);
  const path = parts.map((part) => {
    const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
    return names.has(name) ? part : '*';
  });
  const { missingProperty } = error.params;
  if (typeof missingProperty === 'string') path.push(missingProperty.replace(/~/g, '~0').replace(/\//g, '~1'));
  return `${shorten(`/${path.join('/')}`, 240)} ${error.keyword}`;
}

/** A failed branch of `anyOf` is told by the `anyOf` error itself. */
const isBranch = ({ schemaPath }: ErrorObject) => /\/(anyOf|oneOf)\/\d+\//.test(schemaPath);

function toViolations(errors: readonly ErrorObject[], names: ReadonlySet<string>): Violation[] {
  const telling = errors.filter((error) => !isBranch(error));
  const rules = new Set((telling.length > 0 ? telling : errors).map((error) => toRule(error, names)));
  return [...rules].slice(0, maxViolations).map((rule) => ({ rule }));
}

function isSmall(value: Json): boolean {
  let left = maxNodesForAllErrors;
  const visit = (node: Json): void => {
    left -= 1;
    if (left < 0 || typeof node !== 'object' || node === null) return;
    for (const inner of Object.values(node)) if (left >= 0) visit(inner);
  };
  visit(value);
  return left >= 0;
}

/**
 * Compiles a schema that `checkSchema` accepts. Once per schema version, some milliseconds; never per event. A schema that is
 * accepted there and still does not compile (a keyword with a value it cannot have) is `malformed`.
 */
export function compileSchema(
  schema: Json,
): { ok: true; check: CompiledSchema } | Extract<SchemaVerdict, { ok: false }> {
  const verdict = checkSchema(schema);
  if (!verdict.ok) return verdict;
  // An id would only name it inside this one Ajv, and Ajv throws on names that are no URI.
  const { $id, $schema, ...body } = isJsonObject(schema) ? schema : {};
  const names = collectNames(body);
  const flaws = describeFlaws(body);
  if (flaws !== null) return { ok: false, reason: 'malformed', detail: shorten(flaws, 300) };
  let first: ValidateFunction;
  let all: ValidateFunction | null = null;
  try {
    first = createAjv(false).compile(body);
  } catch (error) {
    return { ok: false, reason: 'malformed', detail: shorten(error instanceof Error ? error.message : 'unknown', 300) };
  }
  return {
    ok: true,
    check(value) {
      if (first(value)) return [];
      if (!isSmall(value)) return toViolations(first.errors ?? [], names);
      all ??= createAjv(true).compile(body);
      all(value);
      return toViolations(all.errors ?? [], names);
    },
  };
}
