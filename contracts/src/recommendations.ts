import { z } from 'zod';
import { productSummarySchema } from './catalog.ts';
import { currencySchema } from './http.ts';

/** Where recommended products come from. */
export const recommendationStrategies = [
  'popular',
  'trending',
  'most_viewed',
  'similar',
  'bought_together',
  'for_you',
  'search',
  'recently_viewed',
  'alternatives',
  'back_in_stock',
] as const;
export type RecommendationStrategy = (typeof recommendationStrategies)[number];

/** Why an item is there. `product` is the product the reason speaks of. */
export const recommendationReasonKinds = [
  'popular',
  'trending',
  'most_viewed',
  'similar_to',
  'bought_with',
  'because_bought',
  'because_viewed',
  'because_cart',
  'searched',
  'recently_viewed',
  'alternative_to',
  'back_in_stock',
  'pinned',
  'new',
] as const;
export type RecommendationReasonKind = (typeof recommendationReasonKinds)[number];

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const instant = z.iso.datetime();
const names = (most: number) =>
  z
    .union([z.string().max(300), z.array(z.string().max(300)).max(most)])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .optional();
const flag = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .optional();

/** Filters are applied after scoring and before the cut: an answer is short only when too little is eligible. */
export const recommendationQuerySchema = z.object({
  profile: z.string().max(40).optional(),
  product: names(20).meta({ description: 'Product or products looked at or in the cart' }),
  query: z.string().trim().max(200).optional().meta({ description: 'Words that were searched' }),
  strategy: z.enum(recommendationStrategies).optional().meta({ description: 'Without it: the best for what is given' }),
  slot: z
    .string()
    .trim()
    .max(120)
    .optional()
    .meta({ description: 'Where in the shop: an experiment on recommendations may decide what this place shows' }),
  limit: z.coerce.number().int().min(1).max(50).default(10),
  site: z.string().max(200).optional(),
  currency: currencySchema.optional(),
  minPrice: z.coerce.number().min(0).optional(),
  maxPrice: z.coerce.number().min(0).optional(),
  category: names(50).meta({ description: 'Only of these categories and what is below them' }),
  excludeCategory: names(50),
  brand: names(50),
  excludeBrand: names(50),
  exclude: names(200).meta({ description: 'Products never to answer' }),
  inStock: flag.meta({ description: 'True by default' }),
  mySize: flag.meta({ description: 'Only what is in stock in a size of the profile' }),
  size: names(20).meta({ description: 'Only what is in stock in one of these sizes' }),
  notBoughtDays: z.coerce.number().int().min(0).max(3_650).optional().meta({
    description: 'Leave out what the profile bought in so many days',
  }),
  brandCap: z.coerce.number().int().min(1).max(50).optional().meta({ description: 'At most so many of one brand' }),
  categoryCap: z.coerce.number().int().min(1).max(50).optional(),
  newFirst: flag.meta({ description: 'New products before others of like score' }),
  lang: z.enum(['en', 'fr']).default('en').meta({ description: 'Language of the reasons' }),
});
export type RecommendationQuery = z.infer<typeof recommendationQuerySchema>;

export const recommendedItemSchema = z.object({
  product: productSummarySchema,
  score: z.number(),
  strategy: z.enum(recommendationStrategies).meta({ description: 'The source it came from, which may be a fallback' }),
  reason: z.object({
    kind: z.enum(recommendationReasonKinds),
    product: z.string().nullable(),
    text: z.string().meta({ description: '“Because you bought …”' }),
  }),
  rating: z.object({ average: z.number(), reviews: count }).nullable(),
});
export type RecommendedItem = z.infer<typeof recommendedItemSchema>;

export const recommendationsSchema = z.object({
  items: z.array(recommendedItemSchema),
  strategy: z.enum(recommendationStrategies),
  sources: z.array(z.enum(recommendationStrategies)).meta({ description: 'Asked, in order, until there were enough' }),
  arm: z.enum(['recommended', 'popular']).meta({ description: 'A tenth of people get popular products, to compare' }),
  experiment: z
    .object({ key: z.string(), variation: z.string() })
    .nullable()
    .meta({ description: 'The experiment that chose the strategy for this person' }),
  eligible: count.meta({ description: 'Products that pass the filters' }),
  builtAt: instant.nullable(),
});
export type Recommendations = z.infer<typeof recommendationsSchema>;

