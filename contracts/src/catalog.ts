import { z } from 'zod';
import { currencySchema, instantSchema, pageOf } from './http.ts';

export const availabilitySchema = z.enum(['in_stock', 'out_of_stock', 'preorder', 'backorder']);
export type ProductAvailability = z.infer<typeof availabilitySchema>;

export const productPriceSchema = z.object({
  site: z.string().meta({ description: "Name of the site, '' when the feed belongs to none" }),
  currency: currencySchema,
  price: z.number(),
  salePrice: z.number().nullable().meta({ description: 'Lower than the price, while the sale lasts' }),
});

export const productSummarySchema = z
  .object({
    productId: z.string(),
    groupId: z.string().nullable().meta({ description: 'Variants of one model share it' }),
    title: z.string(),
    brand: z.string().nullable(),
    category: z.string().nullable(),
    imageLink: z.string().nullable(),
    size: z.string().nullable(),
    color: z.string().nullable(),
    availability: availabilitySchema,
    stock: z.int().nullable(),
    prices: z.array(productPriceSchema),
    updatedAt: instantSchema,
    removedAt: instantSchema.nullable().meta({ description: 'Gone from the last full feed' }),
  })
  .meta({ id: 'ProductSummary' });
export type ProductSummary = z.infer<typeof productSummarySchema>;
export const productPageSchema = pageOf(productSummarySchema);

/** What the catalogue can be sorted by; who has no value comes last in both directions. */
export const productSorts = ['title', 'brand', 'category', 'price', 'stock', 'updated'] as const;
export const productSortSchema = z.enum(productSorts);
export type ProductSort = z.infer<typeof productSortSchema>;

export const productQuerySchema = z.object({
  q: z.string().trim().max(200).optional().meta({ description: 'Words of title, brand, category, id or barcode' }),
  brand: z.string().max(300).optional(),
  category: z.string().max(300).optional().meta({ description: 'A category and everything below it' }),
  availability: availabilitySchema.optional(),
  removed: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Also products that are gone from their feed' }),
  sort: productSortSchema
    .optional()
    .meta({ description: 'Without it by id, or the closest first. A cursor belongs to its sort and order' }),
  order: z.enum(['asc', 'desc']).default('asc').meta({ description: 'Of `sort`' }),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const productChangeKindSchema = z.enum([
  'added',
  'back_in_stock',
  'out_of_stock',
  'price_drop',
  'price_rise',
  'removed',
]);
export const productChangeSchema = z.object({
  productId: z.string(),
  kind: productChangeKindSchema,
  site: z.string(),
  currency: z.string().nullable(),
  before: z.string().nullable().meta({ description: 'Availability or price before' }),
  after: z.string().nullable(),
  at: instantSchema,
});
export type ProductChange = z.infer<typeof productChangeSchema>;
export const productChangePageSchema = pageOf(productChangeSchema);
export const productChangeQuerySchema = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const catalogProductSchema = productSummarySchema
  .extend({
    description: z.string().nullable(),
    link: z.string().nullable(),
    gtin: z.string().nullable(),
    attributes: z.record(z.string(), z.unknown()).meta({ description: 'Every other field of the feed, as it came' }),
    variants: z.array(productSummarySchema).meta({ description: 'The other products of its group, 100 at most' }),
    changes: z.array(productChangeSchema).meta({ description: 'The last 20; more under /changes' }),
  })
  .meta({ id: 'CatalogProduct' });
export type CatalogProduct = z.infer<typeof catalogProductSchema>;

export const catalogFacetsSchema = z.object({
  products: z.int(),
  inStock: z.int(),
  outOfStock: z.int(),
  removed: z.int(),
  lastUpdateAt: instantSchema.nullable(),
  brands: z.array(z.object({ name: z.string(), products: z.int() })).meta({ description: 'The 50 largest' }),
  categories: z.array(z.object({ name: z.string(), products: z.int() })).meta({ description: 'The 50 largest' }),
});
export type CatalogFacets = z.infer<typeof catalogFacetsSchema>;

/** Why a row of a product feed or file was refused. */
export const productReasons = {
  no_id: { en: 'No product id', fr: 'Pas de référence produit' },
  id_too_long: { en: 'Product id too long', fr: 'Référence produit trop longue' },
  no_title: { en: 'No title', fr: 'Pas de titre' },
  bad_price: { en: 'Unreadable price', fr: 'Prix illisible' },
  no_currency: { en: 'Price without a currency', fr: 'Prix sans devise' },
  unknown_currency: { en: 'Unknown currency', fr: 'Devise inconnue' },
  bad_availability: { en: 'Unknown availability', fr: 'Disponibilité inconnue' },
  bad_stock: { en: 'Unreadable stock', fr: 'Stock illisible' },
  too_large: { en: 'Row too large', fr: 'Ligne trop longue' },
  duplicate_id: { en: 'Product id twice in one feed', fr: 'Référence en double dans le flux' },
} as const satisfies Record<string, { en: string; fr: string }>;
export type ProductReason = keyof typeof productReasons;
