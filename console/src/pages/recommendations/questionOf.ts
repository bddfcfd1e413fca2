import { recommendationStrategies } from '@vitrail/contracts';
import type { Asked } from './asked.ts';

const aNumber = (text: string | undefined, least = 0): number | undefined => {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= least ? value : undefined;
};
const wholeNumber = (text: string | undefined, least = 0): number | undefined => {
  const value = aNumber(text, least);
  return value === undefined ? undefined : Math.round(value);
};

/** The same as a question to the server; what is not a number, or empty, is left out. */
export function questionOf({ tab: _tab, ...asked }: Asked, lang: 'en' | 'fr', currency: string) {
  const minPrice = aNumber(asked.minPrice);
  const maxPrice = aNumber(asked.maxPrice);
  return {
    profile: asked.profile,
    product: asked.product,
    query: asked.query?.trim(),
    strategy: recommendationStrategies.find((one) => one === asked.strategy),
    site: asked.site,
    category: asked.category,
    brand: asked.brand,
    minPrice,
    maxPrice,
    // A price means nothing without its currency.
    currency: minPrice === undefined && maxPrice === undefined ? undefined : currency,
    inStock: asked.inStock === 'false' ? 'false' : undefined,
    mySize: asked.mySize === 'true' && asked.profile !== undefined ? 'true' : undefined,
    newFirst: asked.newFirst === 'true' ? 'true' : undefined,
    notBoughtDays: wholeNumber(asked.notBoughtDays),
    brandCap: wholeNumber(asked.brandCap, 1),
    limit: 12,
    lang,
  };
}
