import { Text, Title } from '@mantine/core';
import { IconHome } from '@tabler/icons-react';
import type { ReviewDetail } from '@vitrail/contracts';
import type { Ref } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Money, Relative, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { probabilityText } from '../matchWords.ts';
import styles from './Review.module.css';

/** The question in one sentence, how likely, and why it is put to a person. */
export function ReviewHead({ review, headRef }: { review: ReviewDetail; headRef: Ref<HTMLHeadingElement> }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const { probability, reason, veto, state, votes } = review;
  const share = probabilityText(probability, format);
  const second = state === 'second' ? votes.findLast(({ decision }) => decision === 'merge') : undefined;
  return (
    <div className={styles.head}>
      <div className={styles.sentence}>
        <Title order={2} ref={headRef} tabIndex={-1} className={styles.question}>
          {review.sentence[language]}
        </Title>
        <div className={styles.tags}>
          <StatusBadge tone={reason === 'veto' ? 'warn' : 'quiet'}>
            {reason === 'veto' && veto !== null ? t(`matchVeto.${veto}`) : t(`review.reason.${reason}`)}
          </StatusBadge>
          {review.household ? (
            <span className={styles.tag}>
              <IconHome size={14} aria-hidden="true" /> {t('review.household')}
            </span>
          ) : null}
          {state === 'open' ? null : (
            <StatusBadge tone={state === 'second' ? 'warn' : state === 'merged' ? 'good' : 'quiet'}>
              {second === undefined ? t(`review.state.${state}`) : t('review.secondWanted', { name: second.by.name })}
            </StatusBadge>
          )}
          <Text span size="xs" c="dimmed">
            {t('review.asked')} <Relative at={review.openedAt} />
            {review.value > 0 ? (
              <>
                {' · '}
                <Money amount={review.value} currency={review.currency} /> {t('review.worth')}
              </>
            ) : null}
          </Text>
        </div>
      </div>
      <div className={styles.likely} title={t('review.probabilityNote')}>
        <span className={styles.share}>{share}</span>
        <span className={styles.quiet}>{t('review.probability')}</span>
      </div>
    </div>
  );
}
