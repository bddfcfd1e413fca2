import type { ChShape, ChValues } from '../../../platform/index.ts';
import type { MatchSpace, MatchStage, MatchWork } from './types.ts';

/** Runs the engine's statements with its own limits. Tables are named by `table`, so no statement can touch another's. */
export class Workbench {
  readonly #space: MatchSpace;
  readonly #work: MatchWork & { readonly lane?: 'heavy' | 'interactive' };

  constructor(space: MatchSpace, work: MatchWork & { readonly lane?: 'heavy' | 'interactive' } = {}) {
    if (!/^[a-z][a-z0-9_]{0,60}$/.test(space.prefix)) {
      throw new TypeError('a prefix of match tables is lower-case letters, digits and underscores');
    }
    this.#space = space;
    this.#work = work;
  }

  get recordsAtOnce(): number {
    return this.#work.recordsAtOnce ?? 1_000_000;
  }

  table(name: MatchTable): string {
    return `${this.#space.prefix}_${name}`;
  }

  async rows<P extends ChShape, R extends ChShape>(
    name: string,
    text: string,
    row: R,
    params: P,
    values: ChValues<P>,
  ): Promise<ChValues<R>[]> {
    return this.#space.ch.rows({ name: `match.${name}`, text, params, row }, values, this.#options());
  }

  async run<P extends ChShape>(name: string, text: string, params: P, values: ChValues<P>): Promise<void> {
    this.#work.signal?.throwIfAborted();
    await this.#space.ch.run({ name: `match.${name}`, text, params, row: {} }, values, this.#options());
  }

  /** A statement of fixed text. */
  runPlain(name: string, text: string): Promise<void> {
    return this.run(name, text, {}, {});
  }

  rowsPlain<R extends ChShape>(name: string, text: string, row: R): Promise<ChValues<R>[]> {
    return this.rows(name, text, row, {}, {});
  }

  /** A statement of the schema; on a cluster it is made on every machine. */
  async define(name: string, text: string): Promise<void> {
    this.#work.signal?.throwIfAborted();
    await this.#space.ch.run({ name: `match.${name}`, text, params: {}, row: {} }, {});
  }

  async drop(name: MatchTable): Promise<void> {
    await this.define('drop', `drop table if exists ${this.table(name)} sync`);
  }

  progress(stage: MatchStage, done: number, total: number): void {
    this.#work.signal?.throwIfAborted();
    this.#work.progress?.(stage, done, total);
  }

  #options() {
    const { signal, threads = 2, memory = 1_200_000_000, lane = 'heavy' } = this.#work;
    return {
      lane,
      settings: {
        max_threads: threads,
        max_memory_usage: memory,
        // A statement that reads few rows is over before it would be compiled.
        compile_expressions: lane === 'interactive' ? 0 : 1,
        // Beyond this a sort goes by way of the disk.
        max_bytes_before_external_sort: Math.floor(memory / 3),
        max_bytes_before_external_group_by: Math.floor(memory / 3),
        // Tables of a hundred thousand rows would be read by one thread.
        merge_tree_min_rows_for_concurrent_read: 8_192,
        merge_tree_min_bytes_for_concurrent_read: 1_000_000,
      },
      ...(signal === undefined ? {} : { signal }),
    };
  }
}

/** Tables of a space: normalised records, how often values occur, keys of blocking rules, their caps, proposed pairs, compared pairs, scored pairs, pages being read. */
export const matchTables = [
  'clean',
  'terms',
  'records',
  'keys',
  'caps',
  'proposed',
  'compared',
  'pairs',
  'page',
] as const;
export type MatchTable = (typeof matchTables)[number];
