import type { ExperienceContent } from '@vitrail/contracts';
import { isCapture } from './readAnswers.ts';

/** By trait: whether it is known of a person, and when they last closed the question. Times in ms. */
export type Answered = ReadonlyMap<string, { readonly known: boolean; readonly closedAt: number | null }>;

type Asked =
  | { readonly content: ExperienceContent }
  | { readonly reason: 'answered' | 'nothing_to_ask'; readonly detail: string };

const dayMs = 86_400_000;

/**
 * What is left to ask a person: a form that asks only what is unknown asks the first such question, alone; everything else
 * is asked once. Content that asks nothing stays as it is.
 */
export function whatToAsk(content: ExperienceContent, answeredAt: number | null, answered: Answered, now: Date): Asked {
  if (!isCapture(content)) return { content };
  if (content.kind === 'form' && content.ask === 'unknown') {
    const { questions, askAgainDays } = content;
    const open = questions.find(({ trait }) => {
      const { known = false, closedAt = null } = answered.get(trait) ?? {};
      return !known && (closedAt === null || now.getTime() - closedAt >= askAgainDays * dayMs);
    });
    return open === undefined
      ? { reason: 'nothing_to_ask', detail: '' }
      : { content: { ...content, questions: [open] } };
  }
  const againDays = content.kind === 'wheel' ? content.againDays : null;
  const isOver = answeredAt !== null && (againDays === null || now.getTime() - answeredAt < againDays * dayMs);
  return isOver ? { reason: 'answered', detail: '' } : { content };
}

/** Traits that forms ask for only while they are unknown. */
export const unknownTraits = (contents: readonly ExperienceContent[]): string[] => [
  ...new Set(
    contents.flatMap((content) =>
      content.kind === 'form' && content.ask === 'unknown' ? content.questions.map(({ trait }) => trait) : [],
    ),
  ),
];
