import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/index.ts';

/** A key revoked by any process is refused by all within this time. */
export const keyCacheMs = 3000;

/**
 * Look-ups remembered for a short time, in bounded memory. Known and unknown keys are kept apart, so that a flood of
 * invented keys pushes none of the real ones out; unknown ones are remembered too, so that it does not reach PostgreSQL.
 */
export class KeyCache<V extends object> {
  readonly #known = new LRUCache<string, { readonly value: V; readonly until: number }>({ max: 10_000 });
  readonly #unknown = new LRUCache<string, { readonly until: number }>({ max: 10_000 });
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async get(key: string, find: () => Promise<V | null>): Promise<V | null> {
    const now = this.#clock.now().getTime();
    const known = this.#known.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const unknown = this.#unknown.get(key);
    if (unknown !== undefined && unknown.until > now) return null;
    const value = await find();
    const until = now + keyCacheMs;
    if (value === null) {
      this.#known.delete(key);
      this.#unknown.set(key, { until });
    } else {
      this.#unknown.delete(key);
      this.#known.set(key, { value, until });
    }
    return value;
  }

  /** Forgets everything: a key was made or revoked here, which must count at once. */
  clear(): void {
    this.#known.clear();
    this.#unknown.clear();
  }
}
