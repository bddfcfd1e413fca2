import { z } from 'zod';
import { channelSchema, purposeSchema } from './channels.ts';
import { instantSchema, pageOf } from './http.ts';

export const consentStates = ['granted', 'pending', 'denied'] as const;
export const lawfulBases = ['consent', 'soft_opt_in', 'legitimate_interest'] as const;
export const lawfulBasisSchema = z.enum(lawfulBases).meta({
  description:
    'consent: the person said yes. soft_opt_in: bought something similar and was told they can refuse. legitimate_interest: weighed and written down; the person may object.',
});
export type LawfulBasis = z.infer<typeof lawfulBasisSchema>;

/** Where an entry of the ledger came from. Closed. */
export const consentSources = [
  'event',
  'import',
  'api',
  'console',
  'preference_centre',
  'unsubscribe',
  'double_opt_in',
  'gpc',
  'tcf',
  'complaint',
  'sms_stop',
  'form',
] as const;
export const consentSourceSchema = z.enum(consentSources);
export type ConsentSource = z.infer<typeof consentSourceSchema>;

/** Every channel at once, or one of them. */
const consentChannelSchema = z
  .union([channelSchema, z.literal('')])
  .meta({ description: 'One channel, or empty for every channel.' });

const proofText = z.string().max(4_000);
export const consentProofSchema = z
  .strictObject({
    text: proofText.optional().meta({ description: 'The words the person saw.' }),
    version: z.string().max(100).optional(),
    language: z.string().max(20).optional(),
    page: z.string().max(2_000).optional().meta({ description: 'Address of the page or name of the form.' }),
    ip: z.string().max(64).optional().meta({ description: 'Kept shortened: the last part is removed.' }),
    userAgent: z.string().max(1_024).optional(),
    messageId: z.string().max(100).optional(),
    category: z.string().max(100).optional().meta({ description: 'The name under which a client stated it.' }),
    signal: z.string().max(40).optional().meta({ description: 'google_consent_mode, tcf, gpc.' }),
    source: z.string().max(40).optional().meta({ description: 'Id of the source that sent it.' }),
    reason: z.string().max(500).optional().meta({ description: 'Why somebody changed it by hand.' }),
    key: z.string().max(200).optional().meta({ description: 'Of the request, so that a repeat changes nothing.' }),
  })
  .meta({ description: 'What shows that it was said, and how.' });
export type ConsentProof = z.infer<typeof consentProofSchema>;

export const consentRequestSchema = z
  .strictObject({
    profile: z.string().max(40).optional().meta({ description: 'Id of the customer; or send `identifier`.' }),
    identifier: z
      .string()
      .max(600)
      .regex(/^[a-z][a-z0-9_]*:./)
      .optional()
      .meta({ description: '`namespace:value`, such as `email:zoe@example.fr`.' }),
    purpose: purposeSchema,
    channel: consentChannelSchema.default(''),
    state: z.enum(consentStates).meta({
      description:
        'pending: a message asks the person to confirm (double opt-in), by e-mail or text; nothing is allowed until they press its button or answer YES.',
    }),
    basis: lawfulBasisSchema.default('consent'),
    at: instantSchema.optional().meta({ description: 'When it was said; now when left out. Never in the future.' }),
    expiresAt: instantSchema.optional(),
    proof: consentProofSchema.omit({ key: true, category: true, signal: true, source: true }).default({}),
    key: z.string().min(1).max(200).optional().meta({
      description: 'A name of your own for this statement: sent again with the same one, nothing is written twice.',
    }),
  })
  .refine(({ profile, identifier }) => (profile === undefined) !== (identifier === undefined), {
    message: 'Send either profile or identifier.',
  });
export type ConsentRequest = z.infer<typeof consentRequestSchema>;

export const consentBatchSchema = z.strictObject({ items: z.array(consentRequestSchema).min(1).max(1_000) });

export const consentResultSchema = z.object({
  profile: z.string(),
  purpose: z.string(),
  channel: z.string(),
  state: z.enum(consentStates).meta({ description: 'How it stands now, with everything newer taken into account.' }),
  id: z
    .number()
    .int()
    .nullable()
    .meta({ description: 'Number of the entry in the ledger; null when none was needed.' }),
  recorded: z.boolean().meta({ description: 'False for a repeat of what was recorded before.' }),
  problem: z.enum(['profile_not_found', 'cannot_ask', 'in_the_future']).nullable().meta({
    description:
      'Why nothing was written: nobody has this id or identifier; the question of a double opt-in goes out by e-mail or text message only; `at` lies in the future.',
  }),
});
export const consentResultsSchema = z.object({ items: z.array(consentResultSchema) });

