import type { MatchKind, ReviewProgress } from '@vitrail/contracts';
import { groupBy } from '../../profiles/customer.ts';
import { readDayStart } from '../sql/workspace.pg.ts';
import type { MatchDeps } from '../subject.ts';
import { readMembers } from './presentReviews.ts';
import { countOpen, listVotesSince } from './sql/reviews.pg.ts';

/** A longer pause is a break, not a decision. */
const breakMs = 10 * 60_000;

/** How far the queue has come today, in the time zone of the workspace. */
export async function readProgress(
  deps: Pick<MatchDeps, 'pg' | 'clock' | 'namesOf'>,
  workspace: number,
  kind: MatchKind | undefined,
  me: string,
): Promise<ReviewProgress> {
  const zone = (await deps.pg.row(readDayStart, { workspace, now: deps.clock.now() }))?.day_start ?? deps.clock.now();
  const [votes, open] = await Promise.all([
    deps.pg.rows(listVotesSince, { workspace, since: zone }),
    deps.pg.row(countOpen, { workspace, kind: kind ?? null }),
  ]);
  const count = (decision: string): number => votes.filter((vote) => vote.decision === decision).length;
  const mine = votes.filter(({ actor }) => actor === me);
  const memberOf = await readMembers(
    deps,
    votes.map(({ actor }) => actor),
  );
  return {
    open: open?.open ?? 0,
    second: open?.second ?? 0,
    doneToday: votes.length,
    mineToday: mine.length,
    merged: count('merge'),
    distinct: count('distinct'),
    unsure: count('unsure'),
    secondsPerReview: medianPause(mine.map(({ at }) => at.getTime())),
    people: [...groupBy(votes, ({ actor }) => actor)]
      .map(([actor, done]) => ({ by: memberOf(actor), done: done.length }))
      .toSorted((a, b) => b.done - a.done),
  };
}

function medianPause(times: readonly number[]): number | null {
  const pauses = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .filter((pause) => pause > 0 && pause < breakMs)
    .toSorted((a, b) => a - b);
  const middle = pauses[Math.floor(pauses.length / 2)];
  return middle === undefined ? null : Math.round(middle / 100) / 10;
}
