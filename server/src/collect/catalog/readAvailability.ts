import { availabilitySchema, type ProductAvailability } from '@vitrail/contracts';

const words: Readonly<Record<ProductAvailability, readonly string[]>> = {
  in_stock: [
    'in stock',
    'instock',
    'available',
    'limited availability',
    'in store only',
    'en stock',
    'disponible',
    'yes',
  ],
  out_of_stock: [
    ...['out of stock', 'outofstock', 'sold out', 'soldout', 'unavailable', 'discontinued', 'no'],
    ...['rupture', 'rupture de stock', 'en rupture', 'en rupture de stock', 'epuise', 'indisponible'],
  ],
  preorder: ['preorder', 'pre order', 'presale', 'precommande', 'pre commande'],
  backorder: ['backorder', 'back order', 'available for order', 'sur commande'],
};
const byWord = new Map<string, ProductAvailability>();
for (const availability of availabilitySchema.options)
  for (const word of words[availability]) byWord.set(word, availability);

/** The Merchant values, schema.org's addresses (`https://schema.org/InStock`) and what shops write in French; else null. */
export function readAvailability(text: string): ProductAvailability | null {
  const word = text
    .trim()
    .replace(/^https?:\/\/schema\.org\//i, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  return byWord.get(word) ?? null;
}
