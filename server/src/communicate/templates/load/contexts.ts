import type { Deps, Json, JsonObject } from '../../../platform/index.ts';
import type { Compiled } from '../engine/compiled.ts';
import type { CountdownLink } from '../images/countdownLink.ts';
import { readAnyProducts } from '../sql/products.pg.ts';
import { readLastViewed } from '../sql/viewed.ch.ts';
import type { House, HouseSite } from './house.ts';
import { loadOrderTotals, type Person } from './people.ts';
import { type CatalogueProduct, type MessageProducts, productsSaid, showProduct } from './products.ts';

/** A product that was chosen for somebody, and why in words of their language. */
export interface Recommended {
  readonly product: string;
  readonly reason: string;
}

/** What was chosen for somebody, and the experiment that chose how; null: none did. */
interface RecommendedList {
  readonly products: readonly Recommended[];
  readonly experiment: string | null;
}

/** Chooses products for many people at once; by profile row. Who is unknown gets what is popular. */
export type RecommendToMany = (
  workspace: number,
  ask: {
    profiles: readonly number[];
    limit: number;
    site: string | null;
    language: string;
    slots: readonly string[];
    purpose: 'kept' | 'preview';
  },
) => Promise<ReadonlyMap<number, RecommendedList>>;

/** What is known of offers and points of people, by profile row: stands under `points`, `offers` and `coupons`. */
export type ReadBenefits = (workspace: number, profiles: readonly number[]) => Promise<ReadonlyMap<number, JsonObject>>;

export interface ContextDeps extends Pick<Deps, 'pg' | 'ch' | 'clock'> {
  readonly products: MessageProducts;
  readonly countdown: CountdownLink;
  readonly recommend?: RecommendToMany | undefined;
  readonly benefits?: ReadBenefits | undefined;
}

/** One message, before it is known what its template asks. */
export interface Subject {
  readonly profile: number;
  readonly person: Person | undefined;
  readonly variables: JsonObject;
  readonly site: HouseSite | null;
  readonly variant: string;
  /** It is not for this person: what experiments give them is looked at, and not kept. */
  readonly trial: boolean;
}

/** What a template may say to somebody. */
export interface Loaded {
  readonly context: JsonObject;
  /** The experiment that chose how products are recommended; null: none, or none are asked for. */
  readonly recommendedBy: string | null;
}

const shownProducts = 12;
const viewedDays = 90;
const dayMs = 86_400_000;

const exampleProducts = 2;

/**
 * Where nothing caused a message (a preview, a check), products of the shop stand in for those of an event. Null where
 * something did.
 */
export async function loadExamples(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  variables: JsonObject,
): Promise<JsonObject | null> {
  if (productsSaid(variables).length > 0) return null;
  const rows = await pg.rows(readAnyProducts, { workspace, limit: exampleProducts });
  return rows.length === 0 ? null : { ...variables, products: rows.map(({ product_id }) => product_id) };
}

/** Names of ours: what a caller brings along under one of them does not count. */
export const ownNames: ReadonlySet<string> = new Set([
  'customer',
  'brand',
  'products',
  'recommended',
  'recently_viewed',
  'points',
  'offers',
  'coupons',
  'unsubscribe_url',
  'preferences_url',
  'language',
  'variant',
  'now',
]);

/** Names that come with what caused a message. */
export const broughtNames: ReadonlySet<string> = new Set([
  'event',
  'journey',
  'campaign',
  'coupon',
  'offer',
  'confirm_url',
]);

