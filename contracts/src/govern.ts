import { z } from 'zod';
import { countrySchema, currencySchema, instantSchema, languageSchema, pageOf, timeZoneSchema } from './http.ts';
import { type Permission, permissionSchema, permissions, type Role, roleSchema } from './permissions.ts';

const steward: readonly Permission[] = [
  'profiles.read',
  'profiles.write',
  'profiles.erase',
  'personal.read',
  'events.read',
  'data.read',
  'data.write',
  'catalog.read',
  'catalog.write',
  'analytics.read',
  'analytics.write',
  'segments.read',
  'segments.write',
  'messages.read',
  'consent.write',
  'experience.read',
  'sql.read',
  'export.read',
  'settings.read',
  'identity.write',
  'audit.read',
];

/** What each role may do. Analyst and viewer lack `personal.read`: they see personal data masked. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  owner: permissions,
  marketer: [
    'profiles.read',
    'personal.read',
    'events.read',
    'data.read',
    'data.write',
    'catalog.read',
    'catalog.write',
    'analytics.read',
    'analytics.write',
    'segments.read',
    'segments.write',
    'messages.read',
    'messages.write',
    'messages.send',
    'consent.write',
    'experience.read',
    'experience.write',
    'export.read',
    'settings.read',
  ],
  analyst: [
    'profiles.read',
    'events.read',
    'data.read',
    'catalog.read',
    'analytics.read',
    'analytics.write',
    'segments.read',
    'segments.write',
    'messages.read',
    'experience.read',
    'sql.read',
    'settings.read',
  ],
  steward,
  developer: [
    'profiles.read',
    'personal.read',
    'events.read',
    'data.read',
    'data.write',
    'plan.write',
    'catalog.read',
    'catalog.write',
    'keys.write',
    'settings.read',
    'settings.write',
    'analytics.read',
    'analytics.write',
    'segments.read',
    'segments.write',
    'messages.read',
    'messages.write',
    'messages.send',
    'experience.read',
    'experience.write',
    'sql.read',
    'identity.write',
  ],
  viewer: [
    'profiles.read',
    'data.read',
    'catalog.read',
    'analytics.read',
    'segments.read',
    'messages.read',
    'experience.read',
  ],
};

/** What an API key may be allowed: everything but managing people, which takes a person. */
export const keyScopeSchema = permissionSchema.exclude(['users.write']);
export type KeyScope = z.infer<typeof keyScopeSchema>;
export const keyScopes: readonly KeyScope[] = keyScopeSchema.options;

const nameSchema = z.string().trim().min(1).max(120);
const passwordSchema = z.string().min(8).max(128);

export const workspaceSettingsSchema = z.object({
  name: nameSchema,
  baseCurrency: currencySchema.meta({
    description: 'All revenue is also kept in it. Fixed once the workspace exists.',
  }),
  country: countrySchema.meta({ description: 'Tells how to read phone numbers without a country code.' }),
  timeZone: timeZoneSchema,
  language: languageSchema,
});
export const workspaceSchema = z.object({
  id: z.int(),
  name: z.string(),
  baseCurrency: z.string(),
  country: z.string(),
  timeZone: z.string(),
  language: z.string(),
  createdAt: instantSchema,
});
export type Workspace = z.infer<typeof workspaceSchema>;
export const workspacePatchSchema = workspaceSettingsSchema.omit({ baseCurrency: true }).partial();

export const setupStatusSchema = z.object({
  needed: z.boolean().meta({ description: 'True until the first owner exists.' }),
});
export const setupRequestSchema = z.object({
  name: nameSchema,
  email: z.email().max(254),
  password: passwordSchema,
  workspace: workspaceSettingsSchema,
});
export const setupResponseSchema = z.object({ workspaceId: z.int(), userId: z.string() });

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  twoFactor: z.boolean().meta({ description: 'Signs in with a second factor.' }),
});
/** Languages the console speaks. */
export const consoleLanguageSchema = z.enum(['en', 'fr']);
export const meSchema = z.object({
  user: personSchema,
  workspaces: z.array(workspaceSchema.extend({ role: roleSchema, permissions: z.array(permissionSchema) })),
  workspaceId: z
    .int()
    .nullable()
    .meta({ description: 'The workspace this request was for; null for a member of none.' }),
  role: roleSchema.nullable(),
  permissions: z.array(permissionSchema),
  language: consoleLanguageSchema
    .nullable()
    .meta({ description: 'Chosen for the console; null until one was chosen.' }),
});
export const mePatchSchema = z.object({ language: consoleLanguageSchema });
export type Me = z.infer<typeof meSchema>;

const domainSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'Use a host name such as shop.example.',
  );
export const siteRequestSchema = z.object({
  name: nameSchema,
  domain: domainSchema.nullable().default(null),
  country: countrySchema,
  currency: currencySchema,
  language: languageSchema,
});
export const sitePatchSchema = z
  .object({
    name: nameSchema,
    domain: domainSchema.nullable(),
    country: countrySchema,
    currency: currencySchema,
    language: languageSchema,
  })
  .partial();
export const siteSchema = z.object({
  id: z.int(),
  name: z.string(),
  domain: z.string().nullable(),
  country: z.string(),
  currency: z.string(),
  language: z.string(),
  createdAt: instantSchema,
});
export const sitePageSchema = pageOf(siteSchema);
export type Site = z.infer<typeof siteSchema>;

export const userSchema = personSchema.extend({
  role: roleSchema,
  state: z.enum(['active', 'invited']).meta({ description: '`invited` until a password has been chosen.' }),
  createdAt: instantSchema,
});
export const userPageSchema = pageOf(userSchema);
export type User = z.infer<typeof userSchema>;
export const invitationSchema = z.object({
  url: z.string().meta({ description: 'Where the person chooses a password. Works once. Shown only now.' }),
  expiresAt: instantSchema,
});
export type Invitation = z.infer<typeof invitationSchema>;
export const inviteRequestSchema = z.object({ name: nameSchema, email: z.email().max(254), role: roleSchema });
export const inviteResponseSchema = z.object({
  user: userSchema,
  invitation: invitationSchema.nullable().meta({ description: 'Null when the person already has a password.' }),
});
export const rolePatchSchema = z.object({ role: roleSchema });

export const keySchema = z.object({
  id: z.int(),
  kind: z.enum(['write', 'secret']),
  name: z.string(),
  prefix: z.string().meta({ description: 'The first characters, to recognise the key by.' }),
  value: z.string().nullable().meta({ description: 'A write key in full (it is public); null for a secret key.' }),
  sourceId: z.int().nullable(),
  scopes: z.array(permissionSchema),
  createdAt: instantSchema,
  createdBy: z.string().nullable(),
  lastUsedAt: instantSchema.nullable().meta({ description: 'To the minute.' }),
  revokedAt: instantSchema.nullable(),
});
export const keyPageSchema = pageOf(keySchema);
export type ApiKey = z.infer<typeof keySchema>;
export const keyRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('secret'), name: nameSchema, scopes: z.array(keyScopeSchema).min(1) }),
  z.object({ kind: z.literal('write'), name: nameSchema, sourceId: z.int() }),
]);
export const keyResponseSchema = z.object({
  key: keySchema,
  secret: z.string().nullable().meta({ description: 'The secret key in full. Shown only now; null for a write key.' }),
});

export const auditEntrySchema = z.object({
  id: z.int(),
  at: instantSchema,
  actor: z.object({
    kind: z.enum(['user', 'key', 'system', 'command']),
    id: z.string(),
    name: z.string().nullable().meta({ description: 'Null when the person or key is gone.' }),
  }),
  action: z.string().meta({ examples: ['key.created'] }),
  target: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export const auditPageSchema = pageOf(auditEntrySchema);
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditQuerySchema = z.object({
  action: z.string().max(100).optional().meta({ description: 'An action, or the beginning of one: `key.`' }),
  actor: z.string().max(200).optional().meta({ description: 'Id of a person or key.' }),
  target: z.string().max(200).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional().meta({ description: 'Exclusive.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
