import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MatchKind, ReviewProgress } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { matchingQuery } from '../../../api/matching.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';

interface NothingProps {
  readonly kind: MatchKind;
  readonly mine: boolean;
  readonly waitingForOthers: number;
  readonly progress: ReviewProgress | undefined;
}

/** No question: because none was asked yet, because all are answered, or because the others are somebody else's. */
export function NothingToReview({ kind, mine, waitingForOthers, progress }: NothingProps) {
  const { t } = useTranslation();
  const state = useQuery(matchingQuery(useApi(), kind)).data;
  const of = kind === 'people' ? {} : { kind };
  if (mine)
    return (
      <EmptyState
        title={t('review.noneMine')}
        action={
          <Button renderRoot={(props) => <Link to="/reviews" search={of} {...props} />}>{t('review.seeAll')}</Button>
        }
      >
        {t('review.noneMineAdvice')}
      </EmptyState>
    );
  if (state !== undefined && state.model === null)
    return (
      <EmptyState
        title={t('review.first')}
        action={
          <Button renderRoot={(props) => <Link to="/matching" search={of} {...props} />}>
            {t('review.firstAction')}
          </Button>
        }
      >
        {t('review.firstAdvice')}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t('review.allDone')}
      action={
        <Button renderRoot={(props) => <Link to="/matching" search={{ ...of, tab: 'quality' }} {...props} />}>
          {t('review.allDoneAction')}
        </Button>
      }
    >
      {t('review.allDoneAdvice', { count: progress?.doneToday ?? 0 })}
      {waitingForOthers === 0 ? null : <Text mt="xs">{t('review.seconds', { count: waitingForOthers })}</Text>}
    </EmptyState>
  );
}