/** What templates may say of these people: asked of the stores once for all of them, and only what is used. */
export async function loadContexts(
  deps: ContextDeps,
  {
    workspace,
    house,
    compiled,
    template,
  }: { workspace: number; house: House; compiled: Compiled; template: number | null },
  subjects: readonly Subject[],
): Promise<Loaded[]> {
  const { asks, kit, language } = compiled;
  const now = deps.clock.now();
  const people = subjects.flatMap(({ person }) => person ?? []);
  const [totals, chosen, viewed, benefits] = await Promise.all([
    asks.has('customer') ? loadOrderTotals(deps, workspace, people) : new Map<number, JsonObject>(),
    asks.has('recommended')
      ? recommendAll(deps, { workspace, template, language }, subjects)
      : new Map<Subject, RecommendedList>(),
    asks.has('recently_viewed') ? loadViewed(deps, workspace, people, now) : new Map<number, readonly string[]>(),
    deps.benefits !== undefined && ['points', 'offers', 'coupons'].some((name) => asks.has(name))
      ? deps.benefits(
          workspace,
          subjects.map(({ profile }) => profile),
        )
      : new Map<number, JsonObject>(),
  ]);
  const said = asks.has('products') ? subjects.map(({ variables }) => productsSaid(variables)) : [];
  const wanted = [
    ...said.flatMap((list) => list.flatMap(({ id }) => id ?? [])),
    ...[...chosen.values()].flatMap(({ products }) => products.map(({ product }) => product)),
    ...[...viewed.values()].flat(),
  ];
  const catalogue = await deps.products.get(workspace, wanted);
  const anything =
    asks.has('recommended') && subjects.some((subject) => (chosen.get(subject)?.products.length ?? 0) === 0)
      ? await deps.products.any(workspace, shownProducts)
      : [];
  return subjects.map((subject, index) => {
    const { profile, person, variables, site, variant } = subject;
    const shown = { site, currency: house.currency };
    const customer = person?.customer ?? {};
    const benefit = benefits.get(profile) ?? {};
    const list = chosen.get(subject);
    const context = {
      ...variables,
      ...benefit,
      customer: { ...customer, orders: totals.get(person?.root ?? 0) ?? noOrders },
      brand: kit,
      products: (said[index] ?? []).map(({ id, said: own }) =>
        showProduct(id === null ? undefined : catalogue.get(id), { ...shown, said: own }),
      ),
      recommended: showRecommended(list?.products ?? [], { catalogue, anything, shown }),
      recently_viewed: (viewed.get(person?.root ?? 0) ?? []).flatMap((id) => showKnown(catalogue.get(id), shown)),
      language,
      variant,
      now: now.toISOString(),
    };
    return { context, recommendedBy: list?.experiment ?? null };
  });
}

const noOrders: JsonObject = { count: 0, total: 0, last_at: null };

type Shown = { site: HouseSite | null; currency: string };

/** Gone and sold-out products are passed over: nobody wants a mail about what they cannot have. */
const showKnown = (product: CatalogueProduct | undefined, shown: Shown): JsonObject[] =>
  product === undefined || product.row.removed || product.row.availability !== 'in_stock'
    ? []
    : [showProduct(product, shown)];

function showRecommended(
  chosen: readonly Recommended[],
  parts: { catalogue: ReadonlyMap<string, CatalogueProduct>; anything: readonly CatalogueProduct[]; shown: Shown },
): Json[] {
  const { catalogue, anything, shown } = parts;
  const items = chosen.flatMap(({ product, reason }) =>
    showKnown(catalogue.get(product), shown).map((item) => ({ ...item, reason })),
  );
  return items.length > 0 ? items : anything.map((product) => ({ ...showProduct(product, shown), reason: '' }));
}

/** A place of its own for experiments, beside each template. */
const messagesSlot = 'messages';

/** By site, since people of each see its own products; those it is only tried with apart. */
async function recommendAll(
  { recommend }: ContextDeps,
  { workspace, template, language }: { workspace: number; template: number | null; language: string },
  subjects: readonly Subject[],
): Promise<ReadonlyMap<Subject, RecommendedList>> {
  if (recommend === undefined) return new Map();
  const groups = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const name = `${subject.trial}/${subject.site?.name ?? ''}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [subject]);
    else group.push(subject);
  }
  const slots = [...(template === null ? [] : [`template-${template}`]), messagesSlot];
  const all = new Map<Subject, RecommendedList>();
  for (const group of groups.values()) {
    const [{ site, trial } = { site: null, trial: true }] = group;
    const some = await recommend(workspace, {
      profiles: group.map(({ profile }) => profile),
      limit: shownProducts,
      site: site?.name ?? null,
      language,
      slots,
      purpose: trial ? 'preview' : 'kept',
    });
    for (const subject of group) {
      const list = some.get(subject.profile);
      if (list !== undefined) all.set(subject, list);
    }
  }
  return all;
}

/** By root, newest first, each product once. */
async function loadViewed(
  { ch }: ContextDeps,
  workspace: number,
  people: readonly Person[],
  now: Date,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rootOf = new Map(people.flatMap(({ root, members }) => members.map((member) => [member, root] as const)));
  const until = now.getTime();
  const members = [...rootOf.keys()];
  if (members.length === 0) return new Map();
  const rows = await ch.rows(readLastViewed, { workspace, members, since: until - viewedDays * dayMs, until });
  const viewed = new Map<number, string[]>();
  for (const { profile, product } of rows) {
    const root = rootOf.get(profile) ?? profile;
    const list = viewed.get(root) ?? [];
    if (list.length < shownProducts && !list.includes(product)) list.push(product);
    viewed.set(root, list);
  }
  return viewed;
}
