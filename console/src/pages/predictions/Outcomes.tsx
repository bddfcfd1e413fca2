import { Stack, Text } from '@mantine/core';
import type { Backtest } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import styles from './Predictions.module.css';
import { gapOf, placesOf } from './verdicts.ts';

type Total = Backtest['orders'];

/** An expected total with its band, and what came. The sentence beside it says the same. */
export function TotalBar({ total }: { total: Total }) {
  const { low, high, expected, actual } = placesOf(total);
  const percent = (share: number): string => `${share * 100}%`;
  return (
    <span className={styles.bar} aria-hidden="true">
      <span className={styles.band} style={{ insetInlineStart: percent(low), width: percent(high - low) }} />
      <span className={styles.expected} style={{ insetInlineStart: percent(expected) }} />
      <span className={styles.came} style={{ insetInlineStart: percent(actual) }} />
    </span>
  );
}

/** Orders and revenue of everybody within the horizon: expected, and come. */
export function Totals({ backtest, currency }: { backtest: Backtest; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = (total: Total, write: (value: number) => string): string => {
    const { gap, direction } = gapOf(total);
    return t('predictions.totalText', {
      expected: write(total.expected),
      low: write(total.low),
      high: write(total.high),
      actual: write(total.actual),
      verdict: t('predictions.totalVerdict', { direction, gap: format.percent(gap) }),
    });
  };
  const { orders, revenue } = backtest;
  return (
    <Card title={t('predictions.totals')} note={t('predictions.totalsNote')}>
      <Stack gap="sm">
        <div>
          <Text fw={600} size="sm">
            {t('predictions.totalOrders')}
          </Text>
          <TotalBar total={orders} />
          <Text size="sm">{sentence(orders, (value) => format.number(value))}</Text>
        </div>
        {revenue === null ? null : (
          <div>
            <Text fw={600} size="sm">
              {t('predictions.totalRevenue')}
            </Text>
            <TotalBar total={revenue} />
            <Text size="sm">{sentence(revenue, (value) => format.compactMoney(value, currency) ?? '')}</Text>
          </div>
        )}
      </Stack>
    </Card>
  );
}

/** What the best tenth was worth, by who chose it. */
export function TopDecile({ backtest }: { backtest: Backtest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { topDecile } = backtest;
  if (topDecile === null) return null;
  return (
    <Card title={t('predictions.topDecile')} note={t('predictions.topDecileNote')}>
      <dl className={styles.meters}>
        {(['model', 'pastSpend', 'perfect'] as const).map((by) => (
          <div key={by} style={{ display: 'contents' }}>
            <dt>{t(`predictions.chosenBy.${by}`)}</dt>
            <dd>
              <span className={styles.meter} data-lead={by === 'model'} aria-hidden="true">
                <span style={{ width: `${topDecile[by] * 100}%` }} />
              </span>
            </dd>
            <dd>{format.percent(topDecile[by])}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** How often the next order fell into its interval. */
export function NextOrder({ backtest }: { backtest: Backtest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { nextOrder } = backtest;
  if (nextOrder === null) return null;
  return (
    <Card title={t('predictions.nextOrder')}>
      <Text size="sm">
        {t('predictions.nextOrderText', {
          ordered: nextOrder.ordered,
          notOrdered: nextOrder.notOrdered,
          coverage: format.percent(nextOrder.coverage),
          error: Math.round(nextOrder.medianErrorDays),
        })}
      </Text>
    </Card>
  );
}
