import type { Histories, ItemModel } from './readModel.ts';

/** The best of many, kept in a heap whose root is the worst of them. Equal scores: the smaller item. */
export class Best {
  readonly #size: number;
  readonly #items: Int32Array;
  readonly #scores: Float64Array;
  length = 0;

  constructor(size: number) {
    this.#size = size;
    this.#items = new Int32Array(size);
    this.#scores = new Float64Array(size);
  }

  clear(): void {
    this.length = 0;
  }

  offer(item: number, score: number): void {
    if (this.length < this.#size) {
      this.#items[this.length] = item;
      this.#scores[this.length] = score;
      this.length += 1;
      this.#up(this.length - 1);
    } else if (this.#size > 0 && this.#isWorse(0, item, score)) {
      this.#items[0] = item;
      this.#scores[0] = score;
      this.#down(0);
    }
  }

  /** Best first. */
  ranked(): { item: number; score: number }[] {
    return Array.from({ length: this.length }, (_, at) => ({
      item: this.#items[at] ?? 0,
      score: this.#scores[at] ?? 0,
    })).sort((one, other) => other.score - one.score || one.item - other.item);
  }

  /** Is what stands at `at` worse than this one? */
  #isWorse(at: number, item: number, score: number): boolean {
    const own = this.#scores[at] ?? 0;
    return own < score || (own === score && (this.#items[at] ?? 0) > item);
  }

  #swap(a: number, b: number): void {
    const [item, score] = [this.#items[a] ?? 0, this.#scores[a] ?? 0];
    this.#items[a] = this.#items[b] ?? 0;
    this.#scores[a] = this.#scores[b] ?? 0;
    this.#items[b] = item;
    this.#scores[b] = score;
  }

  #up(from: number): void {
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.#isWorse(at, this.#items[above] ?? 0, this.#scores[above] ?? 0)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  #down(from: number): void {
    for (let at = from; ; ) {
      let worst = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < this.length && this.#isWorse(below, this.#items[worst] ?? 0, this.#scores[worst] ?? 0))
          worst = below;
      }
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }
}

/** From about so many things on, what somebody had speaks for itself. */
const priorSize = 20;
/** How much the prior counts beside a history of so many items. */
export const priorTrust = (length: number): number => (priorSize / (priorSize + length)) ** 2;

/** Scores items for one person after another: the neighbours of what they had, by the weight of it. One per thread. */
export class Ranker {
  readonly #model: ItemModel;
  readonly #sums: Float64Array;
  readonly #touched: Int32Array;
  readonly #seen: Uint8Array;
  readonly #best: Best;

  constructor(model: ItemModel, keep: number) {
    this.#model = model;
    this.#sums = new Float64Array(model.items);
    this.#touched = new Int32Array(model.items);
    this.#seen = new Uint8Array(model.items);
    this.#best = new Best(keep);
  }

  /** The best items that are not in the history itself. */
  rank(items: ArrayLike<number>, weights: ArrayLike<number>): { item: number; score: number }[] {
    const { offsets, others, scores, prior } = this.#model;
    let count = 0;
    for (let n = 0; n < items.length; n += 1) this.#seen[items[n] ?? 0] = 1;
    for (let n = 0; n < items.length; n += 1) {
      const item = items[n] ?? 0;
      const weight = weights[n] ?? 0;
      const end = offsets[item + 1] ?? 0;
      for (let at = offsets[item] ?? 0; at < end; at += 1) {
        const other = others[at] ?? 0;
        if (this.#seen[other] === 1) continue;
        if (this.#seen[other] === 0) {
          this.#seen[other] = 2;
          this.#touched[count] = other;
          count += 1;
        }
        this.#sums[other] = (this.#sums[other] ?? 0) + weight * (scores[at] ?? 0);
      }
    }
    this.#best.clear();
    const trust = priorTrust(items.length);
    for (let n = 0; n < count; n += 1) {
      const item = this.#touched[n] ?? 0;
      this.#best.offer(item, (this.#sums[item] ?? 0) + trust * (prior?.[item] ?? 0));
      this.#sums[item] = 0;
      this.#seen[item] = 0;
    }
    for (let n = 0; n < items.length; n += 1) this.#seen[items[n] ?? 0] = 0;
    return this.#best.ranked();
  }
}

/** How a weight fades with the age of what it stands for. */
export const faded = (weight: number, ageMs: number, halfLifeDays: number): number =>
  weight * 2 ** (-Math.max(0, ageMs) / (halfLifeDays * 86_400_000));

/** The best `keep` items of everybody, `take` called once for each. Lets other work in now and then. */
export async function rankEverybody(
  model: ItemModel,
  histories: Histories,
  keep: number,
  take: (user: number, best: { item: number; score: number }[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  const ranker = new Ranker(model, keep);
  for (let n = 0; n < histories.users.length; n += 1) {
    const [from, to] = [histories.offsets[n] ?? 0, histories.offsets[n + 1] ?? 0];
    take(
      histories.users[n] ?? 0,
      ranker.rank(histories.items.subarray(from, to), histories.weights.subarray(from, to)),
    );
    if (n % 2_000 === 1_999) {
      signal?.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
