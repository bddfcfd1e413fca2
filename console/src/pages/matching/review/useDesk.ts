import { useQueryClient } from '@tanstack/react-query';
import type { Decision, MatchKind, ReviewDetail } from '@vitrail/contracts';
import { useRef, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { ApiError } from '../../../api/problem.ts';
import { decideReview, reviewQuery, undoReview } from '../../../api/reviews.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';
import { useSideName } from '../Side.tsx';
import { isOpen, nextAfter, oneBefore } from './queue.ts';
import { useQueue } from './useQueue.ts';

/** A decision of this sitting: what can be taken back. */
export interface Made {
  readonly id: number;
  readonly decision: Decision;
  readonly names: string;
}

const messageOf = (error: unknown, otherwise: string): string =>
  error instanceof ApiError && error.message !== '' ? error.message : otherwise;
/** Long enough to read why. */
const long = 12_000;

/** The queue as one works through it: a decision shows the next question at once and is carried out behind it. */
export function useDesk(kind: MatchKind, mine: boolean, wanted: number | undefined) {
  const { t } = useTranslation();
  const nameOf = useSideName();
  const api = useApi();
  const client = useQueryClient();
  const queue = useQueue(kind, mine, wanted);
  const { waiting, current, review, leave, comeBack, refresh, choose } = queue;
  const [made, setMade] = useState<readonly Made[]>([]);
  const [said, setSaid] = useState('');
  // While an answer is taken back, the question on the table is about to change.
  const [undoing, setUndoing] = useState(false);
  // What is on its way to the server: taking back waits for it.
  const pending = useRef(new Map<number, Promise<unknown>>());
  const forget = (id: number) => setMade((former) => former.filter((one) => one.id !== id));
  const keep = (detail: ReviewDetail) => {
    client.setQueryData(reviewQuery(api, detail.id).queryKey, detail);
    // Nobody looks at these now: they are read anew when somebody does.
    for (const key of ['customer', 'customers', 'merges']) void client.invalidateQueries({ queryKey: [key] });
  };

  const carryOut = async (id: number, decision: Decision, names: string) => {
    try {
      const decided = await decideReview(api, id, decision);
      keep(decided);
      if (decided.state === 'second') notifications.show({ message: t('review.waitsForSecond') });
    } catch (error) {
      forget(id);
      const message = messageOf(error, t('problem.broken.advice'));
      notifications.show({ title: t('review.notDone', { names }), message, autoClose: long });
      // Decided meanwhile: it stays away. Anything else: back to it.
      if (!(error instanceof ApiError && error.code === 'unify.review_closed')) comeBack(id);
    } finally {
      pending.current.delete(id);
      // In a hurry the next answer is on its way already: one look at the queue after the last is enough.
      if (pending.current.size === 0) void refresh();
    }
  };
  const decide = (decision: Decision) => {
    if (review === undefined || !isOpen(review.state) || undoing) return;
    const { id } = review;
    const names = [...new Set([nameOf(review.left), nameOf(review.right)])].join(' · ');
    const next = waiting.find((row) => row.id === nextAfter(waiting, id));
    leave(id);
    setMade((former) => [...former, { id, decision, names }]);
    const then =
      next === undefined
        ? t('review.noneLeft')
        : t('review.nextIs', { left: nameOf(next.left), right: nameOf(next.right) });
    setSaid(`${t(`review.did.${decision}`)} ${then}`);
    pending.current.set(id, carryOut(id, decision, names));
  };
  /** Takes back one decision, by default the last of this sitting, and shows its question again. */
  const undo = async (id = made.at(-1)?.id) => {
    if (id === undefined || undoing) return;
    setUndoing(true);
    await pending.current.get(id);
    try {
      keep(await undoReview(api, id));
      forget(id);
      comeBack(id);
      setSaid(t('review.takenBack'));
    } catch (error) {
      const message = messageOf(error, t('problem.broken.advice'));
      notifications.show({ title: t('review.notTakenBack'), message, autoClose: long });
    } finally {
      setUndoing(false);
      void refresh();
    }
  };
  return {
    ...queue,
    made,
    said,
    undoing,
    decide,
    undo,
    next: () => choose(nextAfter(waiting, current)),
    previous: () => choose(oneBefore(waiting, current)),
    /** A newer state of a question, from whatever else was done with it. */
    replace: (detail: ReviewDetail) => {
      keep(detail);
      void refresh();
    },
  };
}

export type Desk = ReturnType<typeof useDesk>;
