import { captureKinds, type ExperienceContent } from '@vitrail/contracts';

/** What asks visitors something, as it is typed. */
export type Asking = Extract<ExperienceContent, { kind: (typeof captureKinds)[number] }>;
export type Question = Asking['questions'][number];
export type Form = Extract<Asking, { kind: 'form' }>;
export type Wheel = Extract<Asking, { kind: 'wheel' }>;
export type Quiz = Extract<Asking, { kind: 'quiz' }>;
export type Consent = NonNullable<Form['consent']>;

export const isAsking = (content: ExperienceContent): content is Asking =>
  captureKinds.some((kind) => kind === content.kind);
export const hasChoices = ({ kind }: Question): boolean => kind === 'choice' || kind === 'choices';

export const newQuestion = (fields: Partial<Question> = {}): Question => ({
  trait: 'email',
  kind: 'email',
  label: {},
  choices: [],
  shown: {},
  required: true,
  ...fields,
});

export const newConsent = (): Consent => ({
  purpose: 'marketing',
  channel: 'email',
  text: {},
  box: true,
  required: false,
});

type OwnFields<Kind extends Asking['kind']> = Omit<
  Extract<Asking, { kind: Kind }>,
  'texts' | 'link' | 'style' | 'blocks' | 'closable'
>;

/** What a new one of each kind begins with, beside what all panels have. */
export const beginnings = {
  form: (): OwnFields<'form'> => ({
    kind: 'form',
    questions: [newQuestion()],
    ask: 'all',
    askAgainDays: 90,
    closing: {},
  }),
  survey: (): OwnFields<'survey'> => ({
    kind: 'survey',
    questions: [newQuestion({ trait: '', kind: 'choice', required: true })],
    closing: {},
  }),
  quiz: (): OwnFields<'quiz'> => ({
    kind: 'quiz',
    questions: [newQuestion({ trait: '', kind: 'choice' })],
    outcomes: [{ key: 'end', when: [], texts: {} }],
  }),
  wheel: (): OwnFields<'wheel'> => ({
    kind: 'wheel',
    questions: [newQuestion()],
    segments: [
      { key: 'prize', label: {}, chance: 0.2, offer: null },
      { key: 'nothing', label: {}, chance: 0.8, offer: null },
    ],
    give: 'at_once',
    againDays: null,
  }),
};

const said = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const saidOnly = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => said(text)));

/** Words by language without those left empty, and without languages that say nothing. */
function wordsOnly(texts: Readonly<Record<string, object>>): Record<string, Record<string, string>> {
  const kept = Object.entries(texts).map(([language, words]): [string, Record<string, string>] => [
    language,
    Object.fromEntries(Object.entries(words).filter(([, text]) => said(text))),
  ]);
  return Object.fromEntries(kept.filter(([, words]) => Object.keys(words).length > 0));
}

const cleanQuestion = (question: Question): Question => ({
  ...question,
  label: saidOnly(question.label),
  choices: hasChoices(question) ? question.choices : [],
  shown: Object.fromEntries(
    Object.entries(question.shown).flatMap(([choice, { label, picture }]) => {
      const words = saidOnly(label);
      const isKept =
        hasChoices(question) && question.choices.includes(choice) && (Object.keys(words).length > 0 || said(picture));
      return isKept ? [[choice, { label: words, ...(said(picture) ? { picture: picture.trim() } : {}) }]] : [];
    }),
  ),
});

/** Without the fields that were left empty. */
export function cleanAsking(content: Asking): Asking {
  const questions = content.questions.map(cleanQuestion);
  switch (content.kind) {
    case 'form': {
      const { consent, ...rest } = content;
      return {
        ...rest,
        questions,
        closing: wordsOnly(content.closing),
        ...(consent === undefined ? {} : { consent: { ...consent, text: saidOnly(consent.text) } }),
      };
    }
    case 'survey':
      return { ...content, questions, closing: wordsOnly(content.closing) };
    case 'wheel': {
      const { consent, ...rest } = content;
      return {
        ...rest,
        questions,
        segments: content.segments.map((segment) => ({ ...segment, label: saidOnly(segment.label) })),
        ...(consent === undefined ? {} : { consent: { ...consent, text: saidOnly(consent.text) } }),
      };
    }
    case 'quiz':
      return {
        ...content,
        questions,
        outcomes: content.outcomes.map(({ link, ...outcome }) => ({
          ...outcome,
          texts: wordsOnly(outcome.texts),
          ...(said(link) ? { link: link.trim() } : {}),
        })),
      };
  }
}

/** A name for machines that no other has: `prize`, `prize-2`, … */
export function freeKey(stem: string, taken: readonly string[]): string {
  if (!taken.includes(stem)) return stem;
  for (let number = 2; ; number++) if (!taken.includes(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** In hundredths of a percent, so that sums of tenths are exact. */
export const chanceSum = (segments: Wheel['segments']): number =>
  Math.round(segments.reduce((sum, { chance }) => sum + chance, 0) * 10_000) / 10_000;
