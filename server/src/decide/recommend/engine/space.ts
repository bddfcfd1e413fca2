import type { Ch, ChShape, ChValues } from '../../../platform/index.ts';

/**
 * Where a recommender works: ClickHouse tables whose names begin with `prefix` (lower-case letters, digits, underscores; one
 * for each workspace). A file tool has a ClickHouse of its own.
 */
export interface RecommendSpace {
  readonly ch: Pick<Ch, 'rows' | 'run' | 'stream'>;
  readonly prefix: string;
}

/** How a long call is watched and stopped. Aborting rejects with the signal's reason; a repeat starts anew. */
export interface RecommendWork {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, total: number) => void) | undefined;
  /** Of ClickHouse, for each statement; two unless said otherwise. What runs while people wait for answers takes one. */
  readonly threads?: 1 | 2 | undefined;
}

/** `histories`: what each person had, newest first; `stats`: how often each item occurs; `neighbours`: what goes with what. */
export const spaceTables = ['histories', 'stats', 'neighbours'] as const;
export type SpaceTable = (typeof spaceTables)[number];

/** Memory of one statement: the engine's peak is the process's peak. */
const memory = 1_500_000_000;

/** Runs the engine's statements with limits of their own. */
export class Bench {
  readonly #space: RecommendSpace;
  readonly #signal: AbortSignal | undefined;
  readonly #threads: number;

  constructor(space: RecommendSpace, work: RecommendWork = {}) {
    if (!/^[a-z][a-z0-9_]{0,60}$/.test(space.prefix))
      throw new TypeError('a prefix of recommender tables is lower-case letters, digits and underscores');
    this.#space = space;
    this.#signal = work.signal;
    this.#threads = work.threads ?? 2;
  }

  table(name: SpaceTable): string {
    return `${this.#space.prefix}_${name}`;
  }

  async run<P extends ChShape>(name: string, text: string, params: P, values: ChValues<P>): Promise<void> {
    this.#signal?.throwIfAborted();
    await this.#space.ch.run({ name: `recommend.${name}`, text, params, row: {} }, values, this.#options());
  }

  async rows<P extends ChShape, R extends ChShape>(
    name: string,
    text: string,
    row: R,
    params: P,
    values: ChValues<P>,
  ): Promise<ChValues<R>[]> {
    this.#signal?.throwIfAborted();
    return this.#space.ch.rows({ name: `recommend.${name}`, text, params, row }, values, this.#options());
  }

  rowsPlain<R extends ChShape>(name: string, text: string, row: R): Promise<ChValues<R>[]> {
    return this.rows(name, text, row, {}, {});
  }

  /** Lines of JSON, as they come: for results of hundreds of thousands of rows. */
  stream<P extends ChShape>(name: string, text: string, params: P, values: ChValues<P>): AsyncIterable<Uint8Array> {
    const query = { name: `recommend.${name}`, text, params, row: {} };
    return this.#space.ch.stream(query, values, { ...this.#options(), format: 'JSONEachRow' });
  }

  /** A statement of the schema; on a cluster it is made on every machine. */
  async define(name: string, text: string): Promise<void> {
    this.#signal?.throwIfAborted();
    await this.#space.ch.run({ name: `recommend.${name}`, text, params: {}, row: {} }, {});
  }

  async drop(name: SpaceTable): Promise<void> {
    await this.define('drop', `drop table if exists ${this.table(name)} sync`);
  }

  #options() {
    return {
      lane: 'heavy' as const,
      settings: {
        max_threads: this.#threads,
        max_memory_usage: memory,
        max_bytes_before_external_group_by: Math.floor(memory / 2),
        max_bytes_before_external_sort: Math.floor(memory / 3),
      },
      ...(this.#signal === undefined ? {} : { signal: this.#signal }),
    };
  }
}

export async function dropSpace(space: RecommendSpace): Promise<void> {
  const bench = new Bench(space);
  for (const name of spaceTables) await bench.drop(name);
}
