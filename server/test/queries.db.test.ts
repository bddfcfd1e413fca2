import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ChShape,
  type ChType,
  chQuery,
  definedChQueries,
  definedPgQueries,
  type PgType,
} from '../src/platform/index.ts';
import { describePgQuery } from './describePgQuery.ts';
import { openTestPostgres, useStores } from './stores.ts';

const source = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(^|\/)sql\/[^/]+\.(pg|ch)\.ts$/.test(path),
);
for (const file of files) await import(join(source, file));

describe('every PostgreSQL query fits the schema', () => {
  let client: Client;
  let close = async (): Promise<void> => undefined;
  const typeNames = new Map<number, string>();

  beforeAll(async () => {
    const postgres = await openTestPostgres();
    client = new Client({ connectionString: postgres.url });
    await client.connect();
    const { rows } = await client.query<{ oid: number; name: string }>('select oid::int, typname as name from pg_type');
    for (const { oid, name } of rows) typeNames.set(oid, name.startsWith('_') ? `${name.slice(1)}[]` : name);
    close = async () => {
      await client.end();
      await postgres.close();
    };
  });
  afterAll(() => close());

  const named = (oid: number) => typeNames.get(oid) ?? `type ${oid}`;
  const bare = (type: PgType) => type.replace('?', '');

  test.each(definedPgQueries().map((query) => [query.name, query] as const))(
    '%s',
    async (_, { text, order, params, row }) => {
      const described = await describePgQuery(client, text);
      expect(described.parameters.map(named)).toEqual(order.map((name) => bare(params[name] ?? 'text')));
      const columns = described.columns.map(({ name, type }): [string, string] => [name, named(type)]);
      expect(new Set(columns.map(([name]) => name)).size, 'column names are unique').toBe(columns.length);
      expect(Object.fromEntries(columns)).toEqual(
        Object.fromEntries(Object.entries(row).map(([name, type]) => [name, bare(type)])),
      );
    },
  );
});

/** Any value of the type: a description does not depend on it, and a statement runs on empty tables. */
function anyValue(type: ChType): string | number | boolean | readonly never[] | null {
  if (type.startsWith('Array(')) return [];
  if (type.startsWith('Nullable(')) return null;
  if (type === 'Bool') return false;
  if (type === 'Date') return '2026-01-01';
  if (type.startsWith('DateTime')) return '2026-01-01T00:00:00Z';
  // A text that is also a valid time zone, for queries that group by the day of one.
  return /^(U?Int|Float|Decimal)/.test(type) ? 1 : 'UTC';
}

/** Every instant is in UTC here, so a declaration does not repeat it. */
const withoutZone = (type: string) => type.replace(/, 'UTC'\)/, ')').replace(/\('UTC'\)/, '');

describe('every ClickHouse query fits the schema', () => {
  const deps = useStores();

  test.each(definedChQueries().map((query) => [query.name, query] as const))(
    '%s',
    async (name, { text, params, row }) => {
      const values: Record<string, ReturnType<typeof anyValue>> = {};
      for (const [parameter, type] of Object.entries(params)) values[parameter] = anyValue(type);
      if (Object.keys(row).length === 0) {
        await deps.ch.run({ name, text, params, row: {} }, values);
        return;
      }
      const describeQuery = chQuery<ChShape, { name: 'String'; type: 'String' }>({
        name: `test.describe.${name}`,
        text: `describe table (${text})`,
        params,
        row: { name: 'String', type: 'String' },
      });
      const columns = await deps.ch.rows(describeQuery, values);
      expect(Object.fromEntries(columns.map((column) => [column.name, withoutZone(column.type)]))).toEqual(row);
    },
  );
});
