import {
  availabilitySchema,
  type ProductSummary,
  productPriceSchema,
  type RecommendationReasonKind,
  type RecommendationStrategy,
  type RecommendedItem,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Pg, PgRow } from '../../../platform/index.ts';
import { readShownProducts } from '../sql/products.pg.ts';
import type { Catalogue, Variant } from './catalogue.ts';
import { readRating } from './rating.ts';
import { reasonText } from './reasons.ts';

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

const prices = z.array(productPriceSchema);
const attributes = z.record(z.string(), z.unknown());

/** The chosen products as they are shown, each with its reason in words. */
export async function showItems(
  pg: Pg,
  workspace: number,
  { catalogue, chosen, lang }: { catalogue: Catalogue; chosen: readonly Chosen[]; lang: 'en' | 'fr' },
): Promise<RecommendedItem[]> {
  const spokenOf = (because: number | null): string | null => {
    const item = catalogue.items[because ?? -1];
    return item === undefined ? null : (item.variants[0]?.id ?? item.key);
  };
  const ids = chosen.flatMap(({ variant, because }) => [variant.id, spokenOf(because) ?? '']);
  const wanted = [...new Set(ids)].filter((id) => id !== '');
  if (wanted.length === 0) return [];
  const rows = await pg.rows(readShownProducts, { workspace, ids: wanted });
  const byId = new Map(rows.map((row) => [row.product_id, row]));
  return chosen.flatMap(({ variant, score, strategy, reason, because, ranked }) => {
    const row = byId.get(variant.id);
    if (row === undefined) return [];
    const product = spokenOf(because);
    const title = byId.get(product ?? '')?.title ?? null;
    return [
      {
        product: toSummary(row),
        score,
        strategy,
        reason: { kind: reason, product, text: reasonText(reason, lang, { title, ranked }) },
        rating: readRating(attributes.parse(row.attributes)),
      },
    ];
  });
}

const toSummary = (row: PgRow<(typeof readShownProducts)['row']>): ProductSummary => ({
  productId: row.product_id,
  groupId: row.group_id,
  title: row.title,
  brand: row.brand,
  category: row.category,
  imageLink: row.image_link,
  size: row.size,
  color: row.color,
  availability: availabilitySchema.parse(row.availability),
  stock: row.stock,
  prices: prices.parse(row.prices),
  updatedAt: row.updated_at.toISOString(),
  removedAt: row.removed_at?.toISOString() ?? null,
});
