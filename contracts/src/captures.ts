import { z } from 'zod';
import { experienceKeySchema } from './experiences.ts';

const count = z.int().min(0);
const chances = z.record(z.string(), z.number()).meta({ description: 'By segment, as they were at the draw' });

/** From a page, with a write key. The same `messageId` again is the same answer, told again. */
export const answerRequestSchema = z.object({
  writeKey: z.string().max(200).optional(),
  messageId: z.string().regex(/^[\w-]{8,100}$/, '8 to 100 letters, digits, - and _.'),
  anonymousId: z.string().trim().min(1).max(300).optional().meta({
    description: 'Without one (the visitor allowed no storage) the answer stands for itself',
  }),
  experience: experienceKeySchema,
  variant: experienceKeySchema,
  version: z.int().min(1).optional().meta({ description: 'Of the experience, as the decision said it' }),
  answers: z
    .record(
      z.string().max(60),
      z.union([z.string().trim().min(1).max(500), z.array(z.string().max(120)).min(1).max(20)]),
    )
    .meta({ description: 'By trait' }),
  consent: z
    .object({ text: z.string().min(1).max(2_000), language: z.string().max(20).default('') })
    .nullish()
    .meta({ description: 'What the person agreed to, in the very words that they saw; left out: they did not' }),
  outcome: z.string().max(40).optional().meta({ description: 'Of a quiz' }),
  language: z.string().max(35).default(''),
  page: z.string().max(2_048).default(''),
});
export type AnswerRequest = z.infer<typeof answerRequestSchema>;

export const answerAnswerSchema = z.object({
  state: z
    .enum(['taken', 'pending'])
    .meta({ description: '`pending`: it is kept, and what it brings is not known yet. Send the same again' }),
  confirm: z.boolean().meta({
    description: 'Says that a message asks to confirm, whoever the address belongs to and whatever is known of it',
  }),
  code: z.string().nullable(),
  draw: z.object({ segment: z.string(), won: z.boolean(), chances }).nullable(),
});
export type AnswerAnswer = z.infer<typeof answerAnswerSchema>;

export const answersReportSchema = z.object({
  people: count,
  answers: count,
  questions: z.array(
    z.object({
      trait: z.string(),
      kind: z.string(),
      label: z.record(z.string(), z.string()),
      values: z
        .array(z.object({ variant: z.string(), value: z.string(), count }))
        .meta({ description: 'Of choices, scores and dates. Texts and addresses are not counted by value' }),
      texts: z
        .array(z.object({ at: z.iso.datetime(), variant: z.string(), text: z.string().nullable() }))
        .meta({ description: 'The newest; null without personal.read' }),
    }),
  ),
  outcomes: z.array(z.object({ variant: z.string(), outcome: z.string(), count })),
  consents: z
    .object({ agreed: count, asked: count, confirmed: count, kept: count })
    .meta({ description: '`kept`: no message went out, such as a second one to an address on one day' }),
  draws: z.array(
    z.object({
      variant: z.string(),
      segment: z.string(),
      offer: z.string().nullable(),
      drawn: count,
      expected: z.number().meta({ description: 'By the chances that were told at each draw' }),
    }),
  ),
  stock: z
    .array(z.object({ offer: z.string(), left: count.nullable().meta({ description: 'Null: without end' }) }))
    .meta({ description: 'Codes of the prizes that can be given now; 0 also when the offer does not run' }),
});
export type AnswersReport = z.infer<typeof answersReportSchema>;
