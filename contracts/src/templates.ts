import { z } from 'zod';
import { type Channel, channelSchema } from './channels.ts';
import { instantSchema, languageSchema } from './http.ts';

export const templateLimits = {
  /** Characters of one source. */
  source: 200_000,
  /** Gmail shows less of a larger mail: "message clipped". */
  clipBytes: 102_000,
  languages: 20,
  assetBytes: 5 * 1024 * 1024,
  /** People a check looks at. */
  samples: 100,
} as const;

const line = (most: number) => z.string().trim().max(most);
const liquid = (most: number) => z.string().max(most).meta({ description: 'Liquid may stand in it' });

/** What an e-mail says in one language: MJML or HTML, both with Liquid. */
export const emailTextSchema = z
  .strictObject({
    subject: line(500).min(1, 'A subject is needed.'),
    preheader: line(500).default('').meta({ description: 'What inboxes show after the subject' }),
    mjml: liquid(templateLimits.source).optional(),
    html: liquid(templateLimits.source).optional().meta({ description: 'In place of MJML' }),
    text: liquid(templateLimits.source)
      .optional()
      .meta({ description: 'Without it the text part is made from the page' }),
  })
  .refine(({ mjml, html }) => (mjml === undefined) !== (html === undefined), {
    path: ['mjml'],
    message: 'Give either mjml or html.',
  });
export type EmailText = z.infer<typeof emailTextSchema>;

const languagesOf = <T extends z.ZodType>(text: T) =>
  z
    .record(languageSchema, text)
    .refine((languages) => Object.keys(languages).length > 0, 'Write it in one language at least.')
    .refine((languages) => Object.keys(languages).length <= templateLimits.languages, 'That is too many languages.');

const fallback = languageSchema.meta({ description: 'For people whose language is not among them' });

/** One shape for each way of writing: the channel says which. */
export const templateContentSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('email'),
      fallbackLanguage: fallback,
      sender: z
        .strictObject({ name: line(100), address: z.email().max(254), replyTo: z.email().max(254).optional() })
        .optional()
        .meta({ description: 'In place of the sender of the brand kit' }),
      languages: languagesOf(emailTextSchema),
    }),
    z.strictObject({
      kind: z.literal('text').meta({ description: 'SMS, MMS and chat' }),
      fallbackLanguage: fallback,
      languages: languagesOf(
        z.strictObject({
          body: liquid(4_000).min(1),
          mediaUrls: z.array(liquid(2_000)).max(10).optional(),
        }),
      ),
    }),
    z.strictObject({
      kind: z.literal('push').meta({ description: 'Web push, mobile push and messages on the shop' }),
      fallbackLanguage: fallback,
      languages: languagesOf(
        z.strictObject({
          title: liquid(300).min(1),
          body: liquid(2_000).default(''),
          url: liquid(2_000).optional(),
          imageUrl: liquid(2_000).optional(),
          data: z.record(z.string().max(100), liquid(2_000)).optional(),
        }),
      ),
    }),
    z.strictObject({
      kind: z.literal('whatsapp'),
      fallbackLanguage: fallback,
      languages: languagesOf(
        z.strictObject({
          template: line(200).min(1).meta({ description: 'Its name at WhatsApp, where it was approved' }),
          parameters: z.array(liquid(1_000)).max(20).default([]),
        }),
      ),
    }),
    z.strictObject({
      kind: z.literal('json').meta({ description: 'A webhook: JSON with Liquid in its texts' }),
      fallbackLanguage: fallback,
      languages: languagesOf(z.strictObject({ body: z.json() })),
    }),
  ])
  .refine(({ languages, fallbackLanguage }) => Object.hasOwn(languages, fallbackLanguage), {
    path: ['fallbackLanguage'],
    message: 'The language to fall back on is one of those that are written.',
  });
export type TemplateContent = z.infer<typeof templateContentSchema>;
export type TemplateKind = TemplateContent['kind'];

/** How a channel is written for. */
export const templateKindOf: Readonly<Record<Channel, TemplateKind>> = {
  email: 'email',
  sms: 'text',
  chat: 'text',
  webpush: 'push',
  mobilepush: 'push',
  inbox: 'push',
  whatsapp: 'whatsapp',
  webhook: 'json',
};

