import type { ChCall, ChEngine } from './engine.ts';
import { FreshDictionaries } from './freshDictionaries.ts';
import { prepareChParams } from './params.ts';
import type { ChQuery, ChShape, ChValues } from './query.ts';
import type { Ch, ChLane, ChReadOptions } from './types.ts';

const dictionaries: ChQuery<Record<never, never>, { name: 'String'; definition: 'String' }> = {
  name: 'platform.dictionaries',
  text: `select name, create_table_query as definition from system.tables
    where database = currentDatabase() and engine = 'Dictionary'`,
  params: {},
  row: { name: 'String', definition: 'String' },
};

const reload = { name: 'platform.reloadDictionary', text: 'system reload dictionary', params: {}, row: {} } as const;

/** The store the rooms see, over either engine. */
export class ChStore implements Ch {
  readonly description: string;
  readonly #engine: ChEngine;

  readonly #dictionaries: FreshDictionaries;

  constructor(engine: ChEngine) {
    this.#engine = engine;
    this.description = engine.description;
    this.#dictionaries = new FreshDictionaries(
      async () => parseJsonLines(await engine.read(callOf(dictionaries, {}, 'interactive', {}))),
      (name) => this.#execute(callOf({ ...reload, text: `${reload.text} ${name}` }, {}, 'write', {})),
    );
  }

  async rows<P extends ChShape, R extends ChShape>(
    query: ChQuery<P, R>,
    params: ChValues<P>,
    options: ChReadOptions = {},
  ): Promise<ChValues<R>[]> {
    const call = callOf(query, params, options.lane ?? 'interactive', options);
    await this.#dictionaries.refresh(query.text);
    return parseJsonLines(await this.#engine.read(call));
  }

  async *stream<P extends ChShape, R extends ChShape>(
    query: ChQuery<P, R>,
    params: ChValues<P>,
    options: ChReadOptions & { format: 'Parquet' | 'JSONEachRow' | 'CSVWithNames' },
  ): AsyncIterable<Uint8Array> {
    const call = callOf(query, params, options.lane ?? 'heavy', options);
    await this.#dictionaries.refresh(query.text);
    yield* this.#engine.stream(call, options.format);
  }

  async insert(table: string, rows: Buffer, options: { token: string }): Promise<void> {
    if (!/^\w+$/.test(table)) throw new TypeError('a table name is letters, digits and underscores');
    if (rows.length === 0) return;
    await this.#engine.insert(table, rows, options.token);
    this.#dictionaries.written(table);
  }

  async run<P extends ChShape>(
    statement: ChQuery<P, Record<never, never>>,
    params: ChValues<P>,
    options: ChReadOptions = {},
  ): Promise<void> {
    const call = callOf(statement, params, options.lane ?? 'write', options);
    // An insert may read one.
    await this.#dictionaries.refresh(statement.text);
    await this.#execute(call);
    this.#dictionaries.ran(statement.text);
  }

  async #execute(call: ChCall): Promise<void> {
    for (const text of this.#engine.adapt(call.text)) await this.#engine.run({ ...call, text });
  }

  async size(): Promise<number> {
    // Only our own database: a server may hold others.
    const text = `select sum(bytes_on_disk) as bytes from ${this.#engine.partsTable} where database = currentDatabase()`;
    const query: ChQuery<Record<never, never>, { bytes: 'UInt64' }> = {
      name: 'platform.sizeOfTables',
      text,
      params: {},
      row: { bytes: 'UInt64' },
    };
    const [row] = await this.rows(query, {});
    return row?.bytes ?? 0;
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}

function callOf<P extends ChShape, R extends ChShape>(
  { name, text, params: types }: ChQuery<P, R>,
  params: ChValues<P>,
  lane: ChLane,
  { settings = {}, signal }: ChReadOptions,
): ChCall {
  return { name, text, params: prepareChParams(types, params), settings, lane, signal };
}

/** A row is what its query declares: a test compares every declaration with the real engine's own description. */
function parseJsonLines<Row>(text: string): Row[] {
  const rows: Row[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if (to > from) rows.push(JSON.parse(text.slice(from, to)));
    from = to + 1;
  }
  return rows;
}
