/**
 * Fixed ClickHouse SQL as typed values, like `platform/postgres/query.ts`. Parameters use ClickHouse's own syntax,
 * `{workspace:UInt32}`; `server/test/queries.db.test.ts` has the real engine describe every query.
 */

/** ClickHouse type → JavaScript value as JSON output gives it. 64-bit integers arrive as numbers: ids and counts stay below 2^53. */
interface ChScalars {
  UInt8: number;
  UInt16: number;
  UInt32: number;
  UInt64: number;
  Int32: number;
  Int64: number;
  Float64: number;
  Bool: boolean;
  String: string;
  'LowCardinality(String)': string;
  /** ISO day, `2026-11-21`. */
  Date: string;
  /** ISO instant in UTC, `2026-11-21T10:00:00Z`. */
  DateTime: string;
  /** ISO instant in UTC with milliseconds. */
  'DateTime64(3)': string;
  'Decimal(18, 4)': number;
  'Decimal(38, 4)': number;
}
type ChScalar = keyof ChScalars;
export type ChType = ChScalar | `Array(${ChScalar})` | `Nullable(${ChScalar})`;

type Value<T extends string> = T extends `Array(${infer Item extends ChScalar})`
  ? readonly ChScalars[Item][]
  : T extends `Nullable(${infer Item extends ChScalar})`
    ? ChScalars[Item] | null
    : T extends ChScalar
      ? ChScalars[T]
      : never;

export type ChShape = { readonly [name: string]: ChType };
export type ChValues<S extends ChShape> = { readonly [K in keyof S]: Value<S[K]> };

export interface ChQuery<P extends ChShape, R extends ChShape> {
  /** Unique, `room.verbNoun`. */
  readonly name: string;
  readonly text: string;
  readonly params: P;
  readonly row: R;
}

const registry = new Map<string, ChQuery<ChShape, ChShape>>();

/** Every query defined so far, for the test that checks them against the real schema. */
export const definedChQueries = (): readonly ChQuery<ChShape, ChShape>[] => [...registry.values()];

/** Defines a query. Throws at import time when the text's parameters and `params` differ, or a name is used twice. */
export function chQuery<const P extends ChShape, const R extends ChShape>(definition: ChQuery<P, R>): ChQuery<P, R> {
  const { name, text, params } = definition;
  const used = new Map([...text.matchAll(/\{(\w+):([^}]+)\}/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
  for (const [parameter, type] of used) {
    if (params[parameter] !== type)
      throw new Error(`query ${name}: parameter {${parameter}:${type}} is not declared so`);
  }
  const unused = Object.keys(params).filter((parameter) => !used.has(parameter));
  if (unused.length > 0) throw new Error(`query ${name}: unused parameter ${unused.join(', ')}`);
  if (registry.has(name)) throw new Error(`query ${name} is defined twice`);
  registry.set(name, definition);
  return definition;
}
