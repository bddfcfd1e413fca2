import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { MatchKind } from '@vitrail/contracts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { reviewQuery, useReviews } from '../../../api/reviews.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';
import { isMine, isOpen, nextAfter, waitingFor } from './queue.ts';

/** How many questions are read ahead: more than anybody decides while one is on its way. */
const ahead = 3;
const nobody: ReadonlySet<number> = new Set();

/** Where the reader is in the queue: the question on the table, those to come, those gone. */
export function useQueue(kind: MatchKind, mine: boolean, wanted: number | undefined) {
  const { t } = useTranslation();
  const { user } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const list = useReviews({ state: 'open', kind, mine });
  const [gone, setGone] = useState(nobody);
  const [chosen, setChosen] = useState<number | null>(wanted ?? null);
  // A question that was seen open and is closed now was closed by something else.
  const seenOpen = useRef(new Set<number>());
  useEffect(() => {
    if (wanted !== undefined) setChosen(wanted);
  }, [wanted]);

  const waiting = useMemo(() => waitingFor(list.rows, gone, user.id), [list.rows, gone, user.id]);
  const current = chosen !== null && !gone.has(chosen) ? chosen : (waiting[0]?.id ?? null);
  const detail = useQuery({ ...reviewQuery(api, current ?? 0), enabled: current !== null, refetchInterval: 10_000 });
  const review = detail.data?.id === current ? detail.data : undefined;

  useEffect(() => {
    for (const { id } of list.rows) seenOpen.current.add(id);
  }, [list.rows]);
  useEffect(() => {
    const at = waiting.findIndex(({ id }) => id === current);
    for (const { id } of waiting.slice(at + 1, at + 1 + ahead)) void client.prefetchQuery(reviewQuery(api, id));
    if (list.hasMore && waiting.length - at < 10) list.loadMore();
  }, [api, client, waiting, current, list]);

  const refresh = useCallback(
    () =>
      Promise.all(
        [
          ['reviews', 'list'],
          ['reviews', 'progress'],
          ['matching', 'state'],
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
    [client],
  );
  /** Away with one; the next is on the table at once. */
  const leave = useCallback(
    (id: number) => {
      setGone((former) => new Set([...former, id]));
      setChosen(nextAfter(waiting, id));
    },
    [waiting],
  );
  /** Back to one that was left. */
  const comeBack = useCallback((id: number) => {
    seenOpen.current.add(id);
    setGone((former) => new Set([...former].filter((one) => one !== id)));
    setChosen(id);
  }, []);
  useEffect(() => {
    if (review === undefined || isOpen(review.state) || gone.has(review.id) || !seenOpen.current.has(review.id)) return;
    // Not away from under somebody's hands: the letters of a remark would answer the next question.
    if (document.activeElement instanceof HTMLTextAreaElement) return;
    notifications.show({ message: t(review.state === 'stale' ? 'review.wentStale' : 'review.decidedMeanwhile') });
    leave(review.id);
    void refresh();
  }, [review, gone, leave, refresh, t]);

  return {
    list,
    waiting,
    /** One's own "merge" that somebody else must agree with. */
    waitingForOthers: list.rows.filter((row) => isMine(row, user.id)).length,
    current,
    review,
    detail,
    choose: (id: number | null) => {
      if (id !== null) setChosen(id);
    },
    leave,
    comeBack,
    refresh,
  };
}
