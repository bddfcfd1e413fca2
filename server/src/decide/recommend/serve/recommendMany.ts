import { type RecommendationStrategy, recommendationQuerySchema } from '@vitrail/contracts';
import { armOf } from './arm.ts';
import { choose } from './choose.ts';
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
}

/** A message shows a few products: as much as they need. */
const lately = { looked: 60, bought: 200 } as const;

/**
 * What `recommend` says for each of many people, for messages: the stores are asked once for all of them. Who is unknown, or
 * never did anything, gets what is popular.
 */
export function createRecommendMany(
  deps: RecommendDeps,
): (workspace: number, ask: ManyAsk) => Promise<ReadonlyMap<number, readonly RecommendedProduct[]>> {
  return async (workspace, ask) => {
    const shelf = await deps.shelves.get(workspace);
    const people = await readPeople(deps, workspace, { shelf, profiles: ask.profiles });
    await warm(shelf, people);
    const now = deps.clock.now().getTime();
    const chosen = new Map<number, readonly Chosen[]>();
    const forNobody = new Map<RecommendationStrategy, readonly Chosen[]>();
    for (const profile of ask.profiles) {
      const person = people.get(profile) ?? null;
      const known = person !== null && person.signals.length > 0;
      const arm = person === null ? 'recommended' : armOf(workspace, person.root, shelf.settings.popularArm);
      const strategy = known && arm === 'recommended' ? 'for_you' : 'popular';
      const remembered = known ? undefined : forNobody.get(strategy);
      const list = remembered ?? (await chooseFor({ pg: deps.pg, workspace, shelf, person, now }, ask, strategy));
      if (!known) forNobody.set(strategy, list);
      chosen.set(profile, list);
    }
    return inWords(deps, workspace, { shelf, chosen, language: ask.language });
  };
}

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

/** The neighbours of all that any of them had, read at once: each of them then finds its own in memory. */
async function warm(shelf: Shelf, people: ReadonlyMap<number, Person>): Promise<void> {
  const keys = new Set<string>();
  for (const { signals } of people.values())
    for (const { item } of signals) keys.add(shelf.catalogue.items[item]?.key ?? '');
  if (keys.size > 0) await shelf.neighbours('for_you', [...keys]);
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
