import {
  type Attribution,
  attributionModels,
  type Dashboard,
  type Funnel,
  type Paths,
  type Retention,
  type Trend,
  type Values,
} from '@vitrail/contracts';
import type { CsvTable, CsvValue } from '../../csv/csvText.ts';
import { type Locale, say } from './words.ts';

/** One row per interval and group, and one per group for the whole period. */
export function trendTable({ buckets, series, before }: Trend, locale: Locale): CsvTable {
  const t = say(locale);
  const nameOf = ({ kind, group }: Trend['series'][number]): string => (kind === 'group' ? group : t(kind));
  const compared = before !== null;
  return {
    head: [t('interval'), t('group'), t('value'), ...(compared ? [t('before')] : [])],
    rows: series.flatMap((each) => [
      ...buckets.map(({ day }, index): CsvValue[] => [
        day,
        nameOf(each),
        each.values[index] ?? null,
        ...(compared ? [each.previous?.[index] ?? null] : []),
      ]),
      [t('wholePeriod'), nameOf(each), each.total, ...(compared ? [each.previousTotal] : [])],
    ]),
  };
}

export function funnelTable({ steps, groups }: Funnel, labels: readonly string[], locale: Locale): CsvTable {
  const t = say(locale);
  const of = (group: string, rows: Funnel['steps']): CsvValue[][] =>
    rows.map((step, index) => [
      group,
      `${index + 1}. ${labels[index] ?? ''}`.trim(),
      step.people,
      step.fromFirst,
      step.fromBefore,
      step.medianSeconds,
      step.medianSecondsFromFirst,
    ]);
  return {
    head: [t('group'), t('step'), t('people'), t('ofFirst'), t('ofBefore'), t('seconds'), t('secondsFirst')],
    rows: [
      ...of(t('all'), steps),
      ...groups.flatMap(({ group, other, steps: own }) => of(other ? t('other') : group, own)),
    ],
  };
}

export function retentionTable({ cohorts }: Retention, locale: Locale): CsvTable {
  const t = say(locale);
  return {
    head: [t('cohort'), t('size'), t('periods'), t('people'), t('share'), t('revenue')],
    rows: cohorts.flatMap(({ cohort, size, periods }) =>
      periods.map(({ people, share, revenue }, period) => [cohort, size, period, people, share, revenue]),
    ),
  };
}

export function attributionTable({ rows }: Attribution, locale: Locale): CsvTable {
  const t = say(locale);
  return {
    head: [
      t('group'),
      t('buyers'),
      ...attributionModels.flatMap((model) => [`${t('revenue')} (${t(model)})`, `${t('orders')} (${t(model)})`]),
    ],
    rows: rows.map((row) => [
      row.group,
      row.buyers,
      ...attributionModels.flatMap((model) => [row[model].revenue, row[model].orders]),
    ]),
  };
}

export function pathsTable({ links }: Paths, locale: Locale): CsvTable {
  const t = say(locale);
  return {
    head: [t('step'), t('from'), t('to'), t('times'), t('people')],
    rows: links.map(({ step, from, to, times, people }) => [step, from, to, times, people]),
  };
}

export function valuesTable({ buckets, deciles, orders }: Values, locale: Locale): CsvTable {
  const t = say(locale);
  return {
    head: [t('part'), t('from'), t('to'), t('people'), t('orders'), t('revenue'), t('share')],
    rows: [
      ...buckets.map(({ from, to, people, orders: sold, revenue }) => [
        t('bucket'),
        from,
        to,
        people,
        sold,
        revenue,
        null,
      ]),
      ...deciles.map(({ decile, people, orders: sold, revenue, share }) => [
        t('decile'),
        decile,
        decile,
        people,
        sold,
        revenue,
        share,
      ]),
      ...orders.map((row) => [
        t('numberOfOrders'),
        row.orders,
        row.orders === 6 ? null : row.orders,
        row.people,
        null,
        row.revenue,
        null,
      ]),
    ],
  };
}

const figureNames = [
  'revenue',
  'orders',
  'aov',
  'buyers',
  'newCustomers',
  'returningCustomers',
  'newRevenue',
  'units',
  'refunds',
  'visitors',
  'converted',
  'conversion',
  'views',
  'viewsPerVisitor',
  'engaged',
] as const;

/** Figures first, then each list, told apart by the first column. */
export function dashboardTable(answer: Dashboard, locale: Locale): CsvTable {
  const t = say(locale);
  const parts = [
    ['site', answer.sites],
    ['currency', answer.currencies],
    ['channel', answer.channels],
    ['product', answer.products],
    ['category', answer.categories],
  ] as const;
  return {
    head: [t('part'), t('name'), t('value'), t('before'), t('orders'), t('visitors')],
    rows: [
      ...figureNames.map((name) => [
        t('figure'),
        t(name),
        answer.figures[name],
        answer.previous === null ? null : answer.previous[name],
        null,
        null,
      ]),
      ...answer.days.map(({ day, revenue, previousRevenue, orders, visitors }) => [
        t('day'),
        day,
        revenue,
        previousRevenue,
        orders,
        visitors,
      ]),
      ...parts.flatMap(([part, rows]) =>
        rows.map((row) => [
          t(part),
          'name' in row && row.name !== null ? `${row.name} (${row.key})` : row.key,
          row.revenue,
          row.previousRevenue,
          row.orders,
          null,
        ]),
      ),
    ],
  };
}
