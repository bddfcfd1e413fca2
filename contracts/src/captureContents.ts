import { z } from 'zod';
import { purposeSchema } from './channels.ts';
import { experienceLinkSchema } from './experienceBlocks.ts';

/** What asks visitors something: forms, quizzes, wheels and surveys. Every answer is kept as a trait of the person. */

const short = z.string().trim().min(1).max(120);
const language = z.string().regex(/^[a-z]{2}$/);
const byLanguage = z.record(language, short);
const offerKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const traitName = z.string().regex(/^[a-zA-Z][\w.]{0,59}$/);

export const captureQuestionKinds = ['text', 'email', 'phone', 'choice', 'choices', 'date', 'score'] as const;
export const captureQuestionSchema = z.strictObject({
  trait: traitName.meta({ description: 'Where the answer is kept. `email` and `phone` are addresses of the person' }),
  kind: z.enum(captureQuestionKinds).meta({ description: '`choices`: several; kept as a list. `score`: 1 to 5' }),
  label: byLanguage,
  choices: z.array(short).max(20).default([]).meta({ description: 'As they are kept' }),
  shown: z
    .record(short, z.strictObject({ label: byLanguage.default({}), picture: experienceLinkSchema.optional() }))
    .default({})
    .meta({ description: 'By choice: its words by language, and a picture' }),
  required: z.boolean().default(false),
});
export type CaptureQuestion = z.infer<typeof captureQuestionSchema>;

export const captureConsentSchema = z
  .strictObject({
    purpose: purposeSchema,
    channel: z.enum(['email', 'sms']),
    text: z.record(language, z.string().trim().min(1).max(2_000)),
    box: z.boolean().default(true).meta({ description: 'A box to tick, empty at first; else sending says yes' }),
    required: z.boolean().default(false),
  })
  .meta({
    description:
      'Asked with double opt-in: nothing is allowed until the button in the message is pressed. What was shown, when and where is kept in the ledger',
  });
export type CaptureConsent = z.infer<typeof captureConsentSchema>;

export const couponGiving = ['at_once', 'confirmed'] as const;
const giving = z.enum(couponGiving).meta({
  description: '`at_once`: shown to whoever answers. `confirmed`: on the page of the double opt-in only',
});
const closing = z
  .record(language, z.strictObject({ title: short.optional(), body: z.string().trim().max(2_000).optional() }))
  .default({})
  .meta({ description: 'Said after the answer, by language' });

export const quizOutcomeSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  when: z
    .array(z.strictObject({ trait: traitName, values: z.array(short).min(1).max(20) }))
    .max(10)
    .default([])
    .meta({ description: 'All of them; none: whoever fits nothing before' }),
  texts: z.record(
    language,
    z.strictObject({
      title: short.optional(),
      body: z.string().trim().max(2_000).optional(),
      button: short.optional(),
    }),
  ),
  link: experienceLinkSchema.optional(),
});
export type QuizOutcome = z.infer<typeof quizOutcomeSchema>;

export const wheelSegmentSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  label: byLanguage,
  chance: z.number().min(0).max(1),
  offer: offerKey.nullable().default(null).meta({ description: 'Key of the offer that is won; null: nothing is won' }),
});
export type WheelSegment = z.infer<typeof wheelSegmentSchema>;

const segments = z
  .array(wheelSegmentSchema)
  .min(2)
  .max(12)
  .refine((all) => Math.abs(all.reduce((sum, { chance }) => sum + chance, 0) - 1) < 0.000_001, {
    message: 'The chances add up to 1.',
  })
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, {
    message: 'Each segment has a key of its own.',
  })
  .refine((all) => all.some(({ offer }) => offer === null), {
    message: 'One segment at least wins nothing: it takes the chances of prizes that have run out.',
  })
  .meta({
    description:
      'Drawn on the server by these chances. A page is told the chances as they are: a prize without stock has none, and what it had goes to nothing won',
  });

const questions = (least: number, most: number) =>
  z
    .array(captureQuestionSchema)
    .min(least)
    .max(most)
    .refine((all) => new Set(all.map(({ trait }) => trait)).size === all.length, {
      message: 'Each question has a trait of its own.',
    });

/** The fields of each kind beside those that all panels have. */
export const captureShapes = {
  form: {
    kind: z.literal('form'),
    questions: questions(1, 10),
    ask: z.enum(['all', 'unknown']).default('all').meta({
      description: '`unknown`: one question at a time, only what is not known of the person; nothing left: not shown',
    }),
    askAgainDays: z.int().min(1).max(730).default(90).meta({
      description: 'With `unknown`: a question that was closed counts as asked for so long',
    }),
    consent: captureConsentSchema.optional(),
    coupon: z
      .strictObject({ offer: offerKey, give: giving })
      .optional()
      .meta({ description: 'A code of this offer, one for each person' }),
    closing,
  },
  quiz: {
    kind: z.literal('quiz'),
    questions: questions(1, 10),
    outcomes: z
      .array(quizOutcomeSchema)
      .min(1)
      .max(10)
      .meta({ description: 'The first whose conditions hold closes the quiz' }),
  },
  wheel: {
    kind: z.literal('wheel'),
    segments,
    questions: questions(0, 3).default([]),
    consent: captureConsentSchema.optional(),
    give: giving.default('at_once'),
    againDays: z
      .int()
      .min(1)
      .max(365)
      .nullable()
      .default(null)
      .meta({ description: 'One draw for each person in so many days; null: one for ever' }),
  },
  survey: { kind: z.literal('survey'), questions: questions(1, 1), closing },
} as const;

export const captureKinds = ['form', 'quiz', 'wheel', 'survey'] as const;
export type CaptureKind = (typeof captureKinds)[number];

interface Asking {
  readonly kind: string;
  readonly questions?: readonly CaptureQuestion[];
  readonly consent?: CaptureConsent | undefined;
  readonly coupon?: { readonly give: (typeof couponGiving)[number] } | undefined;
  readonly give?: (typeof couponGiving)[number];
}

/** What fits together only as a whole; null: nothing is wrong. */
export function captureProblem(content: Asking): { readonly path: string; readonly message: string } | null {
  const { questions: asked = [], consent } = content;
  const empty = asked.findIndex(
    ({ kind, choices }) => (kind === 'choice' || kind === 'choices') && choices.length === 0,
  );
  if (empty >= 0) return { path: `questions.${empty}.choices`, message: 'Give at least one choice.' };
  const address = consent === undefined ? null : consent.channel === 'email' ? 'email' : 'phone';
  if (address !== null && !asked.some(({ trait, kind }) => trait === address && kind === address))
    return { path: 'consent', message: `Ask for the trait ${address}: the question to confirm goes there.` };
  if (consent !== undefined && Object.keys(consent.text).length === 0)
    return { path: 'consent.text', message: 'Say what is agreed to in at least one language.' };
  const confirmed = (content.coupon?.give ?? content.give) === 'confirmed';
  if (confirmed && (consent === undefined || (consent.box && !consent.required)))
    return { path: 'consent', message: 'A code that is given on confirmation needs a consent that everybody gives.' };
  return null;
}
