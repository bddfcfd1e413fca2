import type { RecommendationSettings, SavedMerchandisingRule } from '@vitrail/contracts';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../../../platform/index.ts';
import { readRules, readSettings } from '../settings.ts';
import { readScope } from '../sql/scope.pg.ts';
import { readLists, readNeighbours } from '../sql/serving.ch.ts';
import { type Catalogue, catalogueVersion, loadCatalogue } from './catalogue.ts';
import { EligibleItems } from './filters.ts';

export type NeighbourKind = 'similar' | 'for_you' | 'together' | 'search';
export type ListName = 'popular' | 'trending' | 'most_viewed' | 'prior';

export interface Neighbour {
  readonly key: string;
  readonly score: number;
}

/** Numbers of items, the best first. Flat: a list of a hundred takes 800 bytes. */
export interface Neighbours {
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/** Everything an answer needs that is the same for everybody: of one workspace, kept in memory. */
export interface Shelf {
  readonly catalogue: Catalogue;
  readonly eligible: EligibleItems;
  readonly settings: RecommendationSettings;
  readonly rules: readonly SavedMerchandisingRule[];
  readonly builtAt: Date | null;
  /** Best first. Of a site, or of all where the site has no list. */
  list(name: ListName, site: string | null): readonly Neighbour[];
  neighbours(kind: NeighbourKind, keys: readonly string[]): Promise<ReadonlyMap<string, Neighbours>>;
}

/** Looked at again after so long; what changed is read while the former answers. */
const freshMs = 5_000;
/** Workspaces in memory, and items whose neighbours are. */
const mostShelves = 8;
const mostNeighbours = 50_000;

interface Held {
  shelf: Shelf;
  /** Scope, rules and settings it was made of. */
  made: string;
  checkedAt: number;
  checking: Promise<void> | null;
}

type ShelfDeps = Pick<Deps, 'pg' | 'ch' | 'log'>;

/** Keeps the shelves of the workspaces asked about last. One for each process. */
export class Shelves {
  readonly #deps: ShelfDeps;
  readonly #held = new LRUCache<number, Held>({ max: mostShelves });
  readonly #opening = new Map<number, Promise<Held>>();

  constructor(deps: ShelfDeps) {
    this.#deps = deps;
  }

  async get(workspace: number): Promise<Shelf> {
    const held = this.#held.get(workspace) ?? (await this.#open(workspace));
    if (performance.now() - held.checkedAt > freshMs) {
      held.checking ??= this.#check(workspace, held).finally(() => {
        held.checking = null;
      });
      // The first check after a long pause is waited for: what stands there may be of another day.
      if (performance.now() - held.checkedAt > 12 * freshMs) await held.checking;
      else
        held.checking.catch((error: unknown) =>
          this.#deps.log.warn({ err: error, workspace }, 'recommendations are not fresh'),
        );
    }
    return held.shelf;
  }

  /** After a change of settings or rules the next answer follows it. */
  forget(workspace: number): void {
    this.#held.delete(workspace);
  }

  async #open(workspace: number): Promise<Held> {
    const under = this.#opening.get(workspace);
    if (under !== undefined) return under;
    const opening = this.#make(workspace, null).finally(() => this.#opening.delete(workspace));
    this.#opening.set(workspace, opening);
    const held = await opening;
    this.#held.set(workspace, held);
    return held;
  }

  async #check(workspace: number, held: Held): Promise<void> {
    const next = await this.#make(workspace, held);
    held.shelf = next.shelf;
    held.made = next.made;
    held.checkedAt = performance.now();
  }

  async #make(workspace: number, former: Held | null): Promise<Held> {
    const { pg, ch } = this.#deps;
    const [scope, settings, rules, { version }] = await Promise.all([
      pg.row(readScope, { workspace }),
      readSettings(pg, workspace),
      readRules(pg, workspace),
      catalogueVersion(pg, workspace),
    ]);
    const lastGood = { products: scope?.products ?? 0, builtAt: scope?.built_at ?? null };
    const known = former?.shelf.catalogue;
    const builtAt = lastGood.builtAt?.getTime();
    const steady = known?.version.startsWith(`${version} `) === true;
    const sameBuild = former?.shelf.builtAt?.getTime() === builtAt;
    const catalogue = known !== undefined && steady && sameBuild ? known : await loadCatalogue(pg, workspace, lastGood);
    const made = JSON.stringify([scope?.version ?? 0, settings, rules]);
    const checkedAt = performance.now();
    if (former !== null && former.made === made && catalogue === known)
      return { shelf: former.shelf, made, checkedAt, checking: null };
    const since = scope?.base_version ?? 0;
    const lists = scope === null ? [] : await ch.rows(readLists, { workspace, since });
    const byName = new Map(
      lists.map(({ list, site, items, scores }) => [
        `${list} ${site}`,
        items.map((key, index) => ({ key, score: scores[index] ?? 0 })),
      ]),
    );
    const shelf: Shelf = {
      catalogue,
      eligible: catalogue === known && former !== null ? former.shelf.eligible : new EligibleItems(catalogue),
      settings,
      rules,
      builtAt: lastGood.builtAt,
      list: (name, site) => byName.get(`${name} ${site ?? ''}`) ?? byName.get(`${name} `) ?? [],
      neighbours: rememberNeighbours(ch, workspace, { since, catalogue }),
    };
    return { shelf, made, checkedAt, checking: null };
  }
}

/** Reads the neighbours of the items that were not asked about lately, together. */
function rememberNeighbours(
  ch: ShelfDeps['ch'],
  workspace: number,
  { since, catalogue }: { since: number; catalogue: Catalogue },
): Shelf['neighbours'] {
  const known = new LRUCache<string, Neighbours>({ max: mostNeighbours });
  return async (kind, keys) => {
    const found = new Map<string, Neighbours>();
    const missing: string[] = [];
    for (const key of new Set(keys)) {
      const remembered = known.get(`${kind} ${key}`);
      if (remembered === undefined) missing.push(key);
      else found.set(key, remembered);
    }
    if (missing.length === 0) return found;
    const rows = await ch.rows(readNeighbours, { workspace, kind, items: missing, since });
    const read = new Map(rows.map(({ item, others, scores }) => [item, toNumbers(catalogue, others, scores)]));
    for (const key of missing) {
      const neighbours = read.get(key) ?? nothing;
      known.set(`${kind} ${key}`, neighbours);
      found.set(key, neighbours);
    }
    return found;
  };
}

const nothing: Neighbours = { items: new Int32Array(0), scores: new Float32Array(0) };

/** Those that left the catalogue for good are passed over. */
function toNumbers({ byKey }: Catalogue, others: readonly string[], scores: readonly number[]): Neighbours {
  const known = others.flatMap((key, at) => {
    const item = byKey.get(key);
    return item === undefined ? [] : [{ item, score: scores[at] ?? 0 }];
  });
  return {
    items: Int32Array.from(known, ({ item }) => item),
    scores: Float32Array.from(known, ({ score }) => score),
  };
}
