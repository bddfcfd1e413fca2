import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import type { ReviewDetail } from '@vitrail/contracts';
import type { Ref } from 'react';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Consequences } from './Consequences.tsx';
import { FieldTable } from './FieldTable.tsx';
import { LatestEvents } from './LatestEvents.tsx';
import styles from './Review.module.css';
import { ReviewHead } from './ReviewHead.tsx';
import { Talk } from './Talk.tsx';
import { Why } from './Why.tsx';

interface QuestionProps {
  readonly review: ReviewDetail;
  readonly headRef: Ref<HTMLHeadingElement>;
  readonly commentRef: Ref<HTMLTextAreaElement>;
  readonly onDone: () => void;
}

/** One question with everything one needs to answer it. */
export function Question({ review, headRef, commentRef, onDone }: QuestionProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <Stack gap="md">
      <Card flush>
        <ReviewHead review={review} headRef={headRef} />
        {can('personal.read') ? null : (
          <Alert variant="light" color="gray" icon={<IconEyeOff aria-hidden="true" />} mx="md" mb="sm">
            {t('review.masked')}
          </Alert>
        )}
        <FieldTable review={review} />
      </Card>
      {review.explanation === null ? (
        <Card title={t('review.why')}>
          <Text size="sm" c="dimmed">
            {t(can('personal.read') ? 'review.noExplanation' : 'review.noExplanationMasked')}
          </Text>
        </Card>
      ) : (
        <Why explanation={review.explanation} />
      )}
      <div className={styles.reasons}>
        <Consequences review={review} />
        <Talk key={review.id} review={review} commentRef={commentRef} onDone={onDone} />
      </div>
      <LatestEvents review={review} />
    </Stack>
  );
}

export function QuestionWaiting() {
  return (
    <Stack gap="md" aria-busy="true">
      <Skeleton height={420} />
      <Skeleton height={260} />
    </Stack>
  );
}
