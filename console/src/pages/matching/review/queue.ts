import type { Review } from '@vitrail/contracts';

type Queued = Pick<Review, 'id' | 'votes' | 'state'>;

/** Whether it waits for somebody: a first "merge" of one's own waits for somebody else. */
export const isMine = ({ votes, state }: Pick<Review, 'votes' | 'state'>, user: string): boolean =>
  state === 'second' && votes.some(({ by, decision }) => by.id === user && decision === 'merge');

export const isOpen = (state: Review['state']): boolean => state === 'open' || state === 'second';

/** What is still to be decided by this reader, in the order of the queue. */
export const waitingFor = <R extends Queued>(
  rows: readonly R[],
  gone: ReadonlySet<number>,
  user: string,
): readonly R[] => rows.filter((row) => !gone.has(row.id) && !isMine(row, user));

/** The one after `current`; past the end, or when `current` is not among them, the first. Null when none other is left. */
export function nextAfter(waiting: readonly { readonly id: number }[], current: number | null): number | null {
  const at = waiting.findIndex(({ id }) => id === current);
  const next = waiting[at + 1] ?? waiting[0];
  return next === undefined || next.id === current ? null : next.id;
}

/** The one before; from the first to the last. */
export function oneBefore(waiting: readonly { readonly id: number }[], current: number | null): number | null {
  const at = waiting.findIndex(({ id }) => id === current);
  const former = at <= 0 ? waiting.at(-1) : waiting[at - 1];
  return former === undefined || former.id === current ? null : former.id;
}
