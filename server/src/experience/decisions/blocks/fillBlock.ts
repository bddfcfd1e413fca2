import type { DecisionContext, ExperienceBlock, ShownBlock, ShownProduct } from '@vitrail/contracts';
import type { PageRecommender, StrategyPurpose } from '../../../decide/index.ts';
import type { createCountPeople } from './countPeople.ts';

/** Of offers and points, what pages may say; from the communicate room, handed in by `app/`. */
export interface ShopBenefits {
  /** Offers that run now, by key, and when each ends; null: it has no end. */
  offerEnds(workspace: number): Promise<ReadonlyMap<string, Date | null>>;
  /** Null where there is no programme. */
  standing(workspace: number, root: number): Promise<Standing | null>;
}

interface Standing {
  readonly points: number;
  readonly tier: string | null;
  readonly next: { readonly name: string; readonly missing: number } | null;
}

export interface FillDeps {
  readonly benefits: ShopBenefits;
  readonly recommender: PageRecommender;
  readonly countPeople: ReturnType<typeof createCountPeople>;
}

/** Here and now, as blocks need it. */
export interface BlockMoment {
  readonly workspace: number;
  readonly site: string | null;
  readonly context: DecisionContext;
  /** The customer, where they agreed to be known; else null. */
  readonly root: number | null;
  /** Known by more than the id of a device. */
  readonly known: boolean;
  readonly language: string;
  readonly now: Date;
  /** Key of the experience. */
  readonly experience: string;
  /** Goes with what is told of a list: which experience, which variant. */
  readonly list: string;
  /** What becomes of the answer, where an experiment decides what is recommended. */
  readonly purpose: StrategyPurpose;
}

/** A block with what it says; null when it has nothing to say. */
export async function fillBlock(
  deps: FillDeps,
  block: ExperienceBlock,
  moment: BlockMoment,
): Promise<ShownBlock | null> {
  switch (block.type) {
    case 'image':
    case 'remaining':
    case 'recently_viewed':
      return block;
    case 'countdown':
      return countdown(deps, block, moment);
    case 'recommendations':
      return recommendations(deps, block, moment);
    case 'stars': {
      const product = await inView(deps, moment);
      return product?.rating == null ? null : { type: 'stars', ...product.rating };
    }
    case 'social_proof':
      return socialProof(deps, block, moment);
    case 'loyalty': {
      // Points are a person's own: a device alone is nobody.
      if (moment.root === null || !moment.known) return null;
      const standing = await deps.benefits.standing(moment.workspace, moment.root);
      return standing === null ? null : { type: 'loyalty', ...standing };
    }
  }
}

type BlockOf<Type extends ExperienceBlock['type']> = Extract<ExperienceBlock, { type: Type }>;

const inView = ({ recommender }: FillDeps, { workspace, context }: BlockMoment) => {
  const id = context.product?.id;
  return id === undefined || id === '' ? null : recommender.look(workspace, id);
};

async function countdown(
  { benefits }: FillDeps,
  { until, offer }: BlockOf<'countdown'>,
  { workspace, now }: BlockMoment,
): Promise<ShownBlock | null> {
  const end = offer === undefined ? new Date(until ?? '') : (await benefits.offerEnds(workspace)).get(offer);
  return end == null || !(end > now) ? null : { type: 'countdown', until: end.toISOString() };
}

async function recommendations(
  { recommender }: FillDeps,
  { heading, slot, strategy, fallback, count, reasons }: BlockOf<'recommendations'>,
  { workspace, site, context, root, language, experience, list, purpose }: BlockMoment,
): Promise<ShownBlock | null> {
  const query = context.search?.query?.trim() ?? '';
  const { arm, items } = await recommender.recommend(workspace, {
    root,
    slots: slot === undefined ? [experience] : [slot, experience],
    purpose,
    strategy: strategy ?? null,
    fallback: fallback ?? null,
    count,
    product: context.product?.id ?? null,
    cart: context.cart?.products ?? [],
    query: query === '' ? null : query.slice(0, 200),
    site,
    lang: language === 'fr' ? 'fr' : 'en',
  });
  if (items.length === 0) return null;
  const shown = items.map(({ summary, link, strategy: source, reason }): ShownProduct => {
    const price = summary.prices.find((each) => each.site === site) ?? summary.prices[0];
    return {
      id: summary.productId,
      title: summary.title,
      link,
      picture: summary.imageLink === null ? null : `/v1/picture/${encodeURIComponent(summary.productId)}`,
      price: price === undefined ? null : (price.salePrice ?? price.price),
      before: price === undefined || price.salePrice === null ? null : price.price,
      currency: price?.currency ?? null,
      strategy: source,
      reason: reasons ? reason : '',
    };
  });
  return { type: 'recommendations', heading, list, arm, items: shown };
}

async function socialProof(
  deps: FillDeps,
  { act, hours, minimum }: BlockOf<'social_proof'>,
  moment: BlockMoment,
): Promise<ShownBlock | null> {
  const product = moment.context.product?.id;
  if (product === undefined || product === '') return null;
  const known = await inView(deps, moment);
  // Only of products that there are: whoever asks cannot have anything counted.
  if (known === null) return null;
  const people = await deps.countPeople(moment.workspace, act, hours, known.variants);
  return people < minimum ? null : { type: 'social_proof', act, product, people, hours, minimum };
}
