import { Button, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { probabilityText } from '../matchWords.ts';
import { useSideName } from '../Side.tsx';
import styles from './Review.module.css';
import type { Desk } from './useDesk.ts';

const shown = 12;

/** What comes next, most valuable and least certain first. */
export function QueueList({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useSideName();
  const at = Math.max(
    0,
    desk.waiting.findIndex(({ id }) => id === desk.current),
  );
  const start = Math.max(0, Math.min(at - 2, desk.waiting.length - shown));
  return (
    <section className={styles.queue} aria-label={t('review.queue')}>
      <Text size="sm" fw={600} title={t('review.order')}>
        {t('review.queue')}
      </Text>
      <ol className={styles.queueList}>
        {desk.waiting.slice(start, start + shown).map((row) => (
          <li key={row.id}>
            <UnstyledButton
              className={styles.queued}
              aria-current={row.id === desk.current ? 'true' : undefined}
              onClick={() => desk.choose(row.id)}
            >
              <span className={styles.queuedNames}>
                {nameOf(row.left)}
                {nameOf(row.left) === nameOf(row.right) ? null : <> · {nameOf(row.right)}</>}
              </span>
              <span className={styles.queuedFacts}>
                {probabilityText(row.probability, format)}
                {row.value > 0 ? ` · ${format.compactMoney(row.value, row.currency) ?? ''}` : ''}
                {row.reason === 'band' ? '' : ` · ${t(`review.reasonShort.${row.reason}`)}`}
                {row.assignee === null ? '' : ` · ${row.assignee.name}`}
                {row.comments === 0 ? '' : ` · ${t('review.remarks', { count: row.comments })}`}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
      <div className={styles.walk}>
        <Button variant="default" size="compact-sm" onClick={desk.previous} disabled={desk.waiting.length < 2}>
          {t('review.back')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={desk.next} disabled={desk.waiting.length < 2}>
          {t('review.later')}
        </Button>
      </div>
    </section>
  );
}
