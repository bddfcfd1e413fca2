import { ActionIcon, Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp, IconKeyboard } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { MatchKind } from '@vitrail/contracts';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { assignReview, reviewProgressQuery } from '../../../api/reviews.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { DayProgress } from './DayProgress.tsx';
import { DecisionBar } from './DecisionBar.tsx';
import { NothingToReview } from './NothingToReview.tsx';
import { Question, QuestionWaiting } from './Question.tsx';
import { QueueList } from './QueueList.tsx';
import { isMine, isOpen } from './queue.ts';
import styles from './Review.module.css';
import { Shortcuts } from './Shortcuts.tsx';
import type { ReviewAction } from './shortcuts.ts';
import { useDesk } from './useDesk.ts';
import { useKeys } from './useKeys.ts';

interface DeskProps {
  readonly kind: MatchKind;
  readonly mine: boolean;
  readonly wanted: number | undefined;
}

/** The queue, one question at a time, answered by keyboard or pointer. */
export function Desk({ kind, mine, wanted }: DeskProps) {
  const { t } = useTranslation();
  const { can, user } = useSession();
  const api = useApi();
  const desk = useDesk(kind, mine, wanted);
  const progress = useQuery(reviewProgressQuery(api, kind));
  const head = useRef<HTMLHeadingElement>(null);
  const comment = useRef<HTMLTextAreaElement>(null);
  const started = useRef(false);
  const [helping, setHelping] = useState(false);
  const { review, current } = desk;
  const mayDecide = can('profiles.write');
  const ready = mayDecide && !desk.undoing && review !== undefined && isOpen(review.state) && !isMine(review, user.id);

  const assignMe = async () => {
    if (review === undefined || !mayDecide) return;
    const detail = await assignReview(api, review.id, review.assignee?.id === user.id ? null : user.id);
    desk.replace(detail);
    notifications.show({ message: t(detail.assignee === null ? 'review.givenBack' : 'review.yours') });
  };
  const act = (action: ReviewAction) => {
    if (desk.undoing) return;
    switch (action) {
      case 'merge':
      case 'distinct':
      case 'unsure':
        started.current = true;
        return ready ? desk.decide(action) : undefined;
      case 'undo':
        started.current = true;
        return mayDecide ? void desk.undo() : undefined;
      case 'next':
      case 'previous':
        started.current = true;
        return desk[action]();
      case 'assign':
        return void assignMe();
      case 'comment':
        return comment.current?.focus();
      case 'help':
        return setHelping(true);
    }
  };
  const keys = useKeys(act, true);

  // After an answer the next question has the focus, at its beginning.
  const shownId = review?.id;
  useEffect(() => {
    if (!started.current || shownId === undefined) return;
    head.current?.focus({ preventScroll: true });
    head.current?.closest('section')?.scrollIntoView({ block: 'nearest' });
    window.scrollTo({ top: 0 });
  }, [shownId]);

  const empty = !desk.list.isLoading && current === null;
  return (
    <>
      <VisuallyHidden role="status">{desk.said}</VisuallyHidden>
      <div className={styles.top}>
        {progress.data === undefined ? <div /> : <DayProgress progress={progress.data} />}
        <Tooltip label={t('review.shortcuts')}>
          <ActionIcon onClick={() => setHelping(true)} aria-label={t('review.shortcuts')} size="lg">
            <IconKeyboard size={20} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </div>
      {desk.list.error !== null && desk.list.rows.length === 0 ? (
        <ProblemAlert error={desk.list.error} onRetry={desk.list.retry} />
      ) : empty ? (
        <NothingToReview kind={kind} mine={mine} waitingForOthers={desk.waitingForOthers} progress={progress.data} />
      ) : (
        <div className={styles.desk}>
          <div className={styles.main}>
            {review !== undefined ? (
              <Question
                review={review}
                headRef={head}
                commentRef={comment}
                onDone={() => head.current?.focus({ preventScroll: true })}
              />
            ) : desk.detail.error !== null ? (
              <ProblemAlert error={desk.detail.error} onRetry={() => void desk.detail.refetch()} />
            ) : (
              <QuestionWaiting />
            )}
            {review?.canUndo === true && mayDecide && !isOpen(review.state) ? (
              <Button
                variant="default"
                mt="md"
                onClick={() => void desk.undo(review.id)}
                leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
              >
                {t('review.reopen')}
              </Button>
            ) : null}
          </div>
          <QueueList desk={desk} />
        </div>
      )}
      {mayDecide && (!empty || desk.made.length > 0) ? (
        <DecisionBar
          review={review}
          ready={ready}
          letters={keys.letters}
          keys={keys.on}
          last={desk.made.at(-1)}
          onDecide={act}
          onUndo={() => act('undo')}
        />
      ) : null}
      <Shortcuts
        opened={helping}
        letters={keys.letters}
        on={keys.on}
        onSwitch={keys.setOn}
        onClose={() => setHelping(false)}
      />
    </>
  );
}
