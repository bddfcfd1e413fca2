/**
 * Keeps dictionaries in step with what this process wrote: a query that asks a dictionary whose table was written to
 * has it read again first. Embedded ClickHouse never does so by itself; a server does after the dictionary's lifetime,
 * which is what other processes wait for.
 */
export class FreshDictionaries {
  readonly #list: () => Promise<readonly { name: string; definition: string }[]>;
  readonly #reload: (name: string) => Promise<void>;
  readonly #writes = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #reloading = new Map<string, Promise<void>>();
  #known: ReturnType<FreshDictionaries['readKnown']> | null = null;

  /** `list` gives every dictionary with its `create` statement; `reload` reads one again. */
  constructor(
    list: () => Promise<readonly { name: string; definition: string }[]>,
    reload: (name: string) => Promise<void>,
  ) {
    this.#list = list;
    this.#reload = reload;
  }

  /** Call after rows of a table changed. */
  written(table: string): void {
    this.#writes.set(table, (this.#writes.get(table) ?? 0) + 1);
  }

  /** Call after a statement: it may have changed rows, or made a dictionary. */
  ran(statement: string): void {
    const table = /\b(?:from|into|table)\s+(\w+)/i.exec(statement)?.[1];
    if (table !== undefined) this.written(table);
    if (/\bdictionary\b/i.test(statement)) this.#known = null;
  }

  /** Call before a query; does nothing for one that asks no dictionary. */
  async refresh(query: string): Promise<void> {
    if (!/\bdict(Get|Has)/.test(query)) return;
    this.#known ??= this.readKnown();
    for (const { name, sources } of await this.#known) {
      if (query.includes(name)) await this.#refreshOne(name, sources);
    }
  }

  private async readKnown(): Promise<{ name: string; sources: readonly string[] }[]> {
    try {
      const known = await this.#list();
      return known.map(({ name, definition }) => ({ name, sources: [...new Set(definition.match(/\w+/g))] }));
    } catch (error) {
      this.#known = null;
      throw error;
    }
  }

  async #refreshOne(name: string, sources: readonly string[]): Promise<void> {
    // A write during a reload may be missed by it, so what was written is counted before.
    while (this.#countWrites(sources) !== (this.#seen.get(name) ?? 0)) {
      const running = this.#reloading.get(name) ?? this.#startReload(name, this.#countWrites(sources));
      await running;
    }
  }

  #startReload(name: string, writes: number): Promise<void> {
    const work = this.#reload(name)
      .then(() => void this.#seen.set(name, writes))
      .finally(() => this.#reloading.delete(name));
    this.#reloading.set(name, work);
    return work;
  }

  #countWrites(sources: readonly string[]): number {
    return sources.reduce((sum, table) => sum + (this.#writes.get(table) ?? 0), 0);
  }
}
