import { z } from 'zod';
import { recommendationStrategies } from './recommendations.ts';

/** Pieces that panels are made of: as an author writes them, and as a page is told to show them. */

const count = z.int().min(0);
const headings = z
  .record(z.string().regex(/^[a-z]{2}$/), z.string().trim().min(1).max(120))
  .default({})
  .meta({ description: 'By language; none: no heading' });
const required = z.boolean().default(false).meta({
  description: 'Without it the whole is not shown: a bar of an offer that is over, a dialogue without products',
});
const many = z.int().min(1).max(8).default(4);

/** Where a button or a picture leads: a path of the shop, or an address with https. Never `javascript:`. */
export const experienceLinkSchema = z
  .string()
  .max(2_000)
  .regex(/^(https:\/\/|\/(?!\/)|#|\?)[^\s]*$/, 'A path of the shop (/sale) or an address with https://.');

export const socialProofActs = ['bought', 'viewed', 'carted'] as const;
export type SocialProofAct = (typeof socialProofActs)[number];

const imageBlock = z.strictObject({ type: z.literal('image'), src: experienceLinkSchema, alt: z.string().max(300) });
const remainingBlock = z.strictObject({
  type: z.literal('remaining'),
  field: z.enum(['cart.value', 'cart.items']),
  goal: z.number().gt(0).max(1e9).meta({ description: 'Free delivery from here on' }),
});
const recentBlock = z
  .strictObject({ type: z.literal('recently_viewed'), heading: headings, count: many })
  .meta({ description: 'What this device looked at, from its own memory' });

export const experienceBlockSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('countdown'),
      until: z.iso.datetime().optional().meta({ description: 'A real end: when it has passed, the block is gone' }),
      offer: z
        .string()
        .regex(/^[a-z][a-z0-9_]{0,39}$/)
        .optional()
        .meta({
          description: 'Key of an offer: counts to its end, whatever that becomes; gone when the offer is over',
        }),
      required,
    })
    .refine(({ until, offer }) => (until === undefined) !== (offer === undefined), {
      message: 'Give an end, or the offer whose end it is.',
      path: ['until'],
    }),
  imageBlock,
  remainingBlock,
  z
    .strictObject({
      type: z.literal('recommendations'),
      heading: headings,
      slot: z
        .string()
        .trim()
        .min(1)
        .max(120)
        .optional()
        .meta({ description: 'Where in the shop: an experiment may decide what this place shows, else at the key' }),
      strategy: z
        .enum(recommendationStrategies)
        .optional()
        .meta({ description: 'None: the best for what is known. `search` takes the words that were searched' }),
      fallback: z
        .enum([...recommendationStrategies, 'none'])
        .optional()
        .meta({
          description:
            'Fills up what the strategy alone cannot; `none`: nothing does; left out: the strategy’s own fallbacks',
        }),
      count: many,
      reasons: z.boolean().default(true).meta({ description: 'Say why each one is there' }),
      required,
    })
    .meta({ description: 'Never the product in view, nor one in the cart' }),
  recentBlock,
  z
    .strictObject({ type: z.literal('stars'), required })
    .meta({ description: 'Reviews of the product in view, from its feed' }),
  z
    .strictObject({
      type: z.literal('social_proof'),
      act: z.enum(socialProofActs),
      hours: z.int().min(1).max(720).default(24),
      minimum: z.int().min(2).max(100_000).default(10).meta({ description: 'Of fewer people nothing is said' }),
      required,
    })
    .meta({
      description: 'How many people did this with the product in view, counted from real events without robots',
    }),
  z.strictObject({ type: z.literal('loyalty'), required }).meta({
    description: 'Points and the next tier of a known person who agreed; nothing for anybody else',
  }),
]);
export type ExperienceBlock = z.infer<typeof experienceBlockSchema>;

const shownProductSchema = z.object({
  id: z.string(),
  title: z.string(),
  link: z.string().nullable(),
  picture: z.string().nullable().meta({ description: 'Path on this server' }),
  price: z.number().nullable(),
  before: z.number().nullable().meta({ description: 'The price without the sale' }),
  currency: z.string().nullable(),
  strategy: z.enum(recommendationStrategies),
  reason: z.string().meta({ description: 'Empty: is not said' }),
});
export type ShownProduct = z.infer<typeof shownProductSchema>;

/** The same with what it says, so that the page need not ask again. A block with nothing to say is not there. */
export const shownBlockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('countdown'), until: z.iso.datetime() }),
  imageBlock,
  remainingBlock,
  recentBlock,
  z.object({
    type: z.literal('recommendations'),
    heading: headings,
    list: z.string().meta({ description: 'Goes with what is told of views and clicks' }),
    arm: z.enum(['recommended', 'popular']),
    items: z.array(shownProductSchema),
  }),
  z.object({ type: z.literal('stars'), average: z.number(), reviews: count }),
  z.object({
    type: z.literal('social_proof'),
    act: z.enum(socialProofActs),
    product: z.string(),
    people: count,
    hours: count,
    minimum: count,
  }),
  z.object({
    type: z.literal('loyalty'),
    points: z.int(),
    tier: z.string().nullable(),
    next: z.object({ name: z.string(), missing: count }).nullable(),
  }),
]);
export type ShownBlock = z.infer<typeof shownBlockSchema>;
