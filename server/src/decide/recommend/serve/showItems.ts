import type { RecommendationReasonKind, RecommendationStrategy, RecommendedItem } from '@vitrail/contracts';
import type { Catalogue, Variant } from './catalogue.ts';
import { reasonText } from './reasons.ts';
import type { ShownProducts } from './shownProducts.ts';

/** An item chosen for an answer. */
export interface Chosen {
  readonly variant: Variant;
  readonly score: number;
  readonly strategy: RecommendationStrategy;
  readonly reason: RecommendationReasonKind;
  readonly because: number | null;
  /** False for what was taken only because nothing else was left. */
  readonly ranked: boolean;
}

/** An item of an answer, with its page in the shop: for those who make links of it. */
export interface ShownItem extends RecommendedItem {
  readonly link: string | null;
}

/** The chosen products as they are shown, each with its reason in words. */
export async function showItems(
  products: ShownProducts,
  workspace: number,
  { catalogue, chosen, lang }: { catalogue: Catalogue; chosen: readonly Chosen[]; lang: 'en' | 'fr' },
): Promise<ShownItem[]> {
  const spokenOf = (because: number | null): string | null => {
    const item = catalogue.items[because ?? -1];
    return item === undefined ? null : (item.variants[0]?.id ?? item.key);
  };
  const ids = chosen.flatMap(({ variant, because }) => [variant.id, spokenOf(because) ?? '']);
  const byId = await products.find(
    workspace,
    catalogue,
    ids.filter((id) => id !== ''),
  );
  return chosen.flatMap(({ variant, score, strategy, reason, because, ranked }) => {
    const shown = byId.get(variant.id);
    if (shown === undefined) return [];
    const product = spokenOf(because);
    const title = byId.get(product ?? '')?.summary.title ?? null;
    return [
      {
        product: shown.summary,
        score,
        strategy,
        reason: { kind: reason, product, text: reasonText(reason, lang, { title, ranked }) },
        rating: shown.rating,
        link: shown.link,
      },
    ];
  });
}
