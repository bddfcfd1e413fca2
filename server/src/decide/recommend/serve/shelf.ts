import type { RecommendationSettings } from '@vitrail/contracts';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../../../platform/index.ts';
import { readRules, readSettings } from '../settings.ts';
import { readScope } from '../sql/scope.pg.ts';
import { readLists } from '../sql/serving.ch.ts';
import { type Catalogue, catalogueVersion, loadCatalogue } from './catalogue.ts';
import { EligibleItems } from './filters.ts';
import { Merchandiser } from './merchandise.ts';
import { type Edition, type NeighbourKind, NeighbourMemory, nothing, type Ranked, toNumbers } from './neighbours.ts';
import { Sums } from './sums.ts';

export type ListName = 'popular' | 'trending' | 'most_viewed';

/** Everything an answer needs that is the same for everybody: of one workspace, kept in memory. */
export interface Shelf {
  readonly catalogue: Catalogue;
  readonly eligible: EligibleItems;
  readonly settings: RecommendationSettings;
  readonly merchandiser: Merchandiser;
  /** When each item came, in milliseconds, 0 where nobody knows; by number. Beside one another: an answer asks for thousands. */
  readonly addedAt: Float64Array;
  /** To add up scores in, between two waits. */
  readonly sums: Sums;
  readonly builtAt: Date | null;
  /** What each item has for everybody, where EASE serves; by number. */
  readonly prior: Float32Array | null;
  /** Best first. Of a site, or of all where the site has no list. */
  list(name: ListName, site: string | null): Ranked;
  neighbours(kind: NeighbourKind, keys: readonly string[]): Promise<ReadonlyMap<string, Ranked>>;
}

/** Looked at again after so long; what changed is read while the former answers. */
const freshMs = 5_000;
/** The first check after a pause so long is waited for: what stands there may be of another day. */
const pauseMs = 60_000;
/** Workspaces in memory. */
const mostShelves = 8;

interface Held {
  shelf: Shelf;
  neighbours: NeighbourMemory;
  /** Scope, rules and settings it was made of. */
  made: string;
  /** When it was last found to be as the stores say; before everything after `forget`. */
  checkedAt: number;
  /** How often it was to be forgotten. */
  forgotten: number;
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
    while (performance.now() - held.checkedAt > pauseMs) await this.#checkOnce(workspace, held);
    if (performance.now() - held.checkedAt > freshMs)
      this.#checkOnce(workspace, held).catch((error: unknown) =>
        this.#deps.log.warn({ err: error, workspace }, 'recommendations are not fresh'),
      );
    return held.shelf;
  }

  /** After a change of settings or rules the next answer follows it. */
  forget(workspace: number): void {
    const held = this.#held.get(workspace);
    if (held === undefined) return;
    held.forgotten += 1;
    held.checkedAt = Number.NEGATIVE_INFINITY;
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

  #checkOnce(workspace: number, held: Held): Promise<void> {
    held.checking ??= this.#check(workspace, held).finally(() => {
      held.checking = null;
    });
    return held.checking;
  }

  async #check(workspace: number, held: Held): Promise<void> {
    const { forgotten } = held;
    const next = await this.#make(workspace, held);
    held.shelf = next.shelf;
    held.made = next.made;
    // What changed meanwhile may have been read too early.
    if (held.forgotten === forgotten) held.checkedAt = next.checkedAt;
  }

  /** Answers do not wait for it: what it has not read yet they read themselves. */
  #readAhead(workspace: number, neighbours: NeighbourMemory): void {
    neighbours
      .readAll()
      .catch((error: unknown) =>
        this.#deps.log.warn({ err: error, workspace }, 'neighbours are read when they are asked for'),
      );
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
    const steady = known?.version.startsWith(`${version} `) === true;
    const sameBuild = former?.shelf.builtAt?.getTime() === lastGood.builtAt?.getTime();
    const catalogue =
      known !== undefined && steady && sameBuild ? known : await loadCatalogue(pg, workspace, lastGood, known);
    const made = JSON.stringify([scope?.base_version ?? 0, scope?.version ?? 0, settings, rules]);
    const checkedAt = performance.now();
    if (former !== null && former.made === made && catalogue === known) return { ...former, checkedAt };
    const edition = { base: scope?.base_version ?? 0, version: scope?.version ?? 0, catalogue };
    const neighbours = former?.neighbours ?? new NeighbourMemory(ch, workspace, edition);
    await neighbours.renew(edition);
    if (former === null || !sameBuild) this.#readAhead(workspace, neighbours);
    const shelf: Shelf = {
      catalogue,
      eligible: catalogue === known && former !== null ? former.shelf.eligible : new EligibleItems(catalogue),
      settings,
      merchandiser: new Merchandiser(catalogue, rules),
      addedAt:
        catalogue === known && former !== null
          ? former.shelf.addedAt
          : Float64Array.from(catalogue.items, ({ addedAt }) => addedAt),
      sums: new Sums(catalogue.items.length),
      builtAt: lastGood.builtAt,
      ...(await readListsOf(ch, workspace, edition, scope === null)),
      neighbours: (kind, keys) => neighbours.find(kind, keys),
    };
    return { shelf, neighbours, made, checkedAt, forgotten: 0, checking: null };
  }
}

async function readListsOf(
  ch: ShelfDeps['ch'],
  workspace: number,
  { base, catalogue }: Edition,
  never: boolean,
): Promise<Pick<Shelf, 'list' | 'prior'>> {
  const rows = never ? [] : await ch.rows(readLists, { workspace, since: base });
  const byName = new Map(
    rows.map(({ list, site, items, scores }) => [`${list} ${site}`, toNumbers(catalogue, items, scores)]),
  );
  const liked = byName.get('prior ');
  const prior = liked === undefined ? null : new Float32Array(catalogue.items.length);
  liked?.items.forEach((item, at) => {
    if (prior !== null) prior[item] = liked.scores[at] ?? 0;
  });
  return {
    prior,
    list: (name, site) => byName.get(`${name} ${site ?? ''}`) ?? byName.get(`${name} `) ?? nothing,
  };
}
