import { type Ch, ChError, Fault } from '../../../platform/index.ts';
import { compileFile, shapeOf } from '../../../unify/index.ts';

export interface InteractionColumns {
  readonly user: string;
  readonly item: string;
  readonly time?: string | undefined;
  readonly weight?: string | undefined;
}

export interface LoadedInteractions {
  /** A query with `user`, `item`, `weight`, `at` and `fold`. */
  readonly text: string;
  readonly rows: number;
  readonly users: number;
  readonly items: number;
  /** Distinct pairs of user and item. */
  readonly pairs: number;
  /** Rows without a user or an item, or with a time or weight that cannot be read. */
  readonly rejected: number;
}

const folds = 5;
const wholeNumber = "match(%, '^[0-9]{1,9}$')";

/** A statement of our own on tables of our own; the columns of the file were checked before. */
const statement = (name: string, text: string) => ({ name: `recommend.${name}`, text, params: {}, row: {} });

/**
 * Reads a CSV or Parquet file of who had what into tables that begin with `prefix`. Items are numbered from 0 by their
 * name; users keep their number when all of them are whole numbers. `fold` is `cityHash64(user, item) % 5`, of the numbers
 * themselves where both are whole numbers.
 */
export async function loadInteractions(
  ch: Ch,
  prefix: string,
  file: string,
  columns: InteractionColumns,
): Promise<LoadedInteractions> {
  const shape = await shapeOf(file);
  const wanted = [columns.user, columns.item, columns.time, columns.weight].filter((name) => name !== undefined);
  const missing = wanted.find((name) => !shape.headers.includes(name));
  if (missing !== undefined) {
    const problem = `There is no column ${missing}. Columns: ${shape.headers.join(', ')}.`;
    throw new Fault('invalid', 'recommend.no_such_column', problem);
  }
  const place = (name: string | undefined): string => (name === undefined ? "''" : `c${wanted.indexOf(name)}`);
  const at = columns.time === undefined ? '0' : `parseDateTime64BestEffortOrNull(${place(columns.time)}, 3, 'UTC')`;
  const weight = columns.weight === undefined ? '1' : `toFloat32OrNull(${place(columns.weight)})`;
  await ch.run(
    statement(
      'createRaw',
      `create table if not exists ${prefix}_raw (user String, item String, at Nullable(Int64), weight Nullable(Float32))
      engine = MergeTree order by tuple()`,
    ),
    {},
  );
  try {
    await ch.run(
      statement(
        'loadInteractions',
        `insert into ${prefix}_raw
        select ${place(columns.user)}, ${place(columns.item)},
          ${columns.time === undefined ? '0' : `toUnixTimestamp64Milli(${at})`}, ${weight}
        from (select rowNumberInAllBlocks() as place, * from (${compileFile(shape, wanted)}))
        ${shape.format === 'CSV' ? 'where place > 0' : ''}`,
      ),
      {},
      { lane: 'heavy' },
    );
  } catch (cause) {
    if (!(cause instanceof ChError)) throw cause;
    throw new Fault('invalid', 'recommend.unreadable_file', `${file} cannot be read as ${shape.format}.`, { cause });
  }
  return number(ch, prefix);
}

const good = "user != '' and item != '' and at is not null and weight is not null and weight > 0";

async function number(ch: Ch, prefix: string): Promise<LoadedInteractions> {
  const [counts] = await ch.rows(
    {
      name: 'recommend.countRaw',
      text: `select count() as rows, countIf(${good}) as good, min(${wholeNumber.replace('%', 'user')}) as numbered_users,
        min(${wholeNumber.replace('%', 'item')}) as numbered_items from ${prefix}_raw`,
      params: {},
      row: { rows: 'UInt64', good: 'UInt64', numbered_users: 'UInt8', numbered_items: 'UInt8' },
    },
    {},
  );
  if (counts === undefined || counts.good === 0)
    throw new Fault('invalid', 'recommend.nothing_to_read', 'No row of the file names a user and an item.');
  for (const [table, column] of [
    ['users', 'user'],
    ['items', 'item'],
  ] as const) {
    const keeps = table === 'users' && counts.numbered_users === 1;
    await ch.run(
      statement(
        'createNames',
        `create table if not exists ${prefix}_${table} (number UInt64, name String) engine = MergeTree order by (number)`,
      ),
      {},
    );
    await ch.run(
      statement(
        'numberNames',
        `insert into ${prefix}_${table}
        select ${keeps ? 'toUInt64(name)' : 'row_number() over (order by name) - 1'}, name
        from (select distinct ${column} as name from ${prefix}_raw where ${good})`,
      ),
      {},
      { lane: 'heavy' },
    );
  }
  const both = counts.numbered_users === 1 && counts.numbered_items === 1;
  const hashed = both ? 'cityHash64(toUInt32(raw.user), toUInt32(raw.item))' : 'cityHash64(raw.user, raw.item)';
  await ch.run(
    statement(
      'createInteractions',
      `create table if not exists ${prefix}_interactions (user UInt64, item UInt32, weight Float32, at Int64, fold UInt8)
      engine = MergeTree order by (user, item)`,
    ),
    {},
  );
  await ch.run(
    statement(
      'numberInteractions',
      `insert into ${prefix}_interactions
      select users.number, items.number, raw.weight, raw.at, ${hashed} % ${folds}
      from (select * from ${prefix}_raw where ${good}) as raw
      inner join ${prefix}_users as users on users.name = raw.user
      inner join ${prefix}_items as items on items.name = raw.item`,
    ),
    {},
    { lane: 'heavy' },
  );
  const [size] = await ch.rows(
    {
      name: 'recommend.countInteractions',
      text: `select uniqExact(user) as users, (select count() from ${prefix}_items) as items, uniqExact((user, item)) as pairs
        from ${prefix}_interactions`,
      params: {},
      row: { users: 'UInt64', items: 'UInt64', pairs: 'UInt64' },
    },
    {},
  );
  return {
    text: `select user, item, weight, at, fold from ${prefix}_interactions`,
    rows: counts.good,
    users: size?.users ?? 0,
    items: size?.items ?? 0,
    pairs: size?.pairs ?? 0,
    rejected: counts.rows - counts.good,
  };
}
