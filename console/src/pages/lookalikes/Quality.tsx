import { Text } from '@mantine/core';
import type { Lookalike } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import styles from './Lookalikes.module.css';
import { useFactName } from './useFactName.ts';

const same = (text: string): string => text;

/** What share of the hidden people is found, by how many are taken, beside chance. */
export function Curve({ curve }: { curve: NonNullable<Lookalike['quality']>['curve'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = useMemo(
    () => ({
      labels: curve.map(({ reach }) => format.percent(reach)),
      shares: true,
      series: [
        {
          name: t('lookalikes.found'),
          values: curve.map(({ found }) => found),
          color: 'web' as const,
          kind: 'line' as const,
        },
        {
          name: t('lookalikes.chance'),
          values: curve.map(({ reach }) => reach),
          color: 'quiet' as const,
          kind: 'line' as const,
        },
      ],
    }),
    [curve, format, t],
  );
  return (
    <Chart
      title={t('lookalikes.curve')}
      note={t('lookalikes.curveNote')}
      data={data}
      axis={t('lookalikes.axis')}
      label={same}
      value={format.percent}
      tick={format.percent}
      height={260}
    />
  );
}

/** What tells the people of the segment from others. */
export function Features({ lookalike }: { lookalike: Lookalike }) {
  const { t } = useTranslation();
  const format = useFormat();
  const factName = useFactName();
  const { features } = lookalike;
  const strongest = Math.max(...features.map(({ weight }) => Math.abs(weight)), 0.000_001);
  return (
    <Card title={t('lookalikes.features')} note={t('lookalikes.featuresNote')}>
      {features.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('lookalikes.reason.nothing_tells_them_apart')}
        </Text>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('lookalikes.feature')}</th>
              <th scope="col">{t('lookalikes.weight')}</th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {features.map(({ name, value, weight }) => {
              const half = (Math.abs(weight) / strongest) * 50;
              return (
                <tr key={`${name} ${value ?? ''}`}>
                  <th scope="row">
                    {value === null ? factName(name) : t('lookalikes.is', { name: factName(name), value })}
                  </th>
                  <td className={styles.weights}>
                    <span className={styles.track} aria-hidden="true">
                      <span
                        className={styles.bar}
                        data-less={weight < 0}
                        style={{ insetInlineStart: `${weight < 0 ? 50 - half : 50}%`, width: `${half}%` }}
                      />
                    </span>
                  </td>
                  <td className={styles.amount}>
                    {t(weight < 0 ? 'lookalikes.lessOften' : 'lookalikes.moreOften')}{' '}
                    {format.number(Math.abs(weight), 2)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}
