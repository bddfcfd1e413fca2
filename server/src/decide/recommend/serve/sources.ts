import type { RecommendationReasonKind, RecommendationStrategy } from '@vitrail/contracts';
import type { Pg } from '../../../platform/index.ts';
import { faded, priorTrust } from '../engine/rank.ts';
import { searchByText } from '../sql/products.pg.ts';
import type { NeighbourKind } from './neighbours.ts';
import type { Person, Signal } from './person.ts';
import type { ListName, Shelf } from './shelf.ts';

/** An item that could be shown, and why. `because` is the item the reason speaks of. */
export interface Candidate {
  readonly item: number;
  readonly score: number;
  readonly reason: RecommendationReasonKind;
  readonly because: number | null;
}

/** What is asked, as the sources need it. */
export interface Ask {
  readonly pg: Pg;
  readonly workspace: number;
  readonly shelf: Shelf;
  readonly person: Person | null;
  /** Items looked at or in the cart. */
  readonly anchors: readonly number[];
  readonly query: string | null;
  readonly site: string | null;
  /** Milliseconds. */
  readonly now: number;
}

type Source = (ask: Ask) => Promise<Candidate[]> | Candidate[];

/** How many of what a person had is asked about. */
const recentItems = 60;
const backDays = 30;
const dayMs = 86_400_000;
const fewAnchors = 5;

/** Words as they are compared: without case, accents and doubled spaces. */
export const searchKey = (words: string): string =>
  words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

const ofList =
  (name: ListName): Source =>
  ({ shelf, site }) => {
    const { items, scores } = shelf.list(name, site);
    return Array.from(items, (item, at) => ({ item, score: scores[at] ?? 0, reason: name, because: null }));
  };

interface Weighted {
  readonly item: number;
  readonly weight: number;
  readonly reason: RecommendationReasonKind;
}

/** Adds up the neighbours of what is given; the reason is whatever adds most. */
async function around({ shelf }: Ask, kind: NeighbourKind, given: readonly Weighted[]): Promise<Candidate[]> {
  const { catalogue, sums } = shelf;
  const keyOf = (item: number): string => catalogue.items[item]?.key ?? '';
  const found = await shelf.neighbours(
    kind,
    given.map(({ item }) => keyOf(item)),
  );
  // Products that came since the last full build have no more than what is similar to them.
  const late =
    kind === 'for_you' ? given.map(({ item }) => keyOf(item)).filter((key) => found.get(key)?.items.length === 0) : [];
  const like = late.length === 0 ? found : await shelf.neighbours('similar', late);
  given.forEach(({ item, weight }, by) => {
    const own = found.get(keyOf(item));
    const list = own !== undefined && own.items.length > 0 ? own : like.get(keyOf(item));
    for (let at = 0; list !== undefined && at < list.items.length; at += 1)
      sums.add(list.items[at] ?? 0, weight * (list.scores[at] ?? 0), by);
  });
  const had = new Set(given.map(({ item }) => item));
  return sums.take((item, score, by) => {
    const because = given[by];
    if (because === undefined || score <= 0 || had.has(item)) return null;
    return { item, score, reason: because.reason, because: because.item };
  });
}

const signalReason = { viewed: 'because_viewed', added: 'because_cart', bought: 'because_bought' } as const;

/** What a person did, by kind and age, newest first; the same thing again counts three times at most. */
function interests({ shelf, person, now }: Ask, kinds: readonly Signal['kind'][], most: number): Weighted[] {
  const { weights, halfLifeDays } = shelf.settings;
  return (person?.signals ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .slice(0, most)
    .map(({ item, kind, times, at }) => ({
      item,
      weight: faded(weights[kind] * Math.min(3, times), now - at, halfLifeDays),
      reason: signalReason[kind],
    }))
    .filter(({ weight }) => weight > 0);
}

const anchored = (ask: Ask, reason: RecommendationReasonKind): Weighted[] =>
  ask.anchors.map((item) => ({ item, weight: 1, reason }));

/** Of a category with more, those nearest in the order of the catalogue are looked at. */
const mostAlike = 1_000;

/** Those of the same category, of the same brand first: for products that nobody has had together with others yet. */
function likeByContent({ shelf }: Ask, anchors: readonly number[], reason: RecommendationReasonKind): Candidate[] {
  const { items, byCategory } = shelf.catalogue;
  return anchors.flatMap((anchor) => {
    const own = items[anchor];
    const price = own?.variants[0]?.prices[0]?.amount ?? 0;
    const kin = byCategory.get(own?.category ?? '') ?? [];
    const from = Math.max(0, Math.min(kin.length - mostAlike, kin.indexOf(anchor) - mostAlike / 2));
    return kin
      .slice(from, from + mostAlike)
      .filter((item) => item !== anchor)
      .map((item) => {
        const other = items[item]?.variants[0]?.prices[0]?.amount ?? 0;
        const likePrice = price > 0 && other > 0 ? Math.min(price, other) / Math.max(price, other) : 0;
        const sameBrand = own?.brand !== null && items[item]?.brand === own?.brand ? 1 : 0;
        // Far below any similarity that was observed.
        return { item, score: (1 + sameBrand + likePrice) * 1e-6, reason, because: anchor };
      });
  });
}

/** The best score of each item. */
function merged(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const known = best.get(candidate.item);
    if (known === undefined || known.score < candidate.score) best.set(candidate.item, candidate);
  }
  return [...best.values()];
}

