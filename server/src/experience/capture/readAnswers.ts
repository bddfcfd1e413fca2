import type { AnswerRequest, CaptureKind, CaptureQuestion, ExperienceContent } from '@vitrail/contracts';
import { captureKinds } from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import { normaliseEmail } from '../../unify/index.ts';

/** What asks visitors something. */
export type Capture = Extract<ExperienceContent, { kind: CaptureKind }>;

export const isCapture = (content: ExperienceContent): content is Capture =>
  captureKinds.some((kind) => kind === content.kind);

type Answer = string | number | readonly string[];
/** By trait, as they are kept. */
export type Answers = Readonly<Record<string, Answer>>;

const wrong = (trait: string, problem: string): Fault =>
  new Fault('invalid', 'experience.bad_answer', `The answer to ${trait} cannot be taken: ${problem}`, {
    details: { trait },
  });

/**
 * The answers to what was asked, checked. What was not asked is left out; an answer missing is no fault where questions come
 * one at a time. Throws `invalid` with the trait, never with what was answered.
 */
export function readAnswers(content: Capture, answers: AnswerRequest['answers']): Answers {
  const oneAtATime = content.kind === 'form' && content.ask === 'unknown';
  const read: Record<string, Answer> = {};
  for (const question of content.questions) {
    const { trait, required } = question;
    const answer = Object.hasOwn(answers, trait) ? answers[trait] : undefined;
    if (answer !== undefined) read[trait] = readAnswer(question, answer);
    else if (required && !oneAtATime) throw wrong(trait, 'it is missing.');
  }
  return read;
}

function readAnswer({ trait, kind, choices }: CaptureQuestion, answer: string | readonly string[]): Answer {
  if (kind === 'choices') {
    const list = typeof answer === 'string' ? [answer] : [...new Set(answer)];
    if (!list.every((one) => choices.includes(one))) throw wrong(trait, 'it is none of the choices.');
    return list;
  }
  if (typeof answer !== 'string') throw wrong(trait, 'one answer is expected.');
  switch (kind) {
    case 'choice':
      if (!choices.includes(answer)) throw wrong(trait, 'it is none of the choices.');
      return answer;
    case 'score':
      if (!/^[1-5]$/.test(answer)) throw wrong(trait, 'a number from 1 to 5 is expected.');
      return Number(answer);
    case 'email':
      if (!normaliseEmail(answer).ok) throw wrong(trait, 'it is no e-mail address.');
      return answer;
    case 'phone':
      if (!/\d.*\d.*\d.*\d.*\d/.test(answer)) throw wrong(trait, 'it is no phone number.');
      return answer;
    case 'date':
      if (!/^\d{4}-\d\d-\d\d$/.test(answer) || Number.isNaN(Date.parse(answer)))
        throw wrong(trait, 'a date as 2026-05-31 is expected.');
      return answer;
    case 'text':
      return answer;
  }
}
