import { type RecommendationStrategy, recommendationQuerySchema } from '@vitrail/contracts';
import type { Assigner } from '../../assigner.ts';
import { armOf } from './arm.ts';
import { choose } from './choose.ts';
import { type ChosenStrategy, createStrategyChooser, type StrategyPurpose } from './chooseStrategy.ts';
import type { NeighbourKind } from './neighbours.ts';
import { type Person, readKnown, toPerson } from './person.ts';
import { reasonText } from './reasons.ts';
import { leftOut, type RecommendDeps, toFilters } from './recommend.ts';
import type { Shelf } from './shelf.ts';
import type { Chosen } from './showItems.ts';
import type { Ask } from './sources.ts';

/** A product for somebody, and why, as they read it. */
export interface RecommendedProduct {
  readonly product: string;
  readonly reason: string;
}

export interface ManyAsk {
  /** Any profile rows. */
  readonly profiles: readonly number[];
  readonly limit: number;
  readonly site: string | null;
  readonly language: string;
  /** Names of the place, the narrowest first: an experiment may decide what it shows. */
  readonly slots: readonly string[];
  readonly purpose: StrategyPurpose;
}

/** What somebody is recommended, and the experiment that chose for them; null: none did. */
export interface RecommendedList {
  readonly products: readonly RecommendedProduct[];
  readonly experiment: string | null;
}

/** A message shows a few products: as much as they need. */
const lately = { looked: 60, bought: 200 } as const;

/**
 * What `recommend` says for each of many people, for messages: the stores are asked once for all of them. Who is unknown, or
 * never did anything, gets what is popular.
 */
export function createRecommendMany(
  deps: RecommendDeps & { readonly assigner: Assigner },
): (workspace: number, ask: ManyAsk) => Promise<ReadonlyMap<number, RecommendedList>> {
  const chooser = createStrategyChooser(deps);
  return async (workspace, ask) => {
    const shelf = await deps.shelves.get(workspace);
    const people = await readPeople(deps, workspace, { shelf, profiles: ask.profiles });
    const given = await chooser.forMany(workspace, ask.purpose, {
      roots: [...people.values()].map(({ root }) => root),
      place: { slots: ask.slots, strategy: 'for_you' },
    });
    await warm(shelf, people, given);
    const now = deps.clock.now().getTime();
    const chosen = new Map<number, readonly Chosen[]>();
    const forNobody = new Map<RecommendationStrategy, readonly Chosen[]>();
    for (const profile of ask.profiles) {
      const person = people.get(profile) ?? null;
      const known = person !== null && person.signals.length > 0;
      const strategy =
        (person === null ? undefined : given.get(person.root)?.strategy) ??
        usualFor(workspace, known ? person : null, shelf);
      const remembered = known ? undefined : forNobody.get(strategy);
      const list = remembered ?? (await chooseFor({ pg: deps.pg, workspace, shelf, person, now }, ask, strategy));
      if (!known) forNobody.set(strategy, list);
      chosen.set(profile, list);
    }
    const told = await inWords(deps, workspace, { shelf, chosen, language: ask.language });
    return new Map(
      [...told].map(([profile, products]) => {
        const person = people.get(profile);
        const chosenBy = person === undefined ? undefined : given.get(person.root);
        return [profile, { products, experiment: chosenBy?.experiment ?? null }];
      }),
    );
  };
}

/** Where no experiment decides: a share of those who did something gets what is popular, to compare. */
const usualFor = (workspace: number, known: Person | null, { settings }: Shelf): RecommendationStrategy =>
  known !== null && armOf(workspace, known.root, settings.popularArm) === 'recommended' ? 'for_you' : 'popular';

async function chooseFor(
  parts: Pick<Ask, 'pg' | 'workspace' | 'shelf' | 'person' | 'now'>,
  { limit, site }: ManyAsk,
  strategy: RecommendationStrategy,
): Promise<readonly Chosen[]> {
  const query = { ...recommendationQuerySchema.parse({}), limit, ...(site === null ? {} : { site }) };
  const ask: Ask = { ...parts, anchors: [], query: null, site };
  const eligible = parts.shelf.eligible.find(toFilters(query, strategy, parts.person));
  const left = leftOut(ask, query, strategy);
  return (await choose(ask, { query, strategy, eligible, left })).chosen;
}

/** What each of them did lately. Who is gone is left out. */
async function readPeople(
  deps: RecommendDeps,
  workspace: number,
  { shelf, profiles }: { shelf: Shelf; profiles: readonly number[] },
): Promise<ReadonlyMap<number, Person>> {
  const known = await readKnown(deps, workspace, { profiles, sized: new Set(), ...lately });
  return new Map([...known].map(([profile, each]) => [profile, toPerson(each, shelf.catalogue, null)]));
}

/** The neighbours that a strategy of messages asks about. */
const neighboursOf: Readonly<Partial<Record<RecommendationStrategy, NeighbourKind>>> = {
  similar: 'similar',
  bought_together: 'together',
};

/** The neighbours of all that any of them had, read at once: each of them then finds its own in memory. */
async function warm(
  shelf: Shelf,
  people: ReadonlyMap<number, Person>,
  given: ReadonlyMap<number, ChosenStrategy>,
): Promise<void> {
  const keys = new Map<NeighbourKind, Set<string>>();
  for (const { root, signals } of people.values()) {
    const kind = neighboursOf[given.get(root)?.strategy ?? 'for_you'] ?? 'for_you';
    const own = keys.get(kind) ?? new Set<string>();
    keys.set(kind, own);
    for (const { item } of signals) own.add(shelf.catalogue.items[item]?.key ?? '');
  }
  await Promise.all([...keys].map(([kind, own]) => (own.size === 0 ? null : shelf.neighbours(kind, [...own]))));
}

async function inWords(
  { products }: RecommendDeps,
  workspace: number,
  parts: { shelf: Shelf; chosen: ReadonlyMap<number, readonly Chosen[]>; language: string },
): Promise<ReadonlyMap<number, readonly RecommendedProduct[]>> {
  const { catalogue } = parts.shelf;
  const spoken = (because: number | null): string | null => catalogue.items[because ?? -1]?.variants[0]?.id ?? null;
  const ids = new Set(
    [...parts.chosen.values()].flatMap((list) => list.flatMap(({ because }) => spoken(because) ?? [])),
  );
  const shown = await products.find(workspace, catalogue, [...ids]);
  const lang = parts.language.startsWith('fr') ? 'fr' : 'en';
  return new Map(
    [...parts.chosen].map(([profile, list]) => [
      profile,
      list.map(({ variant, reason, because, ranked }) => {
        const title = shown.get(spoken(because) ?? '')?.summary.title ?? null;
        return { product: variant.id, reason: reasonText(reason, lang, { title, ranked }) };
      }),
    ]),
  );
}
