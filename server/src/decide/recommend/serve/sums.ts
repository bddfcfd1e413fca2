/** Adds up scores of items, and remembers what added most. Its arrays are made once for a catalogue. */
export class Sums {
  readonly #scores: Float64Array;
  readonly #most: Float64Array;
  readonly #by: Int32Array;
  readonly #touched: Int32Array;
  #count = 0;

  constructor(items: number) {
    this.#scores = new Float64Array(items);
    this.#most = new Float64Array(items).fill(Number.NEGATIVE_INFINITY);
    this.#by = new Int32Array(items);
    this.#touched = new Int32Array(items);
  }

  /** `by` is any number that tells what adds it. */
  add(item: number, part: number, by: number): void {
    const most = this.#most[item];
    if (most === undefined) return;
    if (most === Number.NEGATIVE_INFINITY) {
      this.#touched[this.#count] = item;
      this.#count += 1;
    }
    if (part > most) {
      this.#most[item] = part;
      this.#by[item] = by;
    }
    this.#scores[item] = (this.#scores[item] ?? 0) + part;
  }

  /** Hands out what was added, in the order it came, and begins anew. */
  take<T>(each: (item: number, score: number, by: number) => T | null): T[] {
    const found: T[] = [];
    for (let at = 0; at < this.#count; at += 1) {
      const item = this.#touched[at] ?? 0;
      const one = each(item, this.#scores[item] ?? 0, this.#by[item] ?? 0);
      if (one !== null) found.push(one);
      this.#scores[item] = 0;
      this.#most[item] = Number.NEGATIVE_INFINITY;
    }
    this.#count = 0;
    return found;
  }
}
