import { z } from 'zod';
import { captureProblem, captureShapes } from './captureContents.ts';
import { experienceBlockSchema, experienceLinkSchema as link, shownBlockSchema } from './experienceBlocks.ts';

/** What a variant puts on the page. Texts are texts: nothing of an author or a visitor is ever read as HTML. */

const short = z.string().trim().min(1).max(120);
const long = z.string().trim().max(2_000);
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'A colour as #rrggbb.');
const selector = z.string().trim().min(1).max(300);

export const experienceTextsSchema = z.strictObject({
  title: short.optional(),
  body: long.optional(),
  button: short.optional(),
  close: short.optional().meta({ description: 'What a screen reader says of the closing cross' }),
});

const anyTexts = z.record(z.string().regex(/^[a-z]{2}$/), experienceTextsSchema);
const languages = anyTexts
  .refine((texts) => Object.keys(texts).length > 0, 'Give the texts in at least one language.')
  .meta({
    description:
      'By language: {"fr": {…}, "en": {…}}; for a language without texts that of the site stands in, then that of the workspace, then any',
  });

const style = z.strictObject({ background: colour.optional(), text: colour.optional(), accent: colour.optional() });

const panelWith = <Block extends z.ZodType>(block: Block) => ({
  texts: languages,
  link: link.optional(),
  style: style.prefault({}),
  blocks: z.array(block).max(6).default([]),
  closable: z.boolean().default(true),
});

export const experienceChangeSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('text'), selector, value: z.string().max(2_000) }),
  z.strictObject({ action: z.literal('image'), selector, value: link, alt: z.string().max(300) }),
  z.strictObject({
    action: z.literal('attribute'),
    selector,
    // What could run code or load something is not among them.
    name: z.enum(['title', 'alt', 'placeholder', 'aria-label', 'class', 'value']),
    value: z.string().max(2_000),
  }),
  z.strictObject({ action: z.literal('link'), selector, value: link }),
  z.strictObject({ action: z.literal('hide'), selector }),
  z.strictObject({ action: z.literal('move'), selector, before: selector }),
]);

const contentWith = <Block extends z.ZodType>(block: Block) => {
  const panel = panelWith(block);
  const within = { selector, place: z.enum(['before', 'after', 'inside']) };
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('banner'), ...within, ...panel }),
    z
      .strictObject({ kind: z.literal('block'), ...within, ...panel, closable: z.boolean().default(false) })
      .meta({ description: 'Part of the page: in its letters and colours where none are given' }),
    z.strictObject({ kind: z.literal('bar'), place: z.enum(['top', 'bottom']).default('top'), ...panel }),
    z.strictObject({ kind: z.literal('modal'), ...panel }),
    z.strictObject({ kind: z.literal('slide_in'), place: z.enum(['left', 'right']).default('right'), ...panel }),
    z.strictObject({ ...captureShapes.form, ...panel }),
    z.strictObject({ ...captureShapes.quiz, ...panel }),
    z.strictObject({ ...captureShapes.wheel, ...panel }),
    z.strictObject({ ...captureShapes.survey, ...panel }),
    z.strictObject({ kind: z.literal('change'), changes: z.array(experienceChangeSchema).min(1).max(30) }),
    z.strictObject({ kind: z.literal('redirect'), to: link }),
  ]);
};

const stepOf = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step);

export const experienceContentSchema = contentWith(experienceBlockSchema)
  .superRefine((content, context) => {
    const problem = captureProblem(content);
    if (problem !== null)
      context.addIssue({ code: 'custom', message: problem.message, path: problem.path.split('.').map(stepOf) });
  })
  .meta({ description: 'What it puts on the page' });
export type ExperienceContent = z.infer<typeof experienceContentSchema>;

/** As the page is told: its blocks with what they say. */
export const shownContentSchema = contentWith(shownBlockSchema);
export type ShownContent = z.infer<typeof shownContentSchema>;
