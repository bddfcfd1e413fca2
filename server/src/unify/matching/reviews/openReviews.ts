import type { Pg } from '../../../platform/index.ts';
import { type MatchSubject, pairOf } from '../subject.ts';
import { insertReviews } from './sql/openReviews.pg.ts';

export interface Question {
  /** Any number that tells the questions of one call apart. */
  readonly position: number;
  readonly left: number;
  readonly right: number;
  readonly weight: number;
  readonly householdWeight: number;
  readonly probability: number;
  readonly veto: string | null;
  readonly reason: 'band' | 'veto' | 'check';
  readonly merge: number | null;
}

export type Asked =
  | { readonly review: number }
  | { readonly outcome: 'already_one' | 'cannot_link' | 'gone' | 'answered' };

/** A veto or a check is worth a look however sure the model is. */
const leastUncertainty = { band: 0.05, veto: 0.5, check: 0.1 } as const;

/** How undecided a probability is, from 0 to 1: the entropy in bits. */
export function uncertaintyOf(probability: number): number {
  const p = Math.min(Math.max(probability, 1e-12), 1 - 1e-12);
  return -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p));
}

/** What comes first in the queue: value by uncertainty. People without orders count for a little, so that they come too. */
export const priorityOf = (value: number, probability: number, reason: Question['reason']): number =>
  (20 + Math.max(0, value)) * Math.max(leastUncertainty[reason], uncertaintyOf(probability));

/**
 * Puts questions to people, each about the customers as they stand now. Not asked: what is one meanwhile, was kept apart,
 * is gone, or was answered "not sure" before.
 */
export async function openReviews(
  tx: Pg,
  subject: MatchSubject,
  input: {
    readonly workspace: number;
    readonly at: Date;
    readonly run: number | null;
    readonly model: number;
    readonly questions: readonly Question[];
  },
): Promise<Map<number, Asked>> {
  const { workspace, questions } = input;
  const answers = new Map<number, Asked>();
  if (questions.length === 0) return answers;
  const roots = await subject.roots(tx, workspace, [...new Set(questions.flatMap(({ left, right }) => [left, right]))]);
  const apart = new Set(
    (await subject.apart(tx, workspace, [...new Set(roots.values())])).map(([a, b]) => pairOf(a, b).join(' ')),
  );
  const open: (Question & { pair: readonly [number, number] })[] = [];
  const seen = new Set<string>();
  for (const question of questions) {
    const check = question.reason === 'check';
    const left = check ? question.left : roots.get(question.left);
    const right = check ? question.right : roots.get(question.right);
    if (left === undefined || right === undefined) answers.set(question.position, { outcome: 'gone' });
    else if (left === right) answers.set(question.position, { outcome: 'already_one' });
    else {
      const pair = pairOf(left, right);
      const key = pair.join(' ');
      if (!check && apart.has(key)) answers.set(question.position, { outcome: 'cannot_link' });
      else if (seen.has(key)) answers.set(question.position, { outcome: 'answered' });
      else {
        seen.add(key);
        open.push({ ...question, pair });
      }
    }
  }
  if (open.length === 0) return answers;
  const values = await subject.values(tx, workspace, [...new Set(open.flatMap(({ pair }) => pair))]);
  const worth = open.map(({ pair: [left, right] }) => (values.get(left) ?? 0) + (values.get(right) ?? 0));
  const rows = await tx.rows(insertReviews, {
    workspace,
    kind: subject.kind,
    at: input.at,
    run: input.run,
    model: input.model,
    positions: open.map(({ position }) => position),
    reasons: open.map(({ reason }) => reason),
    vetoes: open.map(({ veto }) => veto),
    lefts: open.map(({ pair }) => pair[0]),
    rights: open.map(({ pair }) => pair[1]),
    weights: open.map(({ weight }) => weight),
    households: open.map(({ householdWeight }) => householdWeight),
    probabilities: open.map(({ probability }) => probability),
    values: worth,
    priorities: open.map(({ probability, reason }, index) => priorityOf(worth[index] ?? 0, probability, reason)),
    merges: open.map(({ merge }) => merge),
  });
  for (const { position, id } of rows) answers.set(position, { review: id });
  for (const { position } of open) if (!answers.has(position)) answers.set(position, { outcome: 'answered' });
  return answers;
}
