import { z } from 'zod';
import { instantSchema } from './http.ts';
import type { ProviderField } from './providers.ts';

export const adKindNames = ['meta', 'google'] as const;
export const adKindSchema = z.enum(adKindNames).meta({
  description: 'meta: a Custom Audience of Facebook and Instagram. google: a Customer Match list of Google Ads.',
});
export type AdKind = z.infer<typeof adKindSchema>;

interface AdDestinationKind {
  /** As the company writes it. */
  readonly title: string;
  readonly fields: readonly ProviderField[];
}

/** What each company asks for. Field names are ours; the console has words for each. */
export const adKinds: Readonly<Record<AdKind, AdDestinationKind>> = {
  meta: {
    title: 'Meta Custom Audiences',
    fields: [
      { name: 'audienceId', type: 'text' },
      { name: 'accessToken', type: 'text', secret: true },
    ],
  },
  google: {
    title: 'Google Customer Match',
    fields: [
      { name: 'customerId', type: 'text' },
      { name: 'loginCustomerId', type: 'text', optional: true },
      { name: 'audienceId', type: 'text' },
      { name: 'serviceAccount', type: 'lines', secret: true },
    ],
  },
};

/** Why somebody of the segment is not handed on. Closed. */
export const adReasons = ['no_consent', 'no_address', 'suppressed', 'holdout', 'not_in_segment', 'erased'] as const;
export type AdReason = (typeof adReasons)[number];

/** What keeps an audience from going on. Closed. */
export const adErrors = ['rate_limited', 'unavailable', 'credentials', 'refused', 'partner', 'unreadable'] as const;
export const adErrorSchema = z.enum(adErrors).meta({
  description:
    'rate_limited, unavailable: the company asks for patience or cannot be reached; tried again by itself. credentials: it does not accept ours. refused: it does not take what is sent, such as for an audience that is gone. partner: the segment rests on a data partner that does not allow advertising; everybody is taken out. unreadable: the stored credentials cannot be opened.',
});
export type AdError = z.infer<typeof adErrorSchema>;

const adSettingsSchema = z.record(z.string().max(60), z.string().max(10_000));

export const adAudienceInputSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  kind: adKindSchema,
  segment: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .meta({ description: 'Whose members are handed on: a segment or a list.' }),
  settings: adSettingsSchema.meta({
    description:
      'Fields of the company, see the reference. A secret left out of a change keeps its value; all others are fixed.',
  }),
  paused: z.boolean().default(false).meta({ description: 'Adds nobody. Who must go is still taken out.' }),
});
export type AdAudienceInput = z.input<typeof adAudienceInputSchema>;

const count = z.number().int();
export const adCountsSchema = z.object({
  matched: count.meta({ description: 'In the segment.' }),
  allowed: count.meta({ description: 'Of these: may be handed on.' }),
  no_consent: count,
  no_address: count,
  suppressed: count,
  holdout: count,
});
export type AdCounts = z.infer<typeof adCountsSchema>;

export const adAudienceSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: adKindSchema,
  segment: z.object({ id: z.string(), name: z.string().nullable() }),
  settings: z.record(z.string(), z.string()).meta({ description: 'Without secrets.' }),
  secretsSet: z.array(z.string()).meta({ description: 'Names of the secrets that are stored.' }),
  state: z.enum(['running', 'paused', 'ending']),
  counts: adCountsSchema.nullable().meta({ description: 'People, when everybody was last gone through.' }),
  lookedAt: instantSchema.nullable(),
  addresses: z.object({ emails: count, phones: count, toAdd: count, toRemove: count }).meta({
    description: 'Addresses in the audience as far as the company took them, and what it has still to be told.',
  }),
  handedAt: instantSchema.nullable(),
  error: adErrorSchema.nullable(),
  errorDetail: z.string(),
  retryAt: instantSchema.nullable(),
  createdAt: instantSchema,
});
export type AdAudience = z.infer<typeof adAudienceSchema>;
export const adAudienceListSchema = z.object({ items: z.array(adAudienceSchema) });
