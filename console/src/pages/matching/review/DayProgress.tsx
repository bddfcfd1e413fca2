import { Progress, Text, Tooltip } from '@mantine/core';
import type { ReviewProgress } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import styles from './Review.module.css';

/** The day's work: how much is done, how much is left, and how long that takes at this pace. */
export function DayProgress({ progress }: { progress: ReviewProgress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { open, second, doneToday, mineToday, secondsPerReview, merged, distinct, unsure, people } = progress;
  const all = doneToday + open;
  const facts = [
    t('review.done', { count: doneToday, mine: mineToday }),
    t('review.toGo', { count: open }),
    secondsPerReview === null || open === 0
      ? null
      : t('review.pace', { each: format.duration(secondsPerReview), all: format.duration(secondsPerReview * open) }),
    second === 0 ? null : t('review.seconds', { count: second }),
  ].filter((fact) => fact !== null);
  const split = [
    t('review.split', { merged, distinct, unsure }),
    ...people.map(({ by, done }) => t('review.personDone', { name: by.name, count: done })),
  ].join(' · ');
  return (
    <div className={styles.day}>
      <Progress.Root size="sm">
        <Progress.Section
          value={all === 0 ? 0 : (doneToday / all) * 100}
          color="lead"
          aria-label={t('review.today')}
          aria-valuetext={facts.join(' · ')}
        />
      </Progress.Root>
      <Tooltip label={split} disabled={doneToday === 0}>
        <Text size="xs" c="dimmed" className="vt-figures">
          {facts.join(' · ')}
        </Text>
      </Tooltip>
    </div>
  );
}
