import { z } from 'zod';
import { pageOf } from './http.ts';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const instant = z.iso.datetime();

export const lookalikeRequestSchema = z.strictObject({
  segment: z.string().min(1).max(40).meta({ description: 'The people to be like' }),
  reach: z.number().gt(0).max(0.5).default(0.05).meta({
    description: 'Share of everyone else that is taken, the likest first: more people, less like',
  }),
  name: z.string().trim().min(1).max(120).optional().meta({ description: 'Else named after the segment' }),
});
export type LookalikeRequest = z.infer<typeof lookalikeRequestSchema>;

export const lookalikeChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  reach: lookalikeRequestSchema.shape.reach.unwrap().optional(),
});

export const lookalikeStates = ['queued', 'running', 'ready', 'refused', 'failed'] as const;
/** Why there is none. */
export const lookalikeReasons = ['too_few_seeds', 'everybody_is_a_seed', 'nothing_tells_them_apart', 'failed'] as const;
export type LookalikeReason = (typeof lookalikeReasons)[number];

export const lookalikeSchema = z.object({
  id: z.string(),
  name: z.string(),
  segment: z.object({ id: z.string(), name: z.string() }),
  reach: share,
  state: z.enum(lookalikeStates),
  reason: z.enum(lookalikeReasons).nullable(),
  at: instant.nullable().meta({ description: 'When people were last scored' }),
  seeds: count,
  candidates: count.meta({ description: 'Everyone else' }),
  people: count.meta({ description: 'Taken at this reach; never one of the seeds' }),
  quality: z
    .object({
      auc: share.meta({ description: 'On a hidden third of the seeds and of the others' }),
      hiddenSeeds: count,
      curve: z.array(z.object({ reach: share, found: share, lift: z.number() })).meta({
        description: 'Share of the hidden seeds found, and how many times more than by chance, at each reach',
      }),
    })
    .nullable(),
  features: z
    .array(z.object({ name: z.string(), value: z.string().nullable(), weight: z.number() }))
    .meta({ description: 'What tells the seeds from others, strongest first; per standard deviation' }),
});
export type Lookalike = z.infer<typeof lookalikeSchema>;
export const lookalikePageSchema = pageOf(lookalikeSchema);
