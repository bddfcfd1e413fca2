import { Progress, Text } from '@mantine/core';
import { useTranslation } from '../i18n/useTranslation.tsx';
import { useFormat } from './format/FormatProvider.tsx';
import styles from './ProgressLine.module.css';

interface ProgressLineProps {
  /** 0 to 1; null: how far is not known. */
  readonly share: number | null;
  /** What is going on: the accessible name. */
  readonly label: string;
  readonly rate?: number | undefined;
  readonly secondsLeft?: number | null | undefined;
  readonly compact?: boolean;
}

/** How far, how fast, how long still. */
export function ProgressLine({ share, label, rate, secondsLeft, compact = false }: ProgressLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    share === null ? null : format.percent(Math.floor(share * 100) / 100),
    rate === undefined || rate === 0 ? null : t('progress.rate', { count: Math.round(rate) }),
    secondsLeft === undefined || secondsLeft === null
      ? null
      : t('progress.left', { time: format.duration(secondsLeft) }),
  ].filter((fact) => fact !== null);
  return (
    <div className={styles.line}>
      <Progress.Root size={compact ? 'sm' : 'lg'}>
        <Progress.Section
          value={share === null ? 100 : share * 100}
          animated={share === null}
          aria-label={label}
          color="lead"
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" className="vt-figures" component="div">
        {facts.join(' · ')}
      </Text>
    </div>
  );
}
