import type { RecommendationRanking } from '@vitrail/contracts';

/** Ranks looked at; the measures at 20 need as many. */
export const ranksNeeded = 20;

/**
 * Adds up how well ranked lists foresee what was hidden. Precision divides by the rank, recall by how many were hidden, NDCG
 * by the best that was possible with as many; everything is a mean over people.
 */
export class Measures {
  #people = 0;
  #precision10 = 0;
  #recall10 = 0;
  #recall20 = 0;
  #ndcg10 = 0;
  #ndcg20 = 0;
  #hit10 = 0;
  readonly #shown = new Set<number>();

  add(ranked: readonly number[], hidden: ReadonlySet<number>): void {
    if (hidden.size === 0) return;
    this.#people += 1;
    let [hits, gain] = [0, 0];
    for (let rank = 0; rank < ranksNeeded; rank += 1) {
      const item = ranked[rank];
      if (item !== undefined) {
        if (rank < 10) this.#shown.add(item);
        if (hidden.has(item)) {
          hits += 1;
          gain += 1 / Math.log2(rank + 2);
        }
      }
      if (rank === 9) {
        this.#precision10 += hits / 10;
        this.#recall10 += hits / hidden.size;
        this.#ndcg10 += gain / ideal(Math.min(10, hidden.size));
        if (hits > 0) this.#hit10 += 1;
      }
    }
    this.#recall20 += hits / hidden.size;
    this.#ndcg20 += gain / ideal(Math.min(ranksNeeded, hidden.size));
  }

  get people(): number {
    return this.#people;
  }

  /** `items`: how many there were to show. */
  read(method: RecommendationRanking['method'], items: number): RecommendationRanking {
    const mean = (sum: number): number => (this.#people === 0 ? 0 : rounded(sum / this.#people));
    return {
      method,
      precision10: mean(this.#precision10),
      recall10: mean(this.#recall10),
      recall20: mean(this.#recall20),
      ndcg10: mean(this.#ndcg10),
      ndcg20: mean(this.#ndcg20),
      hitRate10: mean(this.#hit10),
      coverage: items === 0 ? 0 : rounded(Math.min(1, this.#shown.size / items)),
    };
  }
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

const ideals: number[] = [0];
function ideal(count: number): number {
  for (let n = ideals.length; n <= count; n += 1) ideals.push((ideals[n - 1] ?? 0) + 1 / Math.log2(n + 1));
  return ideals[count] ?? 0;
}
