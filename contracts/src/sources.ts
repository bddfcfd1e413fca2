import { z } from 'zod';
import { instantSchema, pageOf } from './http.ts';

/** Which family of silo a source is; the console colours by it. */
export const sourceFamilySchema = z.enum(['web', 'store', 'crm', 'messages', 'ads', 'support']);
export type SourceFamily = z.infer<typeof sourceFamilySchema>;

/** What sends: a page or app, a program of the shop, files, or a product feed. */
export const sourceKindSchema = z.enum(['browser', 'server', 'import', 'feed']);
export type SourceKind = z.infer<typeof sourceKindSchema>;

const fields = {
  name: z.string().trim().min(1).max(120),
  family: sourceFamilySchema,
  kind: sourceKindSchema,
  siteId: z.int().positive().nullable().meta({
    description: 'The site its events belong to: gives their country and currency where they say none.',
  }),
  priority: z.int().min(0).max(1_000).meta({
    description: 'When two sources state one trait at the same instant, the higher priority wins.',
  }),
};

export const sourceRequestSchema = z.object({
  name: fields.name,
  family: fields.family,
  kind: fields.kind,
  siteId: fields.siteId.default(null),
  priority: fields.priority.default(100),
});
export type SourceRequest = z.infer<typeof sourceRequestSchema>;

export const sourcePatchSchema = z
  .object({ ...fields, archived: z.boolean().meta({ description: 'An archived source takes no more events.' }) })
  .partial();
export type SourcePatch = z.infer<typeof sourcePatchSchema>;

export const sourceSchema = z.object({
  id: z.int(),
  ...fields,
  name: z.string(),
  site: z.string().nullable().meta({ description: 'Name of the site.' }),
  writeKey: z.string().nullable().meta({ description: 'Its newest write key that is not revoked.' }),
  createdAt: instantSchema,
  lastEventAt: instantSchema.nullable(),
  archivedAt: instantSchema.nullable(),
});
export type Source = z.infer<typeof sourceSchema>;
export const sourcePageSchema = pageOf(sourceSchema);

/** A way to send to a source. The console names and explains each in the reader's language. */
export const snippetIdSchema = z.enum([
  'vitrail',
  'html',
  'analytics-next',
  'rudder-browser',
  'jitsu-browser',
  'analytics-node',
  'rudder-node',
  'jitsu-node',
  'curl',
]);
export type SnippetId = z.infer<typeof snippetIdSchema>;

export const snippetSchema = z.object({
  id: snippetIdSchema,
  language: z.enum(['html', 'javascript', 'shell']),
  install: z.string().nullable().meta({ description: 'Command that installs the client, when there is one.' }),
  code: z.string(),
});
export type Snippet = z.infer<typeof snippetSchema>;
export const sourceSnippetsSchema = z.object({
  writeKey: z.string(),
  host: z.string().meta({ description: 'Where clients send to: the public address of this server.' }),
  snippets: z.array(snippetSchema),
});
