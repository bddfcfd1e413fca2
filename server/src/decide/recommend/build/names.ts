import type { Ch } from '../../../platform/index.ts';
import type { RecommendSpace } from '../engine/space.ts';
import type { Catalogue } from '../serve/catalogue.ts';

/** Where the recommender of a workspace keeps its tables. */
export const spaceOf = (ch: Ch, workspace: number): RecommendSpace => ({ ch, prefix: `recommend_${workspace}` });
/** Baskets, to find what is bought together. */
export const ordersOf = (space: RecommendSpace): RecommendSpace => ({ ...space, prefix: `${space.prefix}_orders` });

/** A statement on the tables of a workspace, whose names are made of its number. */
export const statement = (name: string, text: string) => ({
  name: `decide.recommend.${name}`,
  text,
  params: {},
  row: {},
});

const rowsAtOnce = 50_000;

/** Numbers of items and of the products in them: `<prefix>_items` and `<prefix>_products`. Made anew. */
export async function writeNames(
  ch: Ch,
  { prefix }: RecommendSpace,
  catalogue: Catalogue,
  version: number,
): Promise<void> {
  for (const table of ['items', 'products'])
    await ch.run(statement('dropNames', `drop table if exists ${prefix}_${table} sync`), {});
  await ch.run(
    statement(
      'createItems',
      `create table if not exists ${prefix}_items (item UInt32, name String) engine = MergeTree order by (item)`,
    ),
    {},
  );
  await ch.run(
    statement(
      'createProducts',
      `create table if not exists ${prefix}_products (product_id String, item UInt32) engine = MergeTree order by (product_id)`,
    ),
    {},
  );
  await appendNames(ch, { prefix }, { items: catalogue.items.map(({ key }, item) => ({ item, name: key })), version });
  await appendProducts(ch, { prefix }, [...catalogue.byProduct], version);
}

export async function appendNames(
  ch: Ch,
  { prefix }: Pick<RecommendSpace, 'prefix'>,
  { items, version }: { items: readonly { item: number; name: string }[]; version: number },
): Promise<void> {
  await insertParts(ch, `${prefix}_items`, items, version);
}

export async function appendProducts(
  ch: Ch,
  { prefix }: Pick<RecommendSpace, 'prefix'>,
  products: readonly (readonly [string, number])[],
  version: number,
): Promise<void> {
  const rows = products.map(([product_id, item]) => ({ product_id, item }));
  await insertParts(ch, `${prefix}_products`, rows, version);
}

async function insertParts(ch: Ch, table: string, rows: readonly object[], version: number): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const part = rows.slice(from, from + rowsAtOnce).map((row) => JSON.stringify(row));
    await ch.insert(table, Buffer.from(part.join('\n')), { token: `${table} ${version} ${from}` });
  }
}