const name = line(120).min(1);
const fits = ({ channel, content }: { channel: Channel; content: TemplateContent }): boolean =>
  templateKindOf[channel] === content.kind;
const misfit = { path: ['content', 'kind'], message: 'Content of this kind cannot go out on this channel.' };

const fullInputSchema = z
  .strictObject({ name, channel: channelSchema, content: templateContentSchema, note: line(300).default('') })
  .refine(fits, misfit);

/** An e-mail or a text in one language, without the whole shape. */
const shortInputSchema = z
  .strictObject({
    name,
    channel: z.enum(['email', 'sms', 'chat']),
    language: languageSchema.default('en'),
    subject: line(500).min(1).optional(),
    preheader: line(500).optional(),
    mjml: liquid(templateLimits.source).optional(),
    html: liquid(templateLimits.source).optional(),
    text: liquid(templateLimits.source).optional(),
    body: liquid(4_000).min(1).optional().meta({ description: 'Of an SMS or a post' }),
  })
  .transform(({ name: called, channel, language, body, ...email }, context) => {
    const text = channel === 'email' ? email : { body };
    const content = { kind: templateKindOf[channel], fallbackLanguage: language, languages: { [language]: text } };
    const read = templateContentSchema.safeParse(JSON.parse(JSON.stringify(content)));
    if (read.success) return { name: called, channel, content: read.data, note: '' };
    for (const { path, message } of read.error.issues)
      context.addIssue({ code: 'custom', path: path.slice(2), message });
    return z.NEVER;
  });

export const templateInputSchema = z.union([fullInputSchema, shortInputSchema]);

export const templateChangeSchema = z.strictObject({
  name: name.optional(),
  content: templateContentSchema,
  note: line(300).default(''),
  baseVersion: z.number().int().min(1).optional().meta({
    description: 'The version you changed; when somebody saved another meanwhile, yours is refused with 409',
  }),
});

const count = z.number().int().min(0);

export const templateSchema = z.object({
  id: z.string(),
  key: z.string().nullable().meta({ description: 'Of templates that come with Vitrail' }),
  name: z.string(),
  channel: channelSchema,
  version: count,
  content: templateContentSchema,
  archivedAt: instantSchema.nullable(),
  createdBy: z.string(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Template = z.infer<typeof templateSchema>;

export const templateSummarySchema = templateSchema
  .omit({ content: true })
  .extend({ languages: z.array(z.string()), subject: z.string().meta({ description: 'Its first words' }) });
export type TemplateSummary = z.infer<typeof templateSummarySchema>;

export const templateListQuerySchema = z.object({
  channel: channelSchema.optional(),
  q: z.string().trim().max(100).optional(),
  archived: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

export const templateVersionsSchema = z.object({
  items: z.array(z.object({ version: count, note: z.string(), createdBy: z.string(), createdAt: instantSchema })),
});

/** A template that comes with Vitrail and can be taken into the workspace. */
export const readyTemplateSchema = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  id: z.string().nullable().meta({ description: 'Of the one in the workspace, once it was taken' }),
});
export type ReadyTemplate = z.infer<typeof readyTemplateSchema>;
export const readyTemplatesSchema = z.object({ items: z.array(readyTemplateSchema) });

/** What can be wrong with a template. */
export const templateProblemCodes = [
  'liquid_error',
  'layout_error',
  'unknown_variable',
  'missing_value',
  'bad_link',
  'dead_link',
  'unchecked_link',
  'too_large',
  'low_contrast',
  'no_unsubscribe',
  'no_sender',
  'no_postal_address',
  'no_alt',
  'long_subject',
  'no_subject',
  'many_parts',
] as const;
export const templateProblemSchema = z.object({
  code: z.enum(templateProblemCodes),
  level: z.enum(['error', 'warning']),
  language: z.string(),
  field: z.string().meta({ description: 'subject, mjml, text, body …' }),
  line: count.nullable(),
  what: z.string().meta({ description: 'What it is about: a variable, a link, a colour; or what the engine says' }),
  people: count.nullable().meta({ description: 'How many of those looked at it concerns' }),
  of: count.nullable(),
});
export type TemplateProblem = z.infer<typeof templateProblemSchema>;

const variables = z
  .record(z.string().max(100), z.json())
  .default({})
  .meta({ description: 'What a message would bring along: event, journey, coupon, or your own' });

export const templatePreviewInputSchema = z.strictObject({
  content: templateContentSchema.optional().meta({ description: 'In place of what is stored' }),
  version: z.number().int().min(1).optional(),
  profile: z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'As this customer would see it; without it, as nobody known' }),
  language: languageSchema.optional().meta({ description: 'In place of the language of the customer' }),
  variables,
});

export const templatePreviewSchema = z.object({
  language: z.string(),
  /** Filled as the channel has them. */
  subject: z.string().nullable(),
  preheader: z.string().nullable(),
  from: z.string().nullable(),
  html: z.string().nullable(),
  text: z.string().nullable(),
  message: z.json().meta({ description: 'What the provider would be given, for channels other than e-mail' }),
  bytes: count,
  parts: count.nullable().meta({ description: 'SMS this takes' }),
  examples: z.boolean().meta({ description: 'Without an event, products of the shop stand in for those of one' }),
  problems: z.array(templateProblemSchema),
});
export type TemplatePreview = z.infer<typeof templatePreviewSchema>;

export const templateChecksInputSchema = z.strictObject({
  content: templateContentSchema.optional(),
  profiles: z.array(z.string().max(40)).max(templateLimits.samples).optional().meta({
    description: 'People to try it with; without it, people seen lately',
  }),
  links: z.boolean().default(false).meta({ description: 'Also ask every address whether it answers' }),
  variables,
});
export const templateChecksSchema = z.object({
  problems: z.array(templateProblemSchema),
  people: count.meta({ description: 'Tried with so many' }),
  bytes: count.meta({ description: 'The largest page among them' }),
});
export type TemplateChecks = z.infer<typeof templateChecksSchema>;

export const templateTestInputSchema = z.strictObject({
  to: z.array(z.string().trim().min(3).max(2_000)).min(1).max(10).meta({ description: 'Addresses of the channel' }),
  profile: z.string().max(40).meta({ description: 'As this customer would get it' }),
  language: languageSchema.optional(),
  variables,
});
export const templateTestSchema = z.object({ messages: z.array(z.string()) });

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'Use a colour such as #1f2937.');

