import type { ChParam } from './params.ts';
import type { ChSettings } from './settings.ts';
import type { ChLane } from './types.ts';

/** One statement on its way to an engine: parameters are checked, settings are those beyond the lane's own. */
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
  /** Our statements are written for one machine; a cluster needs other or more ones. */
  adapt(statement: string): readonly string[];
  /** `system.parts` of every machine that holds a part of the data. */
  readonly partsTable: string;
  close(): Promise<void>;
}
