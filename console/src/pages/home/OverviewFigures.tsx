import type { Overview } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Money, Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { changeOf } from './ranges.ts';

const figures = ['visitors', 'orders', 'revenue', 'newCustomers'] as const;

/** The four totals of the chosen days, beside those of as many days before. */
export function OverviewFigures({ overview }: { overview: Overview | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <StatRow>
      {figures.map((figure) => {
        const total = overview?.totals[figure] ?? 0;
        const change = overview === undefined ? null : changeOf(total, overview.previous[figure]);
        return (
          <StatTile
            key={figure}
            label={t(`home.${figure}`)}
            definition={t(`home.${figure}Definition`)}
            loading={overview === undefined}
            value={
              figure === 'revenue' ? <Money amount={total} currency={overview?.currency} /> : <Num value={total} />
            }
            note={
              change === null
                ? t('home.noComparison')
                : t('home.change', {
                    direction: change > 0 ? 'up' : change < 0 ? 'down' : 'same',
                    change: format.percent(Math.abs(change)),
                  })
            }
          />
        );
      })}
    </StatRow>
  );
}
