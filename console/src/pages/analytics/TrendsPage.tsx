import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Interval, intervals, type TrendInput, trendInputSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { trendQuery } from '../../api/reports.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PeriodPicker } from './frame/PeriodPicker.tsx';
import { ReportFrame } from './frame/ReportFrame.tsx';
import { SaveReport } from './frame/SaveReport.tsx';
import { useReport } from './frame/useReport.ts';
import { metricNames, metricOf } from './metrics.ts';
import { DimensionPicker } from './parts/DimensionPicker.tsx';
import { fieldsFor, isOrderMetric } from './parts/dimensions.ts';
import { EventPicker } from './parts/EventPicker.tsx';
import { Filters } from './parts/Filters.tsx';
import { type OpenPoint, PeopleDrawer } from './parts/PeopleDrawer.tsx';
import { TrendResult } from './TrendResult.tsx';

const start: TrendInput = trendInputSchema.parse({ metric: { of: 'revenue' }, compare: 'previous' });

/** A number over time, split and compared. */
export function TrendsPage() {
  const { t } = useTranslation();
  const state = useReport(trendInputSchema, start);
  const { request, asked, change } = state;
  const trend = useQuery(trendQuery(useApi(), asked));
  const [point, setPoint] = useState<OpenPoint | null>(null);
  const { metric } = request;
  const fields = fieldsFor(metric.of);
  const properties = !isOrderMetric(metric.of);
  return (
    <ReportFrame
      title={t('analytics.trends')}
      purpose={t('analytics.trendsPurpose')}
      definition={t(`analytics.definition.${metric.of}`)}
      about={trend.data}
      error={trend.error}
      busy={trend.isFetching && (trend.isPlaceholderData || trend.isPending)}
      onRetry={() => void trend.refetch()}
      actions={
        <>
          <PeriodPicker
            period={state.period}
            onChoose={state.choose}
            compare={request.compare}
            onCompare={(compare) => change({ compare })}
          />
          <SaveReport definition={{ kind: 'trend', request }} period={state.period} saved={state.saved} />
        </>
      }
      controls={
        <>
          <NativeSelect
            label={t('analytics.metricTitle')}
            value={metric.of}
            data={metricNames.map((of) => ({ value: of, label: t(`analytics.metric.${of}`) }))}
            onChange={({ currentTarget }) => {
              const next = metricOf(currentTarget.value, metric);
              // What one number can be split by, another may not.
              change({
                metric: next,
                ...(isOrderMetric(next.of) === isOrderMetric(metric.of) ? {} : { breakdown: undefined, filters: [] }),
              });
            }}
          />
          {'match' in metric ? (
            <EventPicker
              label={t('analytics.events')}
              match={metric.match}
              onChange={(match) => change({ metric: { ...metric, match } })}
            />
          ) : null}
          <DimensionPicker
            key={textKey(request)}
            label={t('analytics.breakdown')}
            fields={fields}
            properties={properties}
            value={request.breakdown}
            onChange={(breakdown) => change({ breakdown })}
          />
          <SegmentedControl
            aria-label={t('analytics.intervalTitle')}
            value={request.interval}
            data={intervals.map((interval) => ({ value: interval, label: t(`analytics.interval.${interval}`) }))}
            onChange={(value) => {
              const interval = intervals.find((one): one is Interval => one === value);
              if (interval !== undefined) change({ interval });
            }}
          />
          <Filters
            fields={fields}
            properties={properties}
            filters={request.filters}
            onChange={(filters) => change({ filters })}
          />
        </>
      }
    >
      <TrendResult
        input={request}
        trend={trend.data}
        onOpen={(title, of) => setPoint({ kind: 'trend', request: asked, point: of, title })}
      />
      <PeopleDrawer point={point} onClose={() => setPoint(null)} />
    </ReportFrame>
  );
}

/** A saved report opened on this page brings its own breakdown. */
const textKey = ({ breakdown, metric }: TrendInput): string => JSON.stringify([breakdown ?? null, metric.of]);