/** A merchandiser's word: pinned products come first, boosts multiply scores, buried ones never show. */
export const merchandisingRuleSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  effect: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('pin'), products: z.array(z.string().min(1).max(300)).min(1).max(20) }),
    z.strictObject({ kind: z.literal('boost'), factor: z.number().gt(0).max(10) }),
    z.strictObject({ kind: z.literal('bury') }),
  ]),
  match: z
    .strictObject({
      products: z.array(z.string().max(300)).max(200).default([]),
      categories: z.array(z.string().max(300)).max(50).default([]),
      brands: z.array(z.string().max(300)).max(50).default([]),
      newerThanDays: z.number().int().min(1).max(365).optional(),
    })
    .default({ products: [], categories: [], brands: [] })
    .meta({ description: 'What is boosted or buried; a pin names its products itself' }),
  strategies: z.array(z.enum(recommendationStrategies)).default([]).meta({ description: 'None: all' }),
  site: z.string().max(200).optional(),
  from: instant.optional(),
  to: instant.optional(),
  enabled: z.boolean().default(true),
});
export type MerchandisingRule = z.infer<typeof merchandisingRuleSchema>;
export const savedMerchandisingRuleSchema = merchandisingRuleSchema.extend({ id: z.string(), updatedAt: instant });
export type SavedMerchandisingRule = z.infer<typeof savedMerchandisingRuleSchema>;
export const merchandisingRulesSchema = z.object({ items: z.array(savedMerchandisingRuleSchema) });

export const recommendationSettingsSchema = z.strictObject({
  weights: z.strictObject({
    viewed: z.number().min(0).max(100),
    added: z.number().min(0).max(100),
    bought: z.number().min(0).max(100),
  }),
  halfLifeDays: z.number().min(1).max(3_650),
  newDays: z.number().int().min(1).max(365).meta({ description: 'How long a product counts as new' }),
  popularArm: z.number().min(0).max(0.5).meta({ description: 'Share of people who get popular products, to compare' }),
  notBoughtDays: z.number().int().min(0).max(3_650),
  brandCap: z.number().int().min(1).max(50).nullable(),
});
export type RecommendationSettings = z.infer<typeof recommendationSettingsSchema>;
export const defaultRecommendationSettings: RecommendationSettings = {
  weights: { viewed: 1, added: 3, bought: 5 },
  halfLifeDays: 60,
  newDays: 30,
  popularArm: 0.1,
  notBoughtDays: 90,
  brandCap: null,
};

const rankingSchema = z.object({
  method: z.enum(['popular', 'popular_30d', 'cosine', 'ease', 'for_you']),
  precision10: share,
  recall10: share,
  recall20: share,
  ndcg10: share,
  ndcg20: share,
  hitRate10: share,
  coverage: share.meta({ description: 'Share of the catalogue that anybody was shown' }),
});
export type RecommendationRanking = z.infer<typeof rankingSchema>;

export const recommendationProtocols = ['time', 'user', 'basket'] as const;
export type RecommendationProtocol = (typeof recommendationProtocols)[number];

/** One hidden part of the past, guessed from the rest. */
export const recommendationEvaluationSchema = z.object({
  protocol: z.enum(recommendationProtocols).meta({
    description: '`time`: what came after a day; `user`: a fifth of everyone’s items; `basket`: one item of a basket',
  }),
  at: instant,
  users: count,
  items: count,
  train: count,
  test: count,
  coldShare: share.meta({ description: 'Share of what was hidden that nobody had before the cut' }),
  rankings: z.array(rankingSchema),
});
export type RecommendationEvaluation = z.infer<typeof recommendationEvaluationSchema>;

/** What people did with what they were shown: recommended against a tenth that got popular products. */
const armSchema = z.object({
  arm: z.enum(['recommended', 'popular']),
  people: count,
  shown: count,
  clicked: count,
  ordered: count,
  revenue: z.number(),
});
export const recommendationReportSchema = z.object({
  builtAt: instant.nullable(),
  freshAt: instant.nullable().meta({ description: 'Events up to here are in' }),
  catalogue: z.object({ products: count, inStock: count, alarm: z.string().nullable() }),
  items: count,
  people: count,
  pairs: count.meta({ description: 'Similarities kept' }),
  method: z.enum(['cosine', 'ease']).nullable(),
  running: z
    .object({ run: z.string(), step: z.string(), done: z.number(), total: z.number(), startedAt: instant })
    .nullable(),
  evaluations: z.array(recommendationEvaluationSchema),
  online: z.object({ days: count, arms: z.array(armSchema) }),
});
export type RecommendationReport = z.infer<typeof recommendationReportSchema>;

/** What goes with a product and who buys it, for its page. */
export const productAudienceSchema = z.object({
  boughtTogether: z.array(recommendedItemSchema),
  similar: z.array(recommendedItemSchema),
  buyers: z.object({
    customers: count,
    orders: count,
    revenue: z.number(),
    currency: z.string(),
    personas: z.array(z.object({ key: z.string(), customers: count })),
    repeatShare: share,
  }),
});
export type ProductAudience = z.infer<typeof productAudienceSchema>;

/** What `vitrail recommend` answers with `--json`. */
export const recommendReportSchema = z.object({
  users: count,
  items: count,
  interactions: count,
  method: z.enum(['cosine', 'ease']),
  evaluation: recommendationEvaluationSchema.nullable(),
  rejected: count,
  seconds: z.number(),
});
export type RecommendReport = z.infer<typeof recommendReportSchema>;
