import { z } from 'zod';
import { shownContentSchema } from './experienceContents.ts';
import { experienceKeySchema, experienceTriggerSchema } from './experiences.ts';

const text = z.string().max(2_048);
const identifier = z.string().trim().min(1).max(300);
const number = z.number().min(0).max(1e12);

/** What the page knows of itself and of this visit. Everything may be left out: conditions on what is not said do not hold. */
export const decisionContextSchema = z.object({
  consent: z
    .object({ personalisation: z.boolean().optional() })
    .optional()
    .meta({ description: 'What the visitor allowed in this visit; silence is what is on record' }),
  language: z.string().max(35).optional(),
  device: z.enum(['mobile', 'tablet', 'desktop']).optional(),
  campaign: z.object({ source: text.optional(), medium: text.optional(), name: text.optional() }).optional(),
  visit: z
    .object({ id: z.string().max(100).optional(), pages: number.optional(), seconds: number.optional() })
    .optional(),
  visitor: z.object({ visits: number.optional() }).optional(),
  cart: z
    .object({
      value: number.optional(),
      items: number.optional(),
      products: z.array(identifier).max(100).optional().meta({ description: 'Ids of products, never recommended' }),
    })
    .optional(),
  product: z.object({ id: text.optional(), category: text.optional(), views: number.optional() }).optional(),
  search: z.object({ query: text.optional() }).optional(),
  timeZone: z.string().max(64).optional(),
  utcOffset: z
    .int()
    .min(-1_440)
    .max(1_440)
    .optional()
    .meta({ description: 'Minutes that the visitor’s clock is ahead of UTC; counts where no time zone is named' }),
});
export type DecisionContext = z.infer<typeof decisionContextSchema>;

export const decisionPageSchema = z.object({
  url: text.optional(),
  path: text.optional(),
  title: text.optional(),
  referrer: text.optional(),
});
export type DecisionPage = z.infer<typeof decisionPageSchema>;

const asked = {
  page: decisionPageSchema.default({}),
  context: decisionContextSchema.default({}),
};

/** From a browser, with a write key. Who it is, is what its own anonymous id says: a user id is not proof of anything. */
export const decideRequestSchema = z.object({
  writeKey: z.string().max(200).optional(),
  anonymousId: identifier.optional(),
  userId: identifier.nullish(),
  ...asked,
});
export type DecideRequest = z.infer<typeof decideRequestSchema>;

/** From a server, with a secret key: anyone of the workspace by any identifier. */
export const decisionsRequestSchema = z.object({
  profile: z.string().max(60).optional(),
  identifier: z
    .string()
    .max(400)
    .optional()
    .meta({ description: '`namespace:value`, such as `email:ada@shop.example`' }),
  site: z.string().max(60).nullish(),
  ...asked,
});
export type DecisionsRequest = z.infer<typeof decisionsRequestSchema>;

const decision = {
  key: experienceKeySchema,
  variant: z.string().meta({ description: 'Empty: of the control group, shows nothing and says that it would have' }),
  version: z.int().meta({ description: 'Of the experience; goes with an answer as proof of what was shown' }),
  trigger: experienceTriggerSchema,
  payload: shownContentSchema.nullable(),
};

export const decideAnswerSchema = z.object({
  decisions: z.array(z.object(decision)),
  ttl: z.int().meta({ description: 'Seconds for which the answer may be used again on the same page' }),
});
export type DecideAnswer = z.infer<typeof decideAnswerSchema>;

/** Why an experience does not show, in the order in which it is asked. */
export const leftOutReasons = [
  'other_site',
  'not_scheduled',
  'condition',
  'no_consent',
  'visitors',
  'not_in_segment',
  'excluded',
  'capped',
  'closed',
  'clicked',
  'group',
  'nothing_to_show',
  'answered',
  'nothing_to_ask',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

export const decisionsAnswerSchema = z.object({
  profile: z.string().nullable(),
  decisions: z.array(z.object(decision)),
  leftOut: z.array(
    z.object({
      key: experienceKeySchema,
      reason: z.enum(leftOutReasons),
      detail: z.string().meta({ description: 'The field of the condition, the segment, the group' }),
    }),
  ),
});
export type DecisionsAnswer = z.infer<typeof decisionsAnswerSchema>;
