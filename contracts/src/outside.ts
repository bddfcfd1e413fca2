import { z } from 'zod';
import { purposeSchema } from './channels.ts';
import { instantSchema } from './http.ts';

/** What lets a partner's statement about somebody be used. */
export const outsideBases = ['consent', 'legitimate_interest'] as const;
export const outsideBasisSchema = z.enum(outsideBases).meta({
  description:
    'consent: only while the person allows the purpose. legitimate_interest: until the person refuses the purpose.',
});
export type OutsideBasis = z.infer<typeof outsideBasisSchema>;

/** What a partner's segments may be used for, as agreed with the partner. */
export const outsideUses = ['segments', 'experiences', 'messages', 'ads'] as const;
export const outsideUseSchema = z.enum(outsideUses);
export type OutsideUse = z.infer<typeof outsideUseSchema>;

export const outsideLimits = { items: 1_000, segment: 120, id: 512, retentionDays: 1_095 } as const;

const key = z
  .string()
  .regex(/^[a-z\d][a-z\d_-]{1,39}$/)
  .meta({ description: 'Its name in addresses and files: small letters, digits, - and _.' });

/** Only a fixed https address of the partner's own, with one place for our id: nothing of a request ever joins it. */
const syncUrl = z
  .string()
  .max(1_000)
  .refine(
    (text) => {
      if (/[^\x21-\x7e]/.test(text) || text.split('{id}').length !== 2 || !URL.canParse(text)) return false;
      const { protocol, username, password, host, search } = new URL(text);
      return protocol === 'https:' && username + password === '' && !host.includes('{') && search.includes('{id}');
    },
    { message: 'An https address with {id} once in its query, such as https://partner.example/match?shop={id}' },
  )
  .meta({
    description: 'Where browsers are sent with the id this partner knows them by; `{id}` stands once in its query.',
  });

/** A text without control characters. */
const plain = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u);

const settings = {
  name: plain(120),
  basis: outsideBasisSchema,
  purpose: purposeSchema,
  uses: z.array(outsideUseSchema).min(1).max(outsideUses.length),
  retentionDays: z
    .number()
    .int()
    .min(1)
    .max(outsideLimits.retentionDays)
    .meta({ description: 'Nothing of this partner is kept longer than so many days after it was last said.' }),
  syncUrl: syncUrl.nullable(),
  tcfVendor: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .nullable()
    .meta({ description: 'Number in the IAB’s Global Vendor List: with it a TC string can say yes at the pixel.' }),
};

export const outsideProviderRequestSchema = z.strictObject({
  key,
  ...settings,
  purpose: settings.purpose.default('advertising'),
  uses: settings.uses.default(['segments']),
  retentionDays: settings.retentionDays.default(180),
  syncUrl: settings.syncUrl.default(null),
  tcfVendor: settings.tcfVendor.default(null),
  sync: z.boolean().default(false).meta({ description: 'Serve a pixel that ties this partner’s ids to visitors.' }),
});
export type OutsideProviderRequest = z.infer<typeof outsideProviderRequestSchema>;

export const outsideProviderChangeSchema = z.strictObject({ ...settings, sync: z.boolean() }).partial();
export type OutsideProviderChange = z.infer<typeof outsideProviderChangeSchema>;

export const outsideProviderSchema = z.object({
  id: z.string(),
  key,
  name: z.string(),
  basis: outsideBasisSchema,
  purpose: z.string(),
  uses: z.array(outsideUseSchema),
  retentionDays: z.number().int(),
  syncUrl: z.string().nullable(),
  syncPath: z.string().nullable().meta({ description: 'Path of the pixel; null: none is served.' }),
  tcfVendor: z.number().int().nullable(),
  createdAt: instantSchema,
  memberships: z.number().int().meta({ description: 'Stored, whether they may be used now or not.' }),
  mappings: z.number().int().meta({ description: 'Ids of the partner tied to a person.' }),
});
export type OutsideProvider = z.infer<typeof outsideProviderSchema>;
export const outsideProviderListSchema = z.object({ items: z.array(outsideProviderSchema) });

export const outsideSegmentListSchema = z.object({
  items: z.array(
    z.object({
      provider: z.string().meta({ description: 'Id of the partner.' }),
      segment: z.string(),
      people: z.number().int().meta({ description: 'Profiles placed in it.' }),
      usable: z.number().int().meta({ description: 'Of these: may be used now, by basis, consent and date.' }),
      firstEnds: instantSchema.nullable(),
    }),
  ),
});
export type OutsideSegments = z.infer<typeof outsideSegmentListSchema>;

const idSchema = z
  .strictObject({
    kind: z
      .string()
      .regex(/^[a-z][a-z\d_]{0,59}$/)
      .meta({
        description:
          'A namespace of the workspace (email, phone, user_id …), `profile` for a customer’s id here, `theirs` for an id of the partner that a mapping ties to somebody, `ours` for the id the pixel told the partner.',
      }),
    value: plain(outsideLimits.id),
  })
  .meta({ description: 'Whose row it is.' });
const expiresAt = instantSchema
  .optional()
  .meta({ description: 'Never later than the retention agreed; left out, exactly that.' });

export const outsideMembersRequestSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: idSchema,
        segment: plain(outsideLimits.segment),
        expiresAt,
        remove: z.boolean().optional().meta({ description: 'True takes the person out of the segment.' }),
      }),
    )
    .min(1)
    .max(outsideLimits.items),
});
export const outsideMappingsRequestSchema = z.strictObject({
  items: z
    .array(z.strictObject({ id: idSchema, theirId: plain(outsideLimits.id), expiresAt }))
    .min(1)
    .max(outsideLimits.items),
});

/** Why a row was not taken. Closed. */
export const outsideRefusals = ['nobody', 'over'] as const;
export const outsideTakenSchema = z.object({
  taken: z.number().int().meta({ description: 'Written, or written again with another end.' }),
  unchanged: z.number().int(),
  removed: z.number().int(),
  rejected: z.array(
    z.object({
      index: z.number().int(),
      reason: z.enum(outsideRefusals).meta({
        description: 'nobody: no customer has this id. over: its end has passed.',
      }),
    }),
  ),
});
export type OutsideTaken = z.infer<typeof outsideTakenSchema>;

export const outsideOfPersonSchema = z.object({
  items: z.array(
    z.object({
      provider: z.object({ id: z.string(), key: z.string(), name: z.string() }),
      segment: z.string(),
      basis: outsideBasisSchema,
      purpose: z.string(),
      uses: z.array(outsideUseSchema),
      since: instantSchema,
      expiresAt: instantSchema,
      givenBy: z.enum(['file', 'api']),
      usable: z.boolean(),
      why: z.enum(['usable', 'not_allowed', 'over']).meta({
        description: 'not_allowed: the purpose is refused, or was not allowed where consent is needed.',
      }),
    }),
  ),
});
export type OutsideOfPerson = z.infer<typeof outsideOfPersonSchema>;
