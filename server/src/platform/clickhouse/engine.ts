import { type ChParam, prepareChParams } from './params.ts';
import type { ChQuery, ChShape, ChValues } from './query.ts';
import { type ChSettings, laneSettings } from './settings.ts';
import type { Ch, ChLane, ChReadOptions } from './types.ts';

/** One statement on its way to an engine: parameters are checked, settings are complete. */
export interface ChCall {
  readonly name: string;
  readonly text: string;
  readonly params: Readonly<Record<string, ChParam>>;
  readonly settings: ChSettings;
  readonly lane: ChLane;
  readonly signal?: AbortSignal | undefined;
}

/** What differs between embedded chDB and a server. Failures arrive as `chFault` makes them. */
export interface ChEngine {
  readonly description: string;
  /** The whole result as JSONEachRow text. */
  read(call: ChCall): Promise<string>;
  /** The result in `format`, one valid file, produced no faster than it is consumed. */
  stream(call: ChCall, format: string): AsyncIterable<Uint8Array>;
  /** A statement without rows; resolves when its effect is complete. */
  run(call: ChCall): Promise<void>;
  insert(table: string, rows: Buffer, token: string): Promise<void>;
  close(): Promise<void>;
}

const sizeOfTables: ChQuery<Record<never, never>, { bytes: 'UInt64' }> = {
  name: 'platform.sizeOfTables',
  // Only our own database: a server may hold others.
  text: 'select sum(bytes_on_disk) as bytes from system.parts where database = currentDatabase()',
  params: {},
  row: { bytes: 'UInt64' },
};

/** The store the rooms see, over either engine. */
export class ChStore implements Ch {
  readonly description: string;
  readonly #engine: ChEngine;

  constructor(engine: ChEngine) {
    this.#engine = engine;
    this.description = engine.description;
  }

  async rows<P extends ChShape, R extends ChShape>(
    query: ChQuery<P, R>,
    params: ChValues<P>,
    options: ChReadOptions = {},
  ): Promise<ChValues<R>[]> {
    const text = await this.#engine.read(callOf(query, params, options.lane ?? 'interactive', options));
    return parseJsonLines(text);
  }

  stream<P extends ChShape, R extends ChShape>(
    query: ChQuery<P, R>,
    params: ChValues<P>,
    options: ChReadOptions & { format: 'Parquet' | 'JSONEachRow' | 'CSVWithNames' },
  ): AsyncIterable<Uint8Array> {
    return this.#engine.stream(callOf(query, params, options.lane ?? 'heavy', options), options.format);
  }

  async insert(table: string, rows: Buffer, options: { token: string }): Promise<void> {
    if (!/^\w+$/.test(table)) throw new TypeError('a table name is letters, digits and underscores');
    if (rows.length > 0) await this.#engine.insert(table, rows, options.token);
  }

  async run<P extends ChShape>(statement: ChQuery<P, Record<never, never>>, params: ChValues<P>): Promise<void> {
    await this.#engine.run(callOf(statement, params, 'write', {}));
  }

  async size(): Promise<number> {
    const [row] = await this.rows(sizeOfTables, {});
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
  { settings, signal }: ChReadOptions,
): ChCall {
  return {
    name,
    text,
    params: prepareChParams(types, params),
    settings: { ...laneSettings[lane], ...settings },
    lane,
    signal,
  };
}

/** `R` is what the query declares; a test compares every declaration with the real engine's own description. */
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