/** How messages of a site look and who they are from. */
export const brandKitSchema = z.strictObject({
  senderName: line(100).default(''),
  senderAddress: z.union([z.literal(''), z.email().max(254)]).default(''),
  replyTo: z.union([z.literal(''), z.email().max(254)]).default(''),
  logoUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2_000)]).default(''),
  shopUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2_000)]).default(''),
  primary: colour.default('#1f2937'),
  onPrimary: colour.default('#ffffff'),
  background: colour.default('#f3f4f6'),
  surface: colour.default('#ffffff'),
  text: colour.default('#1f2937'),
  muted: colour.default('#5b6472'),
  font: line(200).default('Helvetica, Arial, sans-serif'),
  postalAddress: line(500).default('').meta({ description: 'The law of most countries asks for it' }),
  footer: line(1_000).default(''),
});
export type BrandKit = z.infer<typeof brandKitSchema>;
export const savedBrandKitSchema = z.object({
  site: z.string().nullable().meta({ description: 'Null: of the workspace' }),
  siteName: z.string().nullable(),
  saved: z.boolean().meta({ description: 'False: nobody set it yet, this is what would be used' }),
  kit: brandKitSchema,
});
export type SavedBrandKit = z.infer<typeof savedBrandKitSchema>;
export const brandKitsSchema = z.object({ items: z.array(savedBrandKitSchema) });

export const templatePartNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,59}$/, 'Use small letters, digits, - and _.');
export const templatePartInputSchema = z.strictObject({ source: liquid(50_000) });
export const templatePartSchema = z.object({
  name: z.string(),
  source: z.string(),
  updatedBy: z.string(),
  updatedAt: instantSchema,
});
export type TemplatePart = z.infer<typeof templatePartSchema>;
export const templatePartsSchema = z.object({ items: z.array(templatePartSchema) });

export const assetSchema = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: count,
  url: z.string().meta({ description: 'Where everybody may see it' }),
  createdAt: instantSchema,
});
export type Asset = z.infer<typeof assetSchema>;
export const assetsSchema = z.object({ items: z.array(assetSchema) });
