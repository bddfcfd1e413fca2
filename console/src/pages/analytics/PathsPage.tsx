import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { eventDimensions, type PathsInput, pathsInputSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { pathsQuery } from '../../api/reports.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PeriodPicker } from './frame/PeriodPicker.tsx';
import { ReportFrame } from './frame/ReportFrame.tsx';
import { SaveReport } from './frame/SaveReport.tsx';
import { useReport } from './frame/useReport.ts';
import { EventPicker } from './parts/EventPicker.tsx';
import { Filters } from './parts/Filters.tsx';
import { type OpenPoint, PeopleDrawer } from './parts/PeopleDrawer.tsx';
import { PathsResult } from './paths/PathsResult.tsx';

const start: PathsInput = pathsInputSchema.parse({ start: { type: 'track', events: ['Product Added'] } });
const directions = ['after', 'before'] as const;
const nodeKinds = ['both', 'pages', 'events'] as const;
const depths = [1, 2, 3, 4, 5] as const;

/** Where people go next, or came from. */
export function PathsPage() {
  const { t } = useTranslation();
  const state = useReport(pathsInputSchema, start);
  const { request, asked, change } = state;
  const paths = useQuery(pathsQuery(useApi(), asked));
  const [point, setPoint] = useState<OpenPoint | null>(null);
  return (
    <ReportFrame
      title={t('analytics.paths')}
      purpose={t('analytics.pathsPurpose')}
      definition={t('analytics.definition.paths')}
      about={paths.data}
      error={paths.error}
      busy={paths.isFetching && (paths.isPlaceholderData || paths.isPending)}
      onRetry={() => void paths.refetch()}
      actions={
        <>
          <PeriodPicker period={state.period} onChoose={state.choose} />
          <SaveReport definition={{ kind: 'paths', request }} period={state.period} saved={state.saved} />
        </>
      }
      controls={
        <>
          <EventPicker
            label={t('analytics.pathStart')}
            match={request.start}
            onChange={(match) => change({ start: match })}
          />
          <SegmentedControl
            aria-label={t('analytics.directionTitle')}
            value={request.direction}
            data={directions.map((one) => ({ value: one, label: t(`analytics.direction.${one}`) }))}
            onChange={(value) => change({ direction: directions.find((one) => one === value) ?? 'after' })}
          />
          <NativeSelect
            label={t('analytics.nodesTitle')}
            value={request.nodes}
            data={nodeKinds.map((one) => ({ value: one, label: t(`analytics.nodes.${one}`) }))}
            onChange={({ currentTarget }) =>
              change({ nodes: nodeKinds.find((one) => one === currentTarget.value) ?? 'both' })
            }
          />
          <NativeSelect
            label={t('analytics.depth')}
            value={String(request.depth)}
            data={depths.map((one) => ({ value: String(one), label: t('analytics.stepCount', { count: one }) }))}
            onChange={({ currentTarget }) => change({ depth: Number(currentTarget.value) })}
          />
          <Filters
            fields={eventDimensions}
            properties
            filters={request.filters}
            onChange={(filters) => change({ filters })}
          />
        </>
      }
    >
      {paths.data !== undefined && paths.data.starts === 0 ? (
        <EmptyState title={t('analytics.nobodyStarted')}>{t('analytics.nobodyStartedAdvice')}</EmptyState>
      ) : (
        <PathsResult
          input={request}
          paths={paths.data}
          onOpen={(title, of) => setPoint({ kind: 'paths', request: asked, point: of, title })}
        />
      )}
      <PeopleDrawer point={point} onClose={() => setPoint(null)} />
    </ReportFrame>
  );
}
