import { z } from 'zod';

/** The editor on the shop's own pages: opened by somebody signed in, let in by the page's own script. */

/** In the fragment of the page's address, which browsers never send to the shop's server. */
export const editorFragment = 'vitrail-edit';

export const editorSessionRequestSchema = z.object({
  page: z
    .string()
    .max(2_000)
    .regex(/^https?:\/\/\S+$/i, 'The whole address of a page, such as https://shop.example/.')
    .meta({ description: 'A page of one of the sites of the workspace', examples: ['https://shop.example/sale'] }),
});
export const editorSessionSchema = z.object({
  token: z.string().meta({ description: 'Goes into the fragment: `#vitrail-edit=<token>`' }),
  origin: z.string().meta({ description: 'The only origin whose pages the token opens' }),
  expiresAt: z.iso.datetime(),
});
export type EditorSession = z.infer<typeof editorSessionSchema>;

/** From the page, with its write key: is this a token of ours, for this page? */
export const editorCheckSchema = z.object({ writeKey: z.string().max(200), token: z.string().max(2_000) });
export const editorAnswerSchema = z.object({
  console: z.string().meta({ description: 'The only origin the editor may talk to' }),
});

const text = z.string().max(2_000);

/** Why a selector may find something else tomorrow. */
export const fragilities = ['place', 'generated'] as const;
export type Fragility = (typeof fragilities)[number];

/** An element that was picked on the page. */
export const pickedElementSchema = z.object({
  selector: z.string().max(300),
  count: z.int().min(0).meta({ description: 'How many elements of the page it finds' }),
  fragile: z.enum(fragilities).nullable(),
  tag: z.string().max(60),
  text,
  /** It holds other elements: a new text takes their place. */
  nested: z.boolean(),
  image: z.object({ src: text, alt: text }).nullable(),
  link: text.nullable(),
  attributes: z.record(z.string(), text),
  colours: z.object({ text: z.string().max(60), background: z.string().max(60) }),
});
export type PickedElement = z.infer<typeof pickedElementSchema>;

/** What the page in edit mode tells the console. */
export const fromPageSchema = z.discriminatedUnion('vitrail', [
  z.object({ vitrail: z.literal('hello'), url: text, title: z.string().max(500), language: z.string().max(35) }),
  z.object({ vitrail: z.literal('picked'), element: pickedElementSchema }),
  z.object({ vitrail: z.literal('counted'), counts: z.record(z.string(), z.int()) }),
  z.object({ vitrail: z.literal('shown'), failed: z.array(z.string().max(100)) }),
  z.object({ vitrail: z.literal('outside'), url: text }),
  z.object({ vitrail: z.literal('left') }),
  z.object({ vitrail: z.literal('leaving') }),
]);
export type FromPage = z.infer<typeof fromPageSchema>;
