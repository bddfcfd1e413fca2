/** Counted again after so long, while the former number still stands. */
const freshMs = 25_000;
/** An older number is not said. */
const longestMs = 60_000;
/** What nobody asks about any more is not counted any more. */
const wantedMs = 120_000;
/** Counting never takes more than a tenth of the time. */
const restFactor = 10;
const mostRestMs = 20_000;
/** Products counted at once. */
const mostTogether = 2_000;

interface Entry {
  readonly variants: readonly string[];
  people: number;
  countedAt: number;
  wantedAt: number;
  waiting: { resolve(people: number): void; reject(error: unknown): void }[];
}

/**
 * Numbers of people by product, counted together and remembered: however many visitors look at however many products, the
 * engine is asked once in a while for all of them.
 */
export class PeopleCounter {
  readonly #count: (products: readonly (readonly string[])[]) => Promise<readonly number[]>;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  #busy = false;
  #restUntil = 0;

  /** `count` answers in the order of the products, each given by its variants. */
  constructor(
    count: (products: readonly (readonly string[])[]) => Promise<readonly number[]>,
    now = (): number => performance.now(),
  ) {
    this.#count = count;
    this.#now = now;
  }

  /** People who did it with any of these variants; at most a minute old. */
  people(variants: readonly string[]): Promise<number> {
    const key = variants.join('\n');
    const now = this.#now();
    const known = this.#entries.get(key);
    const entry = known ?? { variants, people: 0, countedAt: Number.NEGATIVE_INFINITY, wantedAt: now, waiting: [] };
    entry.wantedAt = now;
    if (known === undefined) this.#entries.set(key, entry);
    const age = now - entry.countedAt;
    if (age > freshMs) this.#plan();
    if (age <= longestMs) return Promise.resolve(entry.people);
    return new Promise((resolve, reject) => entry.waiting.push({ resolve, reject }));
  }

  #plan(): void {
    if (this.#busy) return;
    this.#busy = true;
    setTimeout(() => void this.#work(), Math.max(0, this.#restUntil - this.#now())).unref();
  }

  async #work(): Promise<void> {
    const began = this.#now();
    for (const [key, { wantedAt, waiting }] of this.#entries)
      if (began - wantedAt > wantedMs && waiting.length === 0) this.#entries.delete(key);
    const due = [...this.#entries.values()].filter(({ countedAt }) => began - countedAt > freshMs);
    // Those that somebody waits for come first.
    const entries = due.sort((one, other) => other.waiting.length - one.waiting.length).slice(0, mostTogether);
    try {
      const counted = await this.#count(entries.map(({ variants }) => variants));
      for (const [at, entry] of entries.entries()) {
        entry.people = counted[at] ?? 0;
        entry.countedAt = began;
        for (const { resolve } of entry.waiting.splice(0)) resolve(entry.people);
      }
    } catch (error) {
      for (const entry of entries) for (const { reject } of entry.waiting.splice(0)) reject(error);
    } finally {
      const ended = this.#now();
      this.#restUntil = ended + Math.min(mostRestMs, (ended - began) * restFactor);
      this.#busy = false;
      if ([...this.#entries.values()].some(({ waiting }) => waiting.length > 0)) this.#plan();
    }
  }
}
