import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { intervals, orderDimensions, type RetentionInput, retentionInputSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { retentionQuery } from '../../api/reports.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PeriodPicker } from './frame/PeriodPicker.tsx';
import { ReportFrame } from './frame/ReportFrame.tsx';
import { SaveReport } from './frame/SaveReport.tsx';
import { useReport } from './frame/useReport.ts';
import { EventPicker } from './parts/EventPicker.tsx';
import { Filters } from './parts/Filters.tsx';
import { type OpenPoint, PeopleDrawer } from './parts/PeopleDrawer.tsx';
import { RetentionResult, type RetentionView } from './RetentionResult.tsx';

const start: RetentionInput = retentionInputSchema.parse({});
type Occurrence = RetentionInput['first'];
const views = ['share', 'people', 'revenue', 'perPerson'] as const satisfies readonly RetentionView[];
/** Facts that both an event and an order have. */
const bothFields = ['site'] as const;

/** Who comes back, and when. */
export function RetentionPage() {
  const { t } = useTranslation();
  const state = useReport(retentionInputSchema, start, '365');
  const { request, asked, change } = state;
  const retention = useQuery(retentionQuery(useApi(), asked));
  const [point, setPoint] = useState<OpenPoint | null>(null);
  const [view, setView] = useState<RetentionView>('share');
  const onlyOrders = request.first.of === 'order' && request.back.of === 'order';
  return (
    <ReportFrame
      title={t('analytics.retention')}
      purpose={t('analytics.retentionPurpose')}
      definition={t('analytics.definition.retention')}
      about={retention.data}
      error={retention.error}
      busy={retention.isFetching && (retention.isPlaceholderData || retention.isPending)}
      onRetry={() => void retention.refetch()}
      actions={
        <>
          <PeriodPicker period={state.period} onChoose={state.choose} />
          <SaveReport definition={{ kind: 'retention', request }} period={state.period} saved={state.saved} />
        </>
      }
      controls={
        <>
          <OccurrencePicker
            label={t('analytics.firstTime')}
            value={request.first}
            onChange={(first) => change({ first, filters: [] })}
          />
          <OccurrencePicker
            label={t('analytics.comesBack')}
            value={request.back}
            onChange={(back) => change({ back, filters: [] })}
          />
          <SegmentedControl
            aria-label={t('analytics.intervalTitle')}
            value={request.interval}
            data={intervals.map((interval) => ({ value: interval, label: t(`analytics.interval.${interval}`) }))}
            onChange={(value) => {
              const interval = intervals.find((one) => one === value);
              if (interval !== undefined) change({ interval });
            }}
          />
          <NativeSelect
            label={t('analytics.show')}
            value={view}
            data={views.map((one) => ({ value: one, label: t(`analytics.retentionView.${one}`) }))}
            onChange={({ currentTarget }) => setView(views.find((one) => one === currentTarget.value) ?? 'share')}
          />
          <Filters
            fields={onlyOrders ? orderDimensions : bothFields}
            properties={false}
            filters={request.filters}
            onChange={(filters) => change({ filters })}
          />
        </>
      }
    >
      <RetentionResult
        input={request}
        view={view}
        retention={retention.data}
        onOpen={(title, of) => setPoint({ kind: 'retention', request: asked, point: of, title })}
      />
      <PeopleDrawer point={point} onClose={() => setPoint(null)} />
    </ReportFrame>
  );
}

function OccurrencePicker(props: {
  readonly label: string;
  readonly value: Occurrence;
  readonly onChange: (value: Occurrence) => void;
}) {
  const { t } = useTranslation();
  const { value, onChange, label } = props;
  return (
    <>
      <NativeSelect
        label={label}
        value={value.of}
        data={[
          { value: 'order', label: t('analytics.anOrder') },
          { value: 'event', label: t('analytics.anEvent') },
        ]}
        onChange={({ currentTarget }) =>
          onChange(
            currentTarget.value === 'event'
              ? { of: 'event', match: { type: 'page', events: [], where: [] } }
              : { of: 'order' },
          )
        }
      />
      {value.of === 'event' ? (
        <EventPicker label={label} match={value.match} onChange={(match) => onChange({ of: 'event', match })} />
      ) : null}
    </>
  );
}
