import type { Catalogue, Model, Variant } from '../catalogue/catalogue.ts';
import type { Department } from '../catalogue/categories.table.ts';
import type { Category } from '../catalogue/categories.ts';
import { listPriceIn } from '../catalogue/prices.ts';
import { stockOf } from '../catalogue/stock.ts';
import { type Language, type Site, siteByCode } from '../market.ts';
import { type Texts, texts } from './texts.ts';

/** What every page needs: the French pages are the French site's, in euros; the English ones Britain's, in pounds. */
export interface Shop {
  readonly language: Language;
  readonly texts: Texts;
  readonly site: Site;
  readonly catalogue: Catalogue;
  /** Hashed file names of the bundle, with a leading slash. */
  readonly script: string;
  readonly style: string;
  readonly preload: readonly string[];
}

export function shopFor(
  language: Language,
  catalogue: Catalogue,
  bundle: Pick<Shop, 'script' | 'style' | 'preload'>,
): Shop {
  return { language, texts: texts[language], site: siteByCode(language === 'fr' ? 'fr' : 'uk'), catalogue, ...bundle };
}

export const departments: readonly Department[] = ['women', 'men', 'home'];

export const modelName = (shop: Shop, model: Model): string => (shop.language === 'fr' ? model.fr : model.en);
export const categoryName = (shop: Shop, category: Category): string =>
  shop.language === 'fr' ? category.fr : category.en;
export const colourName = (shop: Shop, variant: Variant): string =>
  shop.language === 'fr' ? variant.colour.fr : variant.colour.en;

export const modelPath = (shop: Shop, model: Model): string => `/${shop.language}/p/${model.slug}/`;
export const categoryPath = (shop: Shop, category: Category): string => `/${shop.language}/c/${category.slug}/`;
export const departmentPath = (shop: Shop, department: Department): string => `/${shop.language}/d/${department}/`;
export const picturePath = (variant: Variant): string => `/pictures/${variant.model.id}-${variant.colour.code}.svg`;

/** List price in the main unit. */
export const priceOf = (shop: Shop, model: Model): number => listPriceIn(model, shop.site.currency) / 100;

export function money(shop: Shop, amount: number): string {
  const locale = shop.language === 'fr' ? 'fr-FR' : 'en-GB';
  const fraction = Number.isInteger(amount) ? 0 : 2;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: shop.site.currency,
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  }).format(amount);
}

/** The shelf shown on the pages does not depend on the day they were built. */
const shelfSeed = 20;

export const inStock = (variant: Variant): boolean => stockOf(shelfSeed, variant, 0) > 0;

/** The first colour with something left, or simply the first. */
export function displayed(model: Model): Variant {
  const variant = model.variants.find(inStock) ?? model.variants[0];
  if (variant === undefined) throw new RangeError(`${model.id} has no variants.`);
  return variant;
}

/** What events say about an article: e-commerce v2 names. The client adds quantity, position and coupon. */
export interface ArticleData {
  readonly product_id: string;
  readonly sku: string;
  readonly group_id: string;
  readonly category: string;
  readonly name: string;
  readonly brand: string;
  readonly variant: string;
  readonly price: number;
  readonly currency: string;
  readonly url: string;
  readonly image_url: string;
}

export function articleData(shop: Shop, variant: Variant): ArticleData {
  const { model, size } = variant;
  return {
    product_id: variant.sku,
    sku: variant.sku,
    group_id: model.id,
    category: categoryName(shop, model.category),
    name: modelName(shop, model),
    brand: model.brand,
    variant: `${colourName(shop, variant)}${size === 'TU' ? '' : ` / ${size}`}`,
    price: priceOf(shop, model),
    currency: shop.site.currency,
    url: modelPath(shop, model),
    image_url: picturePath(variant),
  };
}
