import type { MatchDeps, MatchSubject } from '../subject.ts';
import { pairOf } from '../subject.ts';
import { closeStale, listAllOpen, listOpenAbout } from './sql/openReviews.pg.ts';

type CloseDeps = Pick<MatchDeps, 'pg' | 'clock'>;
type Open = { readonly id: number; readonly left_id: number; readonly right_id: number; readonly reason: string };

/**
 * Closes questions that answered themselves: both sides are one now, or kept apart, one is gone, or one became part of
 * another customer (who is compared anew). Index review_left, review_right.
 */
export async function closeAnswered(
  deps: CloseDeps,
  subject: MatchSubject,
  workspace: number,
  records: readonly number[],
): Promise<void> {
  const open = await deps.pg.rows(listOpenAbout, { workspace, kind: subject.kind, records });
  await closeMoot(deps, subject, workspace, open, () => true);
}

/** After a run that compared everybody: also closes what is not likely enough any more. */
export async function closeMootReviews(
  deps: CloseDeps,
  subject: MatchSubject,
  workspace: number,
  links: readonly { readonly left: number; readonly right: number }[],
): Promise<void> {
  const likely = new Set(links.map(({ left, right }) => pairOf(left, right).join(' ')));
  const open = await deps.pg.rows(listAllOpen, { workspace, kind: subject.kind });
  await closeMoot(deps, subject, workspace, open, (pair) => likely.has(pair));
}

/** After these records were compared with everybody. `likely`: pairs that are still to be asked. */
export async function closeUnlikely(
  deps: CloseDeps,
  subject: MatchSubject,
  workspace: number,
  records: readonly number[],
  likely: ReadonlySet<string>,
): Promise<void> {
  const open = await deps.pg.rows(listOpenAbout, { workspace, kind: subject.kind, records });
  await closeMoot(deps, subject, workspace, open, (pair) => likely.has(pair));
}

async function closeMoot(
  deps: CloseDeps,
  subject: MatchSubject,
  workspace: number,
  open: readonly Open[],
  isLikely: (pair: string) => boolean,
): Promise<void> {
  // A check asks about two that are one already: it ends with a decision or with the undoing of its merge.
  const asked = open.filter(({ reason }) => reason !== 'check');
  if (asked.length === 0) return;
  const ids = [...new Set(asked.flatMap(({ left_id, right_id }) => [left_id, right_id]))];
  const roots = await subject.roots(deps.pg, workspace, ids);
  const apart = new Set((await subject.apart(deps.pg, workspace, ids)).map(([a, b]) => pairOf(a, b).join(' ')));
  const moot = asked.filter(({ left_id, right_id }) => {
    const pair = pairOf(left_id, right_id).join(' ');
    const stand = roots.get(left_id) === left_id && roots.get(right_id) === right_id;
    return !stand || apart.has(pair) || !isLikely(pair);
  });
  if (moot.length > 0)
    await deps.pg.run(closeStale, { workspace, ids: moot.map(({ id }) => id), at: deps.clock.now() });
}
