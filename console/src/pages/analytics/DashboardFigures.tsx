import { Stack } from '@mantine/core';
import type { Dashboard, DashboardFigures as Figures, Metric } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { changeOf } from '../home/ranges.ts';
import styles from './Analytics.module.css';
import { PickNumber } from './parts/PickNumber.tsx';
import { useUnit } from './words.ts';

export type OpenPeople = (metric: Metric, title: string, point?: object, filters?: readonly object[]) => void;

const interest = {
  of: 'people',
  match: {
    type: 'track',
    events: ['Product Viewed', 'Product Added', 'Product Added to Wishlist', 'Checkout Started'],
    where: [],
  },
} as const;

/** Each figure of the dashboard: its unit, and the metric whose people stand behind it. */
const figures = [
  { name: 'revenue', unit: 'money', metric: { of: 'revenue' } },
  { name: 'orders', unit: 'count', metric: { of: 'orders' } },
  { name: 'aov', unit: 'money', metric: { of: 'aov' } },
  { name: 'conversion', unit: 'ratio', metric: { of: 'conversion' } },
  { name: 'newCustomers', unit: 'count', metric: { of: 'new_customers' } },
  { name: 'returningCustomers', unit: 'count', metric: null },
  { name: 'visitors', unit: 'count', metric: { of: 'visitors' } },
  { name: 'viewsPerVisitor', unit: 'number', metric: { of: 'visitors' } },
  { name: 'engaged', unit: 'count', metric: interest },
  { name: 'refunds', unit: 'money', metric: { of: 'refunds' } },
] as const satisfies readonly {
  name: keyof Figures;
  unit: 'money' | 'count' | 'ratio' | 'number';
  metric: object | null;
}[];

/** The figures with their change; most open the people behind them. */
export function DashboardFigures({ dashboard, onOpen }: { dashboard: Dashboard | undefined; onOpen: OpenPeople }) {
  const { t } = useTranslation();
  const format = useFormat();
  const units = {
    money: useUnit('money', dashboard?.currency),
    count: useUnit('count', undefined),
    ratio: useUnit('ratio', undefined),
    number: useUnit('number', undefined),
  };
  const tile = ({ name, unit, metric }: (typeof figures)[number]) => {
    const value = dashboard?.figures[name] ?? null;
    const before = dashboard?.previous?.[name] ?? null;
    const change = before === null ? null : changeOf(value ?? 0, before);
    const label = t(`analytics.figure.${name}`);
    const text = units[unit].value(value);
    return (
      <StatTile
        key={name}
        label={label}
        definition={t(`analytics.figureDefinition.${name}`)}
        loading={dashboard === undefined}
        value={
          metric === null ? (
            text
          ) : (
            <PickNumber
              of={label}
              onPick={() =>
                onOpen(
                  'match' in metric
                    ? { of: metric.of, match: { ...metric.match, events: [...metric.match.events], where: [] } }
                    : metric,
                  label,
                )
              }
            >
              {text}
            </PickNumber>
          )
        }
        note={
          dashboard?.previous == null
            ? undefined
            : change === null
              ? t('home.noComparison')
              : t('analytics.changeFrom', {
                  direction: change > 0 ? 'up' : change < 0 ? 'down' : 'same',
                  change: format.percent(Math.abs(change)),
                  before: units[unit].value(before),
                })
        }
      />
    );
  };
  return (
    <Stack gap="sm" className={styles.tiles}>
      <StatRow>{figures.slice(0, 5).map(tile)}</StatRow>
      <StatRow>{figures.slice(5).map(tile)}</StatRow>
    </Stack>
  );
}
