import { type Ch, ChError, Fault } from '../../../platform/index.ts';
import { compileFile, shapeOf } from '../../../unify/index.ts';

export interface OrderColumns {
  readonly customer: string;
  readonly date: string;
  readonly value: string;
}
export interface LoadedOrders {
  /** A query of `person, day, money, known, ordered`, one row per customer and day. */
  readonly days: string;
  /** Table of `number` and `name` of the customers. */
  readonly names: string;
  readonly rejected: number;
  /** Days since 1970. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** A statement of our own on tables of our own; the columns of the file were checked before. */
const statement = (name: string, text: string) => ({ name: `predict.${name}`, text, params: {}, row: {} });

const day = (text: string): string =>
  `if(match(${text}, '^[0-9]{8}$'), toDate32OrNull(concat(substring(${text}, 1, 4), '-', substring(${text}, 5, 2), '-', substring(${text}, 7, 2))),
    toDate32(parseDateTime64BestEffortOrNull(${text}, 3, 'UTC')))`;
/** A decimal comma is a point, unless there is a point: then commas part the thousands. */
const amount = (text: string): string =>
  `toFloat64OrNull(if(position(${text}, '.') = 0, replaceOne(${text}, ',', '.'), replaceAll(${text}, ',', '')))`;

/** Reads a CSV or Parquet file of orders, or of their lines: what a customer bought on a day is one order, net of returns. */
export async function loadOrders(ch: Ch, file: string, columns: OrderColumns): Promise<LoadedOrders> {
  const shape = await shapeOf(file);
  const wanted = [columns.customer, columns.date, columns.value];
  const missing = wanted.find((name) => !shape.headers.includes(name));
  if (missing !== undefined) {
    const problem = `There is no column ${missing}. Columns: ${shape.headers.join(', ')}.`;
    throw new Fault('invalid', 'predict.no_such_column', problem);
  }
  await ch.run(
    statement(
      'createRaw',
      `create table if not exists predict_raw (customer String, day Nullable(Int32), money Nullable(Float64))
      engine = MergeTree order by tuple()`,
    ),
    {},
  );
  // A column may be asked for twice; it is read once for each.
  const place = (name: string): string => `c${wanted.indexOf(name)}`;
  try {
    await ch.run(
      statement(
        'loadOrders',
        `insert into predict_raw
        select ${place(columns.customer)}, toInt32(${day(place(columns.date))}), ${amount(place(columns.value))}
        from (select rowNumberInAllBlocks() as place, * from (${compileFile(shape, wanted)}))
        ${shape.format === 'CSV' ? 'where place > 0' : ''}`,
      ),
      {},
      { lane: 'heavy' },
    );
  } catch (cause) {
    if (!(cause instanceof ChError)) throw cause;
    throw new Fault('invalid', 'predict.unreadable_file', `${file} cannot be read as ${shape.format}.`, { cause });
  }
  const good = "customer != '' and day is not null and money is not null";
  const [counts] = await ch.rows(
    {
      name: 'predict.countRaw',
      text: `select count() as rows, countIf(${good}) as good, ifNull(minIf(day, ${good}), 0) as first, ifNull(maxIf(day, ${good}), 0) as last from predict_raw`,
      params: {},
      row: { rows: 'UInt64', good: 'UInt64', first: 'Int32', last: 'Int32' },
    },
    {},
  );
  if (counts === undefined || counts.good === 0) {
    throw new Fault('invalid', 'predict.nothing_to_read', 'No row of the file has a customer, a date and a value.');
  }
  await ch.run(
    statement(
      'createNames',
      'create table if not exists predict_names (number UInt64, name String) engine = MergeTree order by (number)',
    ),
    {},
  );
  await ch.run(
    statement(
      'numberNames',
      `insert into predict_names select row_number() over (order by name), name from (select distinct customer as name from predict_raw where ${good})`,
    ),
    {},
    { lane: 'heavy' },
  );
  await ch.run(
    statement(
      'createDays',
      'create table if not exists predict_days (person UInt64, day Int32, money Float64, returned Bool) engine = MergeTree order by (person, day)',
    ),
    {},
  );
  await ch.run(
    statement(
      'numberOrders',
      `insert into predict_days
      select names.number, assumeNotNull(raw.day), sum(assumeNotNull(raw.money)), max(raw.money < 0)
      from (select * from predict_raw where ${good}) as raw
      inner join predict_names as names on names.name = raw.customer
      group by 1, 2`,
    ),
    {},
    { lane: 'heavy' },
  );
  return {
    days: 'select person, day, money, true as known, money > 0 or not returned as ordered from predict_days',
    names: 'predict_names',
    rejected: counts.rows - counts.good,
    firstDay: counts.first,
    lastDay: counts.last,
  };
}
