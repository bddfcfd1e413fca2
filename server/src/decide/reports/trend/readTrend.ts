import type { Metric, ReportPeople, Trend, TrendInput, TrendSeries } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { about } from '../about.ts';
import { ask } from '../ask.ts';
import { listBuckets } from '../intervals.ts';
import { readPeople } from '../people.ts';
import { readScope } from '../scope.ts';
import { compileTopGroups, compileTrend, compileTrendPeople } from './compileTrend.ts';

const units: Readonly<Record<Metric['of'], Trend['unit']>> = {
  events: 'count',
  people: 'count',
  per_person: 'number',
  sum: 'number',
  visitors: 'count',
  conversion: 'ratio',
  revenue: 'money',
  orders: 'count',
  aov: 'money',
  buyers: 'count',
  new_customers: 'count',
  units: 'number',
  refunds: 'money',
};

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** A metric over time, whole and by group; or the people behind one point of it. */
export async function readTrend(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  input: TrendInput,
): Promise<Trend | ReportPeople> {
  const scope = await readScope(deps, workspace, input);
  if (input.people !== undefined) {
    const point = input.people;
    return readPeople(deps, compileTrendPeople(input, point, scope), point);
  }
  const top = input.breakdown === undefined ? null : await ask(deps, compileTopGroups(input, input.groups, scope));
  const groups = top?.map(({ key }) => key) ?? null;
  const rows = await ask(deps, compileTrend(input, groups, scope));
  const buckets = listBuckets(scope, input.interval);
  const ratio = ['aov', 'conversion', 'per_person'].includes(input.metric.of);
  const numberOf = (row: (typeof rows)[number] | undefined, whole: boolean): number | null => {
    if (row === undefined) return ratio ? null : 0;
    const number = whole ? row.wholeTop : row.top;
    if (!ratio) return rounded(number);
    return row.bottom === 0 ? null : rounded(number / row.bottom);
  };
  const series = (kind: TrendSeries['kind'], group: string): TrendSeries => {
    const own = rows.filter(
      (row) =>
        row.everything === (kind === 'all' ? 1 : 0) &&
        (kind === 'all' || (row.known === (kind === 'group' ? 1 : 0) && row.key === group)),
    );
    const side = (previous: number) => {
      const byBucket = new Map(
        own.filter((row) => row.previous === previous && row.whole === 0).map((row) => [row.bucket, row]),
      );
      const whole = own.find((row) => row.previous === previous && row.whole === 1);
      return { values: buckets.map(({ day }) => numberOf(byBucket.get(day), false)), total: numberOf(whole, true) };
    };
    const previous = scope.before === null ? null : side(1);
    return {
      kind,
      group,
      ...side(0),
      previous: previous?.values ?? null,
      previousTotal: previous?.total ?? null,
    };
  };
  const hasOther = rows.some((row) => row.everything === 0 && row.known === 0);
  return {
    ...about(scope, `trend.${input.metric.of}`),
    unit: units[input.metric.of],
    interval: input.interval,
    buckets,
    before: scope.before === null ? null : { from: scope.before.from, to: scope.before.to },
    series: [
      series('all', ''),
      ...(groups ?? []).map((group) => series('group', group)),
      ...(hasOther ? [series('other', '')] : []),
    ],
    groups: top?.[0]?.groups ?? 0,
  };
}
