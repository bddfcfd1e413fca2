import { Loader, Text } from '@mantine/core';
import { describeSegment, type SegmentNode, type SegmentPreview } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Relative, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { PersonById } from '../PersonById.tsx';
import styles from './Builder.module.css';
import { useWords } from './vocabulary.tsx';

interface LivePanelProps {
  readonly definition: SegmentNode;
  readonly preview: SegmentPreview | undefined;
  /** A newer count is on its way. */
  readonly waiting: boolean;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** Conditions that are not counted yet because something is missing in them. */
  readonly unfinished: number;
}

/** The exact count of what is written so far, its sentence, and some of the people. */
export function LivePanel({ definition, preview, waiting, error, onRetry, unfinished }: LivePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language, names } = useWords();
  return (
    <div className={styles.panel}>
      <Card title={t('segments.live.title')}>
        <div className={styles.count} aria-live="polite" data-testid="live-count">
          <span className={styles.figure} data-waiting={waiting ? '' : undefined}>
            {preview === undefined ? '…' : format.number(preview.count)}
          </span>
          <Text size="sm" c="dimmed" component="div">
            {preview === undefined
              ? null
              : t('segments.live.of', {
                  count: preview.count,
                  total: preview.total,
                  percent: format.percent(preview.total === 0 ? 0 : preview.count / preview.total),
                })}
          </Text>
        </div>
        <div className={styles.age}>
          {waiting ? (
            <>
              <Loader size={12} color="gray" /> {t('segments.live.counting')}
            </>
          ) : preview === undefined ? null : (
            <>
              {t('segments.live.exact')} · <Relative at={preview.at} /> · {format.number(Math.round(preview.ms))} ms
            </>
          )}
        </div>
        {unfinished === 0 ? null : (
          <Text size="sm" className={styles.unfinished} role="status">
            {t('segments.live.unfinished', { count: unfinished })}
          </Text>
        )}
        {error === null ? null : <ProblemAlert error={error} onRetry={onRetry} />}
      </Card>
      <Card title={t('segments.live.sentence')}>
        <p className={styles.sentence} data-testid="sentence">
          {describeSegment(definition, language, names)}
        </p>
      </Card>
      <Card title={t('segments.live.people')} note={t('segments.live.peopleNote')}>
        {preview === undefined || preview.sample.length === 0 ? (
          <Text size="sm" c="dimmed">
            {preview === undefined ? '…' : t('segments.live.nobody')}
          </Text>
        ) : (
          <ul className={styles.people} data-waiting={waiting ? '' : undefined}>
            {preview.sample.slice(0, 6).map((id) => (
              <li key={id}>
                <PersonById id={id} />
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
