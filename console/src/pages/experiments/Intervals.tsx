import type { MetricResult } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Experiments.module.css';
import { useChange } from './useChange.ts';

const width = 640;
const left = 150;
const rowHeight = 44;

interface IntervalsProps {
  readonly metric: MetricResult;
  readonly goal: 'increase' | 'decrease';
  readonly nameOf: (variation: string) => string;
}

/** Each variation's change against control with the interval in which the truth lies; the same stands in the table below. */
export function Intervals({ metric, goal, nameOf }: IntervalsProps) {
  const { t } = useTranslation();
  const say = useChange();
  const rows = metric.arms.flatMap((arm) => (arm.change === null ? [] : [{ ...arm, change: arm.change }]));
  if (rows.length === 0) return null;
  const furthest = Math.max(...rows.flatMap(({ change }) => [Math.abs(change.low), Math.abs(change.high)]), 1e-9);
  const at = (value: number): number => left + ((value / furthest + 1) / 2) * (width - left - 16);
  const height = rows.length * rowHeight + 28;
  const spoken = rows
    .map(({ variation, change }) =>
      t('experiments.intervalSpoken', {
        name: nameOf(variation),
        value: say(change.value, change.relative),
        low: say(change.low, change.relative),
        high: say(change.high, change.relative),
      }),
    )
    .join(' ');
  return (
    <svg className={styles.intervals} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={spoken}>
      <line className={styles.zero} x1={at(0)} x2={at(0)} y1={4} y2={height - 22} />
      <text className={styles.dim} x={at(0)} y={height - 6} textAnchor="middle">
        {t('experiments.asControl')}
      </text>
      {rows.map(({ variation, change, decided }, index) => {
        const y = index * rowHeight + 24;
        const better = goal === 'increase' ? change.value > 0 : change.value < 0;
        return (
          <g key={variation}>
            <text className={styles.label} x={0} y={y + 4}>
              {nameOf(variation).slice(0, 22)}
            </text>
            <line
              className={styles.span}
              data-tone={decided ? (better ? 'good' : 'bad') : undefined}
              x1={at(change.low)}
              x2={at(change.high)}
              y1={y}
              y2={y}
            />
            <circle className={styles.dot} cx={at(change.value)} cy={y} r={5} />
            <text className={styles.dim} x={at(change.value)} y={y - 10} textAnchor="middle">
              {say(change.value, change.relative)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
