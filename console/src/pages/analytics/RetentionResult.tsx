import { Group, Skeleton } from '@mantine/core';
import type { Retention, RetentionInput } from '@vitrail/contracts';
import { type CSSProperties, useMemo, useRef } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { CsvButton } from '../../ui/chart/CsvButton.tsx';
import type { ChartData } from '../../ui/chart/chartData.ts';
import { PictureButton } from '../../ui/chart/PictureButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import styles from './Analytics.module.css';

export type RetentionView = 'share' | 'people' | 'revenue' | 'perPerson';
type Cohort = Retention['cohorts'][number];
type Cell = Cohort['periods'][number];

const numberOf: Readonly<Record<RetentionView, (cell: Cell, cohort: Cohort) => number | null>> = {
  share: ({ share }) => share,
  people: ({ people }) => people,
  revenue: ({ revenue }) => revenue,
  perPerson: ({ revenue }, { size }) => (size === 0 ? null : revenue / size),
};

/** Darker than this and the words in a cell could not be read. */
const darkest = 42;

interface RetentionResultProps {
  readonly input: RetentionInput;
  readonly view: RetentionView;
  readonly retention: Retention | undefined;
  readonly onOpen: (title: string, point: object) => void;
}

/** The average as a line, and each cohort as a row; a cell opens its people. */
export function RetentionResult({ input, view, retention, onOpen }: RetentionResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const table = useRef<HTMLTableElement>(null);
  const currency = retention?.currency;
  const money = view === 'revenue' || view === 'perPerson';
  const text = (value: number | null): string =>
    value === null
      ? '–'
      : money
        ? (format.money(value, currency) ?? '–')
        : view === 'share'
          ? format.percent(value)
          : format.number(value);
  const data = useMemo<ChartData>(
    () => ({
      // The newest cohort alone has not lived through an interval yet.
      labels: (retention?.average ?? []).flatMap(({ share }, period) => (share === null ? [] : [String(period)])),
      shares: !money,
      series: [
        {
          name: t(money ? 'analytics.revenuePerPerson' : 'analytics.cameBack'),
          values: (retention?.average ?? [])
            .filter(({ share }) => share !== null)
            .map(({ share, revenuePerPerson }) => (money ? revenuePerPerson : share)),
          color: 'web',
          kind: 'line',
        },
      ],
    }),
    [retention, money, t],
  );
  if (retention === undefined) return <Skeleton height={340} />;
  const cohorts = retention.cohorts.filter(({ size }) => size > 0);
  if (cohorts.length === 0)
    return <EmptyState title={t('analytics.noCohort')}>{t('analytics.noCohortAdvice')}</EmptyState>;
  const columns = Math.max(...cohorts.map(({ periods }) => periods.length));
  const numbers = Array.from({ length: columns }, (_, period) => period);
  // The interval of the first is full by nature and would drown the others.
  const highest = Math.max(
    ...cohorts.flatMap((cohort) => cohort.periods.slice(1).map((cell) => numberOf[view](cell, cohort) ?? 0)),
    0,
  );
  const heatOf = (value: number | null, period: number): CSSProperties => ({
    ['--heat' as string]: `${period === 0 || value === null || highest <= 0 ? 0 : Math.round((Math.max(0, value) / highest) * darkest)}%`,
  });
  const unit = t(`analytics.interval.${input.interval}`);
  const nameOf = ({ cohort }: Cohort): string =>
    input.interval === 'month' ? format.month(cohort) : format.date(cohort);
  return (
    <>
      <Chart
        title={t(money ? 'analytics.revenuePerPerson' : 'analytics.averageRetention')}
        note={t('analytics.averageNote')}
        data={data}
        axis={unit}
        height={240}
        label={(period) => t('analytics.periodAfter', { unit, period })}
        value={(value) => (money ? (format.money(value, currency) ?? '') : format.percent(value))}
        tick={(value) => (money ? (format.compactMoney(value, currency) ?? '') : format.percent(value))}
        onPick={(at) => onOpen(t('analytics.periodAfter', { unit, period: String(at) }), { period: at })}
      />
      <Card
        title={t('analytics.cohorts')}
        note={t('analytics.cohortsNote')}
        actions={
          <Group gap="xs" justify="flex-end">
            <PictureButton name="retention" of={table} />
            <CsvButton
              name="retention"
              head={[t('analytics.cohort'), t('analytics.size'), ...numbers.map(String)]}
              rows={() =>
                cohorts.map((one) => [one.cohort, one.size, ...one.periods.map((cell) => numberOf[view](cell, one))])
              }
            />
          </Group>
        }
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
        <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label={t('analytics.cohorts')}>
          <table className={styles.heat} ref={table}>
            <thead>
              <tr>
                <th scope="col">{t('analytics.cohort')}</th>
                <th scope="col">{t('analytics.size')}</th>
                {numbers.map((period) => (
                  <th
                    key={period}
                    scope="col"
                    aria-label={t('analytics.periodAfter', { unit, period: String(period) })}
                  >
                    {period}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cohorts.map((cohort) => (
                <tr key={cohort.cohort}>
                  <th scope="row">{nameOf(cohort)}</th>
                  <th scope="row">{format.number(cohort.size)}</th>
                  {cohort.periods.map((cell, period) => {
                    const value = numberOf[view](cell, cohort);
                    const title = t('analytics.cohortCell', {
                      cohort: nameOf(cohort),
                      unit,
                      period: String(period),
                    });
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a column is its number
                      <td key={period}>
                        <button
                          type="button"
                          className={styles.cell}
                          style={heatOf(value, period)}
                          data-partial={cell.partial || undefined}
                          title={`${title}. ${t('analytics.peopleCount', { count: cell.people, number: format.number(cell.people) })}${cell.partial ? `. ${t('analytics.notOver')}` : ''}`}
                          onClick={() => onOpen(title, { cohort: cohort.cohort, period })}
                        >
                          {text(value)}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Card>
    </>
  );
}