/** What the newest interests foresee. EASE also counts what everybody likes; its weights are of a history of ones. */
async function forYou(ask: Ask): Promise<Candidate[]> {
  const given = interests(ask, ['viewed', 'added', 'bought'], recentItems);
  const candidates = await around(ask, 'for_you', given);
  const { prior } = ask.shelf;
  if (prior === null) return candidates;
  const mean = given.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, given.length);
  const trust = mean * priorTrust(given.length);
  return candidates.map((each) => ({ ...each, score: each.score + trust * (prior[each.item] ?? 0) }));
}

async function similar(ask: Ask): Promise<Candidate[]> {
  const given =
    ask.anchors.length > 0
      ? anchored(ask, 'similar_to')
      : interests(ask, ['viewed', 'added'], fewAnchors).map((each) => ({ ...each, reason: 'because_viewed' as const }));
  const reason = ask.anchors.length > 0 ? 'similar_to' : 'because_viewed';
  const items = given.map(({ item }) => item);
  return merged([...(await around(ask, 'similar', given)), ...likeByContent(ask, items, reason)]);
}

/** In place of a product: what is like it and in the same category, else what is above. */
async function alternatives(ask: Ask): Promise<Candidate[]> {
  const { items } = ask.shelf.catalogue;
  const like = await around(ask, 'similar', anchored(ask, 'alternative_to'));
  const near = like.map((candidate) => {
    const [one, other] = [items[candidate.item]?.category, items[candidate.because ?? -1]?.category];
    return one !== null && one === other ? { ...candidate, score: candidate.score * 4 } : candidate;
  });
  return merged([...near, ...likeByContent(ask, ask.anchors, 'alternative_to')]);
}

async function search(ask: Ask): Promise<Candidate[]> {
  const key = searchKey(ask.query ?? '');
  if (key === '') return [];
  const { byProduct } = ask.shelf.catalogue;
  const after = (await ask.shelf.neighbours('search', [key])).get(key);
  const known = Array.from(after?.items ?? [], (item, at) => {
    // What people chose after the words stands before what only has the words in its text.
    return { item, score: 1 + (after?.scores[at] ?? 0), reason: 'searched' as const, because: null };
  });
  const words = key.split(' ').sort((one, other) => other.length - one.length);
  const pattern = (word: string | undefined): string =>
    word === undefined ? '%' : `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await ask.pg.rows(searchByText, {
    workspace: ask.workspace,
    words: key,
    first: pattern(words[0]),
    second: pattern(words[1]),
    third: pattern(words[2]),
  });
  const byText = rows.flatMap(({ product_id, score }) => {
    const item = byProduct.get(product_id);
    return item === undefined ? [] : [{ item, score, reason: 'searched' as const, because: null }];
  });
  return merged([...known, ...byText]);
}

function recentlyViewed({ person }: Ask): Candidate[] {
  const looked = (person?.signals ?? []).filter(({ kind }) => kind !== 'bought');
  return merged(
    looked.map(({ item, at }) => ({ item, score: at / dayMs, reason: 'recently_viewed' as const, because: null })),
  );
}

/** What came back within a month: first what the person had looked at, then what everybody likes. */
function backInStock({ shelf, person, site, now }: Ask): Candidate[] {
  const wanted = new Map(
    (person?.signals ?? []).filter(({ kind }) => kind !== 'bought').map(({ item, at }) => [item, at]),
  );
  const { items } = shelf.list('popular', site);
  const liked = new Map(Array.from(items, (item, place) => [item, 1 - place / items.length]));
  return shelf.catalogue.cameBack.flatMap((item) => {
    if (now - (shelf.catalogue.items[item]?.backAt ?? 0) > backDays * dayMs) return [];
    const looked = wanted.get(item);
    const score = looked === undefined ? (liked.get(item) ?? 0) : 2 + faded(1, now - looked, 30);
    return [{ item, score, reason: 'back_in_stock' as const, because: null }];
  });
}

const sources: Readonly<Record<RecommendationStrategy, Source>> = {
  popular: ofList('popular'),
  trending: ofList('trending'),
  most_viewed: ofList('most_viewed'),
  similar,
  bought_together: async (ask) =>
    around(
      ask,
      'together',
      ask.anchors.length > 0
        ? anchored(ask, 'bought_with')
        : interests(ask, ['bought'], fewAnchors).map((each) => ({ ...each, reason: 'bought_with' as const })),
    ),
  for_you: forYou,
  search,
  recently_viewed: recentlyViewed,
  alternatives,
  back_in_stock: backInStock,
};

export const candidatesOf = async (strategy: RecommendationStrategy, ask: Ask): Promise<Candidate[]> =>
  sources[strategy](ask);

/** Asked in order until there is enough. After the last, any product will do: a block is never empty. */
export const fallbacks: Readonly<Record<RecommendationStrategy, readonly RecommendationStrategy[]>> = {
  popular: ['popular', 'most_viewed'],
  trending: ['trending', 'popular', 'most_viewed'],
  most_viewed: ['most_viewed', 'popular'],
  similar: ['similar', 'bought_together', 'popular', 'most_viewed'],
  bought_together: ['bought_together', 'similar', 'popular', 'most_viewed'],
  for_you: ['for_you', 'similar', 'trending', 'popular', 'most_viewed'],
  search: ['search', 'for_you', 'popular', 'most_viewed'],
  recently_viewed: ['recently_viewed', 'for_you', 'popular', 'most_viewed'],
  alternatives: ['alternatives', 'similar', 'popular', 'most_viewed'],
  back_in_stock: ['back_in_stock', 'for_you', 'popular', 'most_viewed'],
};
