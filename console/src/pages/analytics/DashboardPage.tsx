import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type DashboardQuery, dashboardQuerySchema, type Metric } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { dashboardQuery } from '../../api/reports.ts';
import { sitesQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DashboardCharts } from './DashboardCharts.tsx';
import { DashboardFigures } from './DashboardFigures.tsx';
import { DashboardLists } from './DashboardLists.tsx';
import { PeriodPicker } from './frame/PeriodPicker.tsx';
import { ReportFrame } from './frame/ReportFrame.tsx';
import { SaveReport } from './frame/SaveReport.tsx';
import { useReport } from './frame/useReport.ts';
import { type OpenPoint, PeopleDrawer } from './parts/PeopleDrawer.tsx';

const start: DashboardQuery = dashboardQuerySchema.parse({});

/** The shop at a glance, with the period before. */
export function DashboardPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const state = useReport(dashboardQuerySchema, start);
  const { request, asked, change } = state;
  const dashboard = useQuery(dashboardQuery(api, asked));
  const sites = useQuery({ ...sitesQuery(api), enabled: can('settings.read') });
  const [point, setPoint] = useState<OpenPoint | null>(null);
  const { from, to, compare, site } = asked;
  const filters = site === undefined ? [] : [{ field: 'site', op: 'in', values: [site] }];
  const open = (metric: Metric, title: string, of: object = {}, more: readonly object[] = []) =>
    setPoint({
      kind: 'trend',
      request: { metric, from, to, compare, filters: [...filters, ...more] },
      point: of,
      title,
    });
  const { data } = dashboard;
  const empty = data !== undefined && data.figures.orders === 0 && data.figures.views === 0;
  return (
    <ReportFrame
      title={t('analytics.dashboard')}
      purpose={t('analytics.dashboardPurpose')}
      definition={t('analytics.definition.dashboard')}
      about={data}
      error={dashboard.error}
      busy={dashboard.isFetching && (dashboard.isPlaceholderData || dashboard.isPending)}
      onRetry={() => void dashboard.refetch()}
      actions={
        <>
          {(sites.data?.length ?? 0) > 1 ? (
            <NativeSelect
              aria-label={t('home.site')}
              value={request.site ?? ''}
              data={[
                { value: '', label: t('home.allSites') },
                ...(sites.data ?? []).map(({ name }) => ({ value: name, label: name })),
              ]}
              onChange={({ currentTarget }) =>
                change({ site: currentTarget.value === '' ? undefined : currentTarget.value })
              }
            />
          ) : null}
          <PeriodPicker
            period={state.period}
            onChoose={state.choose}
            compare={request.compare}
            onCompare={(next) => change({ compare: next })}
          />
          <SaveReport definition={{ kind: 'dashboard', request }} period={state.period} saved={state.saved} />
        </>
      }
    >
      {empty ? (
        <EmptyState title={t('analytics.nothing')}>{t('analytics.nothingAdvice')}</EmptyState>
      ) : (
        <>
          <DashboardFigures dashboard={data} onOpen={open} />
          <DashboardCharts dashboard={data} onOpen={open} />
          <DashboardLists dashboard={data} onOpen={open} />
        </>
      )}
      <PeopleDrawer point={point} onClose={() => setPoint(null)} />
    </ReportFrame>
  );
}
