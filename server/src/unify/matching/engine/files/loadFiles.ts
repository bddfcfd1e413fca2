import { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } from 'hyparquet';
import type { ChShape, ChValues } from '../../../../platform/index.ts';
import { ChError, Fault } from '../../../../platform/index.ts';
import { sqlText } from '../sqlText.ts';
import type { MatchSpace, MatchWork } from '../types.ts';
import { Workbench } from '../work.ts';
import { rawColumn } from './compileRecords.ts';
import { type FileShape, readHeader } from './readHeader.ts';

export interface LoadedFiles {
  readonly table: string;
  readonly headers: readonly string[];
  readonly records: number;
  /** Column whose values name the records; null when rows are numbered in file order, from 0. */
  readonly idColumn: string | null;
}

const idNames = [
  'unique_id',
  'uniqueid',
  'record_id',
  'recordid',
  'rec_id',
  'recid',
  'row_id',
  'rowid',
  'id',
  'uid',
  'uuid',
  'customer_id',
  'contact_id',
];
const noParams: ChShape = {};
const noValues: ChValues<ChShape> = {};

/** A table function that gives every column as text, named c0, c1 … in the order of `headers`. */
export function compileFile(
  { path, format, delimiter, compression, headers: own }: FileShape,
  headers: readonly string[],
): string {
  if (format === 'Parquet') {
    const selected = headers.map((header, index) =>
      own.includes(header)
        ? `ifNull(toString(\`${header.replace(/[\\`]/g, '\\$&')}\`), '') as ${rawColumn(index)}`
        : `'' as ${rawColumn(index)}`,
    );
    return `select ${selected.join(', ')} from file(${sqlText(path)}, 'Parquet')`;
  }
  const structure = own.map((_, index) => `f${index} String`).join(', ');
  const selected = headers.map((header, index) => {
    const place = own.indexOf(header);
    return `${place < 0 ? "''" : `trim(f${place})`} as ${rawColumn(index)}`;
  });
  // ClickHouse refuses a tab as the delimiter of CSV. Its custom format has the same quotes.
  const tabbed = delimiter === '\t';
  const settings = tabbed
    ? `format_custom_field_delimiter = '\\t', format_custom_escaping_rule = 'CSV', input_format_custom_allow_variable_number_of_columns = 1,
       input_format_custom_detect_header = 0, input_format_custom_skip_trailing_empty_lines = 1`
    : `format_csv_delimiter = ${sqlText(delimiter)}, input_format_csv_detect_header = 0,
       input_format_csv_allow_variable_number_of_columns = 1, input_format_csv_trim_whitespaces = 1`;
  return `select ${selected.join(', ')} from file(${sqlText(path)}, '${tabbed ? 'CustomSeparated' : 'CSV'}', ${sqlText(structure)}, '${compression}')
    settings max_threads = 1, max_parsing_threads = 2, ${settings}`;
}

/** What kind of file it is and its columns. Throws a Fault when it cannot be read. */
export async function shapeOf(path: string): Promise<FileShape> {
  const shape = readHeader(path);
  if (shape.format !== 'Parquet') return shape;
  try {
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(path));
    return { ...shape, headers: parquetSchema(metadata).children.map(({ element }) => element.name) };
  } catch (cause) {
    throw new Fault('invalid', 'match.unreadable_file', `${path} is damaged: its Parquet footer cannot be read.`, {
      cause,
    });
  }
}

/**
 * Reads files into one table of text columns with `record_id` from 1, `source` (the file's place) and `ident`. Numbers
 * go by the ident, or by the content where there is none: the order of the rows in a file changes nothing.
 */
export async function loadFiles(
  space: MatchSpace,
  paths: readonly string[],
  options: { readonly idColumn?: string | undefined },
  work: MatchWork = {},
): Promise<LoadedFiles> {
  const bench = new Workbench(space, work);
  const shapes: FileShape[] = [];
  for (const path of paths) shapes.push(await shapeOf(path));
  const headers = [...new Set(shapes.flatMap((shape) => shape.headers))];
  const [loading, table] = [`${space.prefix}_loading`, `${space.prefix}_raw`];
  const columns = headers.map((_, index) => `${rawColumn(index)} String`).join(', ');
  await bench.define(
    'createLoading',
    `create table if not exists ${loading} (source UInt8, place UInt64, ${columns}) engine = MergeTree order by (source, place)`,
  );
  for (const [source, shape] of shapes.entries()) {
    try {
      await bench.run(
        'loadFile',
        `insert into ${loading} select ${source} as source, rowNumberInAllBlocks() as place, * from (${compileFile(shape, headers)})${shape.format === 'CSV' ? ' where place > 0' : ''}`,
        noParams,
        noValues,
      );
    } catch (cause) {
      if (!(cause instanceof ChError)) throw cause;
      throw new Fault('invalid', 'match.unreadable_file', `${shape.path} cannot be read as ${shape.format}.`, {
        cause,
      });
    }
  }
  const idColumn = await findId(bench, loading, headers, options.idColumn);
  const ident = idColumn === null ? `toString(place)` : rawColumn(headers.indexOf(idColumn));
  const order = idColumn === null ? `cityHash64(${headers.map((_, index) => rawColumn(index)).join(', ')}, '')` : ident;
  await bench.define(
    'createRaw',
    `create table if not exists ${table} (record_id UInt64, source UInt8, ident String, ${columns}) engine = MergeTree order by (record_id)`,
  );
  // Numbered as they come out of a sort that may go by way of the disk: a window would hold all rows in memory.
  await bench.runPlain(
    'numberRows',
    `insert into ${table} select rowNumberInAllBlocks() + 1 as record_id, * from (
      select source, ${ident} as ident, ${headers.map((_, index) => rawColumn(index)).join(', ')}
      from ${loading} order by source, ${order}, place
    ) settings query_plan_remove_redundant_sorting = 0`,
  );
  await bench.define('dropLoading', `drop table if exists ${loading} sync`);
  const [row] = await bench.rowsPlain('countRaw', `select count() as records from ${table}`, { records: 'UInt64' });
  return { table, headers, records: row?.records ?? 0, idColumn };
}

async function findId(
  bench: Workbench,
  table: string,
  headers: readonly string[],
  asked: string | undefined,
): Promise<string | null> {
  const distinct = async (header: string): Promise<boolean> => {
    const column = rawColumn(headers.indexOf(header));
    const [row] = await bench.rowsPlain(
      'distinctIds',
      `select uniqExact(${column}) = count() and countIf(${column} = '') = 0 as one from ${table}`,
      { one: 'UInt8' },
    );
    return row?.one === 1;
  };
  if (asked !== undefined) {
    if (!headers.includes(asked)) throw new Fault('invalid', 'match.no_such_column', `There is no column ${asked}.`);
    if (!(await distinct(asked)))
      throw new Fault(
        'invalid',
        'match.id_repeats',
        `The column ${asked} does not have a value of its own in every row, so it cannot name the records.`,
      );
    return asked;
  }
  for (const name of idNames) {
    const header = headers.find((each) => each.toLowerCase() === name);
    if (header !== undefined && (await distinct(header))) return header;
  }
  return null;
}
