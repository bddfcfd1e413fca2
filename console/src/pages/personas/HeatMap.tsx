import { Group, SegmentedControl, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { Rfm } from '@vitrail/contracts';
import { useRef, useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { CsvButton } from '../../ui/chart/CsvButton.tsx';
import { PictureButton } from '../../ui/chart/PictureButton.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import styles from './Personas.module.css';

const scores = [5, 4, 3, 2, 1] as const;
const measures = ['revenue', 'profiles'] as const;
type Measure = (typeof measures)[number];

interface HeatMapProps {
  readonly rfm: Rfm;
  readonly onOpen: (cell: { r: number; f: number }) => void;
}

/** Recency down, frequency across; the darker, the more. A real table, so that it can be read aloud. */
export function HeatMap({ rfm, onOpen }: HeatMapProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [measure, setMeasure] = useState<Measure>('revenue');
  const table = useRef<HTMLTableElement>(null);
  const most = Math.max(0, ...rfm.grid.map((cell) => cell[measure]));
  const textOf = (cell: Rfm['grid'][number]) =>
    measure === 'revenue' ? (format.compactMoney(cell.revenue, rfm.currency) ?? '') : format.number(cell.profiles);
  return (
    <Card
      title={t('personas.heat')}
      note={t('personas.heatNote')}
      actions={
        <Group gap="xs" justify="flex-end">
          <PictureButton name="personas" of={table} />
          <CsvButton
            name="personas"
            head={['R', 'F', t('personas.customers'), `${t('personas.by.revenue')} (${rfm.currency})`]}
            rows={() => rfm.grid.map(({ r, f, profiles, revenue }) => [r, f, profiles, revenue])}
          />
        </Group>
      }
    >
      <SegmentedControl
        size="xs"
        aria-label={t('personas.colour')}
        value={measure}
        onChange={(value) => setMeasure(measures.find((one) => one === value) ?? 'revenue')}
        data={measures.map((value) => ({ value, label: t(`personas.by.${value}`) }))}
      />
      <div className={styles.scroll}>
        <table className={styles.grid} ref={table}>
          <thead>
            <tr>
              <td />
              {[...scores].reverse().map((f) => (
                <th key={f} scope="col">
                  {t('personas.f', { score: f })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scores.map((r) => (
              <tr key={r}>
                <th scope="row">{t('personas.r', { score: r })}</th>
                {[...scores].reverse().map((f) => {
                  const cell = rfm.grid.find((one) => one.r === r && one.f === f) ?? { r, f, profiles: 0, revenue: 0 };
                  return (
                    <td key={f}>
                      <UnstyledButton
                        className={styles.cell}
                        style={{ '--share': most === 0 ? 0 : Math.max(0, cell[measure]) / most }}
                        disabled={cell.profiles === 0}
                        onClick={() => onOpen({ r, f })}
                        title={format.money(cell.revenue, rfm.currency) ?? undefined}
                      >
                        <VisuallyHidden>{t('personas.cell', { r, f })}</VisuallyHidden>
                        <strong>{cell.profiles === 0 ? '–' : textOf(cell)}</strong>
                        {cell.profiles === 0 ? null : (
                          <small>
                            {measure === 'revenue'
                              ? t('personas.people', { count: cell.profiles })
                              : format.compactMoney(cell.revenue, rfm.currency)}
                          </small>
                        )}
                      </UnstyledButton>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.axis} aria-hidden="true">
        <span>{t('personas.rarely')}</span>
        <span>{t('personas.often')}</span>
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        {rfm.edgesAt === null
          ? t('personas.byUsual')
          : t(rfm.settings.method === 'bands' ? 'personas.byBands' : 'personas.byQuantiles', {
              at: format.dateTime(rfm.edgesAt),
            })}
      </Text>
    </Card>
  );
}
