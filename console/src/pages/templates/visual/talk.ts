import { z } from 'zod';

/** What the console tells the editor in its frame. */
export const toEditorSchema = z.object({
  kind: z.literal('load'),
  mjml: z.string(),
  language: z.enum(['en', 'fr']),
  pictures: z.array(z.string()),
  blocks: z.array(z.object({ id: z.string(), label: z.string(), mjml: z.string() })),
});
export type ToEditor = z.infer<typeof toEditorSchema>;

/** What the editor tells the console. */
export const fromEditorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('changed'), mjml: z.string() }),
]);
export type FromEditor = z.infer<typeof fromEditorSchema>;
