import { isJsonObject, type Json, type JsonObject } from '../../platform/index.ts';

export interface TypedEvent {
  readonly event: string;
  readonly description: string;
  readonly schema: Json;
}

const maxDepth = 20;
const isPlainName = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name);
const quote = (text: string) =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);

function comment(text: Json | undefined, indent: string): string {
  if (typeof text !== 'string' || text.trim() === '') return '';
  const safe = text.replace(/\*\//g, '*∕').replace(/\s+/g, ' ').trim();
  return `${indent}/** ${safe} */\n`;
}

const literal = (value: Json): string =>
  typeof value === 'string' ? quote(value) : typeof value === 'object' && value !== null ? 'unknown' : String(value);

const join = (types: readonly string[], mark: '|' | '&'): string => {
  const single = [...new Set(types)];
  if (mark === '|' && single.includes('unknown')) return 'unknown';
  const kept = mark === '&' ? single.filter((type) => type !== 'unknown') : single;
  if (kept.length === 0) return 'unknown';
  return kept.length === 1
    ? (kept[0] ?? 'unknown')
    : kept.map((type) => (/[|&]/.test(type) ? `(${type})` : type)).join(` ${mark} `);
};

class TypeWriter {
  private readonly root: JsonObject;
  constructor(root: JsonObject) {
    this.root = root;
  }

  /** A TypeScript type that every conforming value has; wider than the schema where TypeScript cannot say it. */
  write(schema: Json, depth: number): string {
    if (schema === false) return 'never';
    if (!isJsonObject(schema) || depth > maxDepth) return 'unknown';
    const parts = [this.own(schema, depth)];
    if (typeof schema.$ref === 'string') parts.push(this.write(this.resolve(schema.$ref), depth + 1));
    if (Array.isArray(schema.allOf)) for (const part of schema.allOf) parts.push(this.write(part, depth + 1));
    for (const choice of [schema.anyOf, schema.oneOf])
      if (Array.isArray(choice))
        parts.push(
          join(
            choice.map((part) => this.write(part, depth + 1)),
            '|',
          ),
        );
    return join(parts, '&');
  }

  private own(schema: JsonObject, depth: number): string {
    if (schema.const !== undefined) return literal(schema.const);
    if (Array.isArray(schema.enum)) return join(schema.enum.map(literal), '|');
    const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? this.guess(schema)];
    return join(
      types.map((type) => this.ofType(type, schema, depth)),
      '|',
    );
  }

  private guess(schema: JsonObject): string | null {
    if (isJsonObject(schema.properties)) return 'object';
    return schema.items === undefined ? null : 'array';
  }

  private ofType(type: Json, schema: JsonObject, depth: number): string {
    if (type === 'integer' || type === 'number') return 'number';
    if (type === 'string' || type === 'boolean' || type === 'null') return type;
    if (type === 'array') return `Array<${this.write(schema.items ?? true, depth + 1)}>`;
    return type === 'object' ? this.object(schema, depth) : 'unknown';
  }

  private object(schema: JsonObject, depth: number): string {
    const properties = isJsonObject(schema.properties) ? Object.entries(schema.properties) : [];
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    const indent = '  '.repeat(depth + 1);
    const members = properties.map(([name, inner]) => {
      const key = `${isPlainName(name) ? name : quote(name)}${required.has(name) ? '' : '?'}`;
      const about = comment(isJsonObject(inner) ? inner.description : '', indent);
      return `${about}${indent}${key}: ${this.write(inner, depth + 1)};\n`;
    });
    // Further properties are allowed unless the schema closes the object; their type cannot clash with the named ones.
    if (schema.additionalProperties !== false) members.push(`${indent}[further: string]: unknown;\n`);
    return members.length === 0 ? 'Record<string, never>' : `{\n${members.join('')}${'  '.repeat(depth)}}`;
  }

  private resolve(reference: string): Json {
    let at: Json | undefined = this.root;
    for (const part of decodeURIComponent(reference.slice(1)).split('/').slice(1)) {
      const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
      at = Array.isArray(at) ? at[Number(name)] : isJsonObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
    }
    return at ?? true;
  }
}

/** A TypeScript module with the types of all planned events and a typed `track` for any analytics.js-like client. Pure. */
export function writeTypes(events: readonly TypedEvent[]): string {
  const members = events.map(({ event, description, schema }) => {
    const root = isJsonObject(schema) ? schema : {};
    const typed = root.type === undefined ? { ...root, type: 'object' } : root;
    return `${comment(description, '  ')}  ${quote(event)}: ${new TypeWriter(typed).write(typed, 1)};\n`;
  });
  return `// Types of the tracking plan, written by Vitrail. Do not edit: fetch them again when the plan changes.

/** Properties of every planned event, by its name. */
export interface TrackingPlan {
${members.join('')}}

export type PlannedEvent = keyof TrackingPlan;

/** Any client with the call surface of analytics.js. */
interface Client {
  track(event: string, properties?: object): unknown;
}

/** \`track\` that accepts planned events only, with the properties the plan asks for. */
export function typedTrack(client: Client) {
  return <E extends PlannedEvent>(event: E, properties: TrackingPlan[E]) => client.track(event, properties as object);
}
`;
}
