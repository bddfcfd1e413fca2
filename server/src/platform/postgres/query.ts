/**
 * Fixed SQL as typed values. A query names its parameters (`:workspace`) and states the PostgreSQL type of every
 * parameter and result column; TypeScript derives the value types from them, and `server/test/queries.db.test.ts`
 * asks the real server to describe each query and compares. So neither side can drift from the schema.
 */

/** JSON as it travels through PostgreSQL `jsonb` and the wire. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** PostgreSQL type name → JavaScript value. `int8` is a number: ids and counts here stay below 2^53 (the driver checks). */
interface PgScalars {
  int2: number;
  int4: number;
  int8: number;
  float8: number;
  /** Decimal text, never a float: money keeps every digit. */
  numeric: string;
  text: string;
  uuid: string;
  bool: boolean;
  timestamptz: Date;
  /** ISO day, `2026-11-21`. */
  date: string;
  jsonb: Json;
  bytea: Buffer;
}
type PgScalar = keyof PgScalars;
/** A type name, `[]` for an array of it, and a final `?` when null is possible. */
export type PgType = PgScalar | `${PgScalar}[]` | `${PgScalar}?` | `${PgScalar}[]?`;

/** In a parameter array every element may be null (`unnest` carries optional columns). */
type Value<T extends string, Element = never> = T extends `${infer Bare}?`
  ? Value<Bare, Element> | null
  : T extends `${infer Item extends PgScalar}[]`
    ? readonly (PgScalars[Item] | Element)[]
    : T extends PgScalar
      ? PgScalars[T]
      : never;

export type PgShape = { readonly [name: string]: PgType };
export type PgParams<S extends PgShape> = { readonly [K in keyof S]: Value<S[K], null> };
export type PgRow<S extends PgShape> = { readonly [K in keyof S]: Value<S[K]> };

export interface PgQuery<P extends PgShape, R extends PgShape> {
  /** Unique, `room.verbNoun`; also the name of the prepared statement. */
  readonly name: string;
  /** SQL with `$1::type` in place of `:param`. */
  readonly text: string;
  /** Parameter names in `$n` order. */
  readonly order: readonly (keyof P & string)[];
  readonly params: P;
  readonly row: R;
  /**
   * Planned anew each time, for its actual values. A prepared statement gets a plan for any value after five runs,
   * which cannot know whether a search text is rare (measured: 1 s in place of 5 ms). Costs about 0.5 ms.
   */
  readonly planEachTime: boolean;
}

type DefinedPgQuery = {
  [K in keyof PgQuery<PgShape, PgShape>]: K extends 'order' ? readonly string[] : PgQuery<PgShape, PgShape>[K];
};

const registry = new Map<string, DefinedPgQuery>();

/** Every query defined so far, for the test that checks them against the real schema. */
export const definedPgQueries = (): readonly DefinedPgQuery[] => [...registry.values()];

/**
 * Defines a query. `:name` in the text becomes a bound, typed parameter; it may appear several times.
 * Throws at import time on an undeclared or unused parameter or a name used twice.
 */
export function pgQuery<const P extends PgShape, const R extends PgShape>(definition: {
  name: string;
  params: P;
  row: R;
  text: string;
  planEachTime?: boolean;
}): PgQuery<P, R> {
  const { name, params, row } = definition;
  const order: (keyof P & string)[] = [];
  const text = definition.text.replace(/(?<![:\w]):([a-z]\w*)/gi, (_, parameter: string) => {
    const type = params[parameter];
    if (type === undefined) throw new Error(`query ${name}: parameter :${parameter} is not declared`);
    let position = order.indexOf(parameter);
    if (position < 0) position = order.push(parameter) - 1;
    return `$${position + 1}::${type.replace('?', '')}`;
  });
  const unused = Object.keys(params).filter((parameter) => !order.includes(parameter));
  if (unused.length > 0) throw new Error(`query ${name}: unused parameter ${unused.join(', ')}`);
  if (registry.has(name)) throw new Error(`query ${name} is defined twice`);
  const query: PgQuery<P, R> = { name, text, order, params, row, planEachTime: definition.planEachTime ?? false };
  registry.set(name, query);
  return query;
}
