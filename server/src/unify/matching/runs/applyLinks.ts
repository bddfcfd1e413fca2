import { createHash } from 'node:crypto';
import type { PgRow } from '../../../platform/index.ts';
import type { MergeOutcome, WantedMerge } from '../../merges/joinCustomers.ts';
import { type Asked, openReviews, type Question } from '../reviews/openReviews.ts';
import { type MatchDeps, type MatchSubject, pairOf } from '../subject.ts';
import type { RunProgress } from './runProgress.ts';
import { countLinks, listPlanned, markLinks } from './sql/links.pg.ts';

/** Links applied in one transaction: nobody else changes profiles of the workspace meanwhile. */
const chunk = 200;

interface Applied {
  readonly workspace: number;
  readonly run: number;
  readonly model: number;
  readonly checkedShare: number;
}

/** Whether a merge is drawn for a person to check. By a hash, so that nobody can choose which. */
export function isDrawn(merge: number, share: number): boolean {
  const hash = createHash('sha256').update(`check ${merge}`).digest();
  return hash.readUInt32BE(0) / 4_294_967_296 < share;
}

/**
 * Does what a run has planned, a chunk at a time; links, merges and questions of a chunk are written in one transaction. So
 * a run that was stopped goes on where it was, and nothing is done twice.
 */
export async function applyLinks(
  deps: MatchDeps,
  subject: MatchSubject,
  applied: Applied,
  progress: Pick<RunProgress, 'signal' | 'report'>,
): Promise<void> {
  const { workspace, run } = applied;
  const counts = await deps.pg.row(countLinks, { workspace, run });
  const total = counts?.all ?? 0;
  let done = total - (counts?.planned ?? 0);
  for (let after = -1; ; ) {
    progress.report('apply', done, total);
    progress.signal.throwIfAborted();
    const links = await deps.pg.rows(listPlanned, { workspace, run, after, limit: chunk });
    const last = links.at(-1);
    if (last === undefined) return;
    // Merges come first, then questions: each chunk does one of the two.
    const part = links.filter(({ action }) => action === links[0]?.action);
    if (part[0]?.action === 'merge') await merge(deps, subject, applied, part);
    else await ask(deps, subject, applied, part);
    done += part.length;
    after = part.at(-1)?.position ?? last.position;
  }
}

type Link = PgRow<typeof listPlanned.row>;

async function merge(deps: MatchDeps, subject: MatchSubject, applied: Applied, links: readonly Link[]): Promise<void> {
  const { workspace, run, model } = applied;
  const wanted = links.map((link): WantedMerge => wantedBy(link, { run, model }));
  await subject.join(deps, workspace, wanted, async (tx, outcomes) => {
    const questions = [...drawChecks(links, outcomes, applied.checkedShare), ...askBlocked(links, outcomes)];
    const asked = await openReviews(tx, subject, {
      workspace,
      at: deps.clock.now(),
      run,
      model,
      questions,
    });
    await tx.run(markLinks, {
      workspace,
      run,
      positions: links.map(({ position }) => position),
      outcomes: outcomes.map(({ outcome }) => outcome),
      merges: outcomes.map((outcome) => (outcome.outcome === 'merged' ? outcome.merge : null)),
      reviews: links.map(({ position }) => reviewOf(asked, position)),
    });
  });
}

const reviewOf = (asked: ReadonlyMap<number, Asked>, position: number): number | null => {
  const answer = asked.get(position);
  return answer !== undefined && 'review' in answer ? answer.review : null;
};

/** A merge as the model wants it, with what it says of it. */
export const wantedBy = (
  link: Pick<Link, 'left_id' | 'right_id' | 'weight' | 'household_weight' | 'probability'>,
  { run, model }: { readonly run: number; readonly model: number },
): WantedMerge => ({
  left: link.left_id,
  right: link.right_id,
  kind: 'probable',
  run,
  evidence: {
    match: {
      run,
      model,
      left: link.left_id,
      right: link.right_id,
      weight: link.weight,
      householdWeight: link.household_weight,
      probability: link.probability,
    },
  },
  explicit: false,
});

/** Questions about the merges that were drawn: were these right? */
export function drawChecks(
  links: readonly Pick<Link, 'position' | 'weight' | 'household_weight' | 'probability'>[],
  outcomes: readonly MergeOutcome[],
  share: number,
): Question[] {
  return outcomes.flatMap((outcome, index) => {
    const link = links[index];
    if (outcome.outcome !== 'merged' || link === undefined || !isDrawn(outcome.merge, share)) return [];
    const [left, right] = pairOf(outcome.winner, outcome.loser);
    const { weight, household_weight: householdWeight, probability } = link;
    const pair = { left, right, weight, householdWeight, probability };
    return [{ ...pair, position: link.position, veto: null, reason: 'check' as const, merge: outcome.merge }];
  });
}

/** Questions about merges that a limit of identifiers forbids: a person may know better. */
export function askBlocked(
  links: readonly Pick<Link, 'position' | 'left_id' | 'right_id' | 'weight' | 'household_weight' | 'probability'>[],
  outcomes: readonly MergeOutcome[],
): Question[] {
  return links.flatMap((link, index) =>
    outcomes[index]?.outcome === 'identifier_limit'
      ? [
          {
            position: link.position,
            left: link.left_id,
            right: link.right_id,
            weight: link.weight,
            householdWeight: link.household_weight,
            probability: link.probability,
            veto: 'identifier_limit',
            reason: 'veto' as const,
            merge: null,
          },
        ]
      : [],
  );
}

async function ask(deps: MatchDeps, subject: MatchSubject, applied: Applied, links: readonly Link[]): Promise<void> {
  const { workspace, run, model } = applied;
  await deps.pg.transaction(async (tx) => {
    const asked = await openReviews(tx, subject, {
      workspace,
      at: deps.clock.now(),
      run,
      model,
      questions: links.map((link) => ({
        position: link.position,
        left: link.left_id,
        right: link.right_id,
        weight: link.weight,
        householdWeight: link.household_weight,
        probability: link.probability,
        veto: link.veto,
        reason: link.veto === null ? 'band' : 'veto',
        merge: null,
      })),
    });
    await tx.run(markLinks, {
      workspace,
      run,
      positions: links.map(({ position }) => position),
      outcomes: links.map(({ position }) => {
        const answer = asked.get(position);
        return answer === undefined ? 'gone' : 'review' in answer ? 'asked' : answer.outcome;
      }),
      merges: links.map(() => null),
      reviews: links.map(({ position }) => reviewOf(asked, position)),
    });
  });
}
