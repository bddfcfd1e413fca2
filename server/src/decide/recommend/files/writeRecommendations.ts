import { chmod, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Ch } from '../../../platform/index.ts';
import { rankEverybody } from '../engine/rank.ts';
import type { Histories, ItemModel } from '../engine/readModel.ts';
import type { RecommendWork } from '../engine/space.ts';

/** Items for each user, and rows written at once. */
const keep = 20;
const chunk = 50_000;

const statement = (name: string, text: string) => ({ name: `recommend.${name}`, text, params: {}, row: {} });
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Ranks for everybody and has the engine write the file, beside its place first: a cancelled run leaves no half of one. */
export async function writeRecommendations(
  ch: Ch,
  prefix: string,
  { model, histories, out }: { model: ItemModel; histories: Histories; out: string },
  work: RecommendWork,
): Promise<void> {
  const table = `${prefix}_top`;
  await ch.run(
    statement(
      'createTop',
      `create table if not exists ${table} (user UInt64, place UInt8, item UInt64, score Float64)
      engine = MergeTree order by (user, place)`,
    ),
    {},
  );
  let rows: string[] = [];
  const chunks: Buffer[] = [];
  const flush = (): void => {
    if (rows.length > 0) chunks.push(Buffer.from(rows.join('\n')));
    rows = [];
  };
  let done = 0;
  await rankEverybody(
    model,
    histories,
    keep,
    (user, best) => {
      best.forEach(({ item, score }, index) => {
        rows.push(JSON.stringify({ user, place: index + 1, item, score }));
      });
      done += 1;
      if (done % 10_000 === 0) work.progress?.(done, histories.users.length);
      if (rows.length >= chunk) flush();
    },
    work.signal,
  );
  flush();
  for (const [index, part] of chunks.entries()) await ch.insert(table, part, { token: `top ${index}` });
  const partial = `${resolve(out)}.partial`;
  const format = /\.parquet$/i.test(out) ? 'Parquet' : 'CSVWithNames';
  try {
    await rm(partial, { force: true });
    await ch.run(
      statement(
        'writeTop',
        `insert into function file(${quoted(partial)}, '${format}')
        select users.name as user, top.place as place, items.name as item, top.score as score
        from ${table} as top
        inner join ${prefix}_users as users on users.number = top.user
        inner join ${prefix}_items as items on items.number = top.item
        order by user, place`,
      ),
      {},
      { lane: 'heavy', ...(work.signal === undefined ? {} : { signal: work.signal }) },
    );
    await chmod(partial, 0o600);
    await rename(partial, out);
  } finally {
    await rm(partial, { force: true });
  }
}
