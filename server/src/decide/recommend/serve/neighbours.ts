import { LRUCache } from 'lru-cache';
import type { Ch } from '../../../platform/index.ts';
import { listChangedNeighbours, pageNeighbours, readNeighbours } from '../sql/serving.ch.ts';
import type { Catalogue } from './catalogue.ts';
import { gather } from './gather.ts';

export const neighbourKinds = ['similar', 'for_you', 'together', 'search'] as const;
export type NeighbourKind = (typeof neighbourKinds)[number];

/** Numbers of items, the best first. Flat: a list of a hundred takes 800 bytes. */
export interface Ranked {
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

export const nothing: Ranked = { items: new Int32Array(0), scores: new Float32Array(0) };

/** Those that left the catalogue for good are passed over. */
export function toNumbers({ byKey }: Catalogue, keys: readonly string[], scores: readonly number[]): Ranked {
  const items = new Int32Array(keys.length);
  const kept = new Float32Array(keys.length);
  let count = 0;
  for (const [at, key] of keys.entries()) {
    const item = byKey.get(key);
    if (item === undefined) continue;
    items[count] = item;
    kept[count] = scores[at] ?? 0;
    count += 1;
  }
  return count === keys.length
    ? { items, scores: kept }
    : { items: items.slice(0, count), scores: kept.slice(0, count) };
}

/** Bytes of one workspace's lists in memory: 20,000 items of three kinds take half of it. */
const mostBytes = 96 * 2 ** 20;
/** What an entry takes beside its numbers. */
const entryBytes = 300;
/** Lists read at once beforehand: some ten milliseconds of this thread. */
const pageLists = 500;

/** What a build wrote, and what was written since. */
export interface Edition {
  /** What is older than this is of an earlier build. */
  readonly base: number;
  readonly version: number;
  /** Numbers of items never change from one catalogue to the next. */
  readonly catalogue: Catalogue;
}

/**
 * The neighbours of items. All of them are read beforehand as far as memory goes, and what a refresh wrote anew again, so that
 * answers rarely wait for the engine; the others are read when they are asked for, what several answers lack together.
 */
export class NeighbourMemory {
  readonly #ch: Pick<Ch, 'rows'>;
  readonly #workspace: number;
  readonly #known = new LRUCache<string, Ranked>({
    maxSize: mostBytes,
    sizeCalculation: ({ items }) => items.length * 8 + entryBytes,
  });
  readonly #asks: Readonly<Record<NeighbourKind, (key: string) => Promise<Ranked>>>;
  #edition: Edition;

  constructor(ch: Pick<Ch, 'rows'>, workspace: number, edition: Edition) {
    this.#ch = ch;
    this.#workspace = workspace;
    this.#edition = edition;
    const asking = (kind: NeighbourKind) => gather((keys: readonly string[]) => this.#read(kind, keys));
    this.#asks = {
      similar: asking('similar'),
      for_you: asking('for_you'),
      together: asking('together'),
      search: asking('search'),
    };
  }

  /**
   * Reads anew what was written since the edition known so far. A new build is another edition: nothing of the former stays.
   * When what changed cannot be learnt, the former edition stays and the next call asks again.
   */
  async renew(edition: Edition): Promise<void> {
    const former = this.#edition;
    const isSameBuild = former.base === edition.base;
    const changed =
      isSameBuild && former.version !== edition.version
        ? await this.#ch.rows(listChangedNeighbours, { workspace: this.#workspace, after: former.version })
        : [];
    this.#edition = edition;
    if (!isSameBuild) this.#known.clear();
    // All are forgotten before any is read: whatever fails then, no former list serves on.
    const forgotten = changed.filter(({ kind, item }) => this.#known.delete(`${kind} ${item}`));
    for (const kind of neighbourKinds) {
      const items = forgotten.filter((row) => row.kind === kind).map(({ item }) => item);
      for (let from = 0; from < items.length; from += pageLists)
        await this.#read(kind, items.slice(from, from + pageLists));
    }
  }

  /** Reads everything there is for the edition of now, until memory is full or a new edition comes. */
  async readAll(): Promise<void> {
    const edition = this.#edition;
    for (const kind of neighbourKinds) {
      for (let after = ''; ; ) {
        const rows = await this.#ch.rows(
          pageNeighbours,
          { workspace: this.#workspace, kind, after, since: edition.base, limit: pageLists },
          { lane: 'heavy' },
        );
        if (edition !== this.#edition || this.#known.calculatedSize > mostBytes * 0.9) return;
        for (const { item, others, scores } of rows)
          this.#known.set(`${kind} ${item}`, toNumbers(edition.catalogue, others, scores));
        const last = rows.at(-1);
        if (last === undefined || rows.length < pageLists) break;
        after = last.item;
      }
    }
  }

  async find(kind: NeighbourKind, keys: readonly string[]): Promise<ReadonlyMap<string, Ranked>> {
    const found = new Map<string, Ranked>();
    const missing: string[] = [];
    for (const key of new Set(keys)) {
      const known = this.#known.get(`${kind} ${key}`);
      if (known === undefined) missing.push(key);
      else found.set(key, known);
    }
    if (missing.length === 0) return found;
    const read = await Promise.all(missing.map(async (key) => [key, await this.#asks[kind](key)] as const));
    for (const [key, ranked] of read) found.set(key, ranked);
    return found;
  }

  async #read(kind: NeighbourKind, keys: readonly string[]): Promise<Ranked[]> {
    const edition = this.#edition;
    const asked = [...new Set(keys)];
    const rows = await this.#ch.rows(readNeighbours, {
      workspace: this.#workspace,
      kind,
      items: asked,
      since: edition.base,
    });
    const lists = new Map(rows.map(({ item, others, scores }) => [item, toNumbers(edition.catalogue, others, scores)]));
    // What was read while something newer came would be kept too long.
    if (edition === this.#edition)
      for (const key of asked) this.#known.set(`${kind} ${key}`, lists.get(key) ?? nothing);
    return keys.map((key) => lists.get(key) ?? nothing);
  }
}