export const standingWords = ['granted', 'pending', 'denied', 'paused', 'expired', 'unknown'] as const;
export const consentStandingSchema = z.object({
  purpose: z.string(),
  channel: z.string(),
  state: z.enum(standingWords),
  allowed: z.boolean(),
  why: z
    .enum([
      'granted',
      'soft_opt_in',
      'legitimate_interest',
      'never_asked',
      'not_confirmed',
      'refused',
      'paused',
      'expired',
      'basis_not_accepted',
    ])
    .meta({ description: 'What decides it.' }),
  basis: lawfulBasisSchema.nullable(),
  at: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  source: consentSourceSchema.nullable(),
  entry: z.number().int().nullable().meta({ description: 'Entry of the ledger that decides it.' }),
});
export type ConsentStanding = z.infer<typeof consentStandingSchema>;

export const consentEntrySchema = z.object({
  id: z.number().int(),
  profile: z.string().meta({ description: 'The profile as first seen: it keeps its own when a merge is undone.' }),
  purpose: z.string(),
  channel: z.string(),
  state: z.enum(consentStates),
  basis: lawfulBasisSchema,
  at: instantSchema,
  recordedAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  source: consentSourceSchema,
  actor: z.string(),
  proof: consentProofSchema,
});
export type ConsentEntry = z.infer<typeof consentEntrySchema>;

export const profileConsentsSchema = z.object({
  standing: z.array(consentStandingSchema),
  suppressed: z.array(z.object({ channel: z.string(), value: z.string(), reason: z.string(), at: instantSchema })),
  ledger: pageOf(consentEntrySchema),
});
export type ProfileConsents = z.infer<typeof profileConsentsSchema>;

export const categorySchema = z.object({
  name: z.string().min(1).max(100),
  channel: consentChannelSchema,
});
export const purposeSettingsSchema = z.object({
  name: purposeSchema,
  builtIn: z.boolean(),
  categories: z.array(categorySchema).max(50).meta({ description: 'Names under which clients and files state it.' }),
  bases: z.record(z.string(), z.array(lawfulBasisSchema)).meta({
    description: 'What lets a message of this purpose out, by channel; * stands for the other channels.',
  }),
  expiresMonths: z.number().int().min(1).max(120).nullable(),
});
export type PurposeSettings = z.infer<typeof purposeSettingsSchema>;
export const purposeListSchema = z.object({ items: z.array(purposeSettingsSchema) });
export const purposesChangeSchema = z.strictObject({
  items: z.array(purposeSettingsSchema.omit({ builtIn: true })).max(40),
});

export const suppressionReasons = ['bounce', 'complaint', 'manual', 'imported', 'unsubscribed'] as const;
export const suppressionReasonSchema = z.enum(suppressionReasons);
export type SuppressionReason = z.infer<typeof suppressionReasonSchema>;
export const suppressionSchema = z.object({
  channel: channelSchema,
  value: z.string(),
  reason: suppressionReasonSchema,
  at: instantSchema,
  by: z.string(),
  detail: z.string(),
  erased: z.boolean().meta({ description: 'The person was erased: only a hash of the address is left.' }),
});
export type Suppression = z.infer<typeof suppressionSchema>;
export const suppressionPageSchema = pageOf(suppressionSchema);
export const suppressionQuerySchema = z.object({
  channel: channelSchema.optional(),
  q: z.string().max(200).optional().meta({ description: 'The address, or its beginning.' }),
  cursor: z.string().max(500).optional(),
});
export const suppressionRequestSchema = z.strictObject({
  channel: channelSchema,
  value: z.string().min(3).max(2_000),
  detail: z.string().max(500).default(''),
});
export const suppressionRemovalSchema = z.strictObject({ channel: channelSchema, value: z.string().min(3).max(2_000) });
export const suppressionImportSchema = z.object({
  added: z.number().int(),
  known: z.number().int(),
  rejected: z.array(z.object({ line: z.number().int(), problem: z.enum(['not_an_address', 'unknown_channel']) })),
});

export const ledgerCheckSchema = z.object({
  entries: z.number().int(),
  erased: z
    .number()
    .int()
    .meta({ description: 'Entries whose content was removed with the person; their hash stays.' }),
  ok: z.boolean(),
  brokenAt: z.number().int().nullable().meta({ description: 'First entry that was changed or follows a missing one.' }),
});
