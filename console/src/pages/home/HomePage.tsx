import { Group, NativeSelect, SegmentedControl, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { overviewQuery, statsQuery } from '../../api/analytics.ts';
import { useApi } from '../../api/context.tsx';
import { sitesQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { Checklist } from './Checklist.tsx';
import { Freshness } from './Freshness.tsx';
import { OverviewCharts } from './OverviewCharts.tsx';
import { OverviewFigures } from './OverviewFigures.tsx';
import { rangeOf, spanOf, spans } from './ranges.ts';
import { WorkspaceFigures } from './WorkspaceFigures.tsx';

// Comes after the figures of the past.
const HomeForecast = lazy(() => import('../predictions/HomeForecast.tsx'));

const route = getRouteApi('/shell/');

/** What happened lately, at a glance, and what to do next. */
export function HomePage() {
  const { t } = useTranslation();
  const { workspace, can } = useSession();
  const format = useFormat();
  const navigate = useNavigate();
  const search = route.useSearch();
  const span = spanOf(search.days);
  const api = useApi();
  const overview = useQuery(
    overviewQuery(api, { ...rangeOf(span, new Date(), workspace.timeZone), site: search.site }),
  );
  const stats = useQuery(statsQuery(api));
  const sites = useQuery({ ...sitesQuery(api), enabled: can('settings.read') });
  // Before the first record there is nothing to draw: the first steps stand alone.
  const isNew = stats.data !== undefined && stats.data.events === 0 && stats.data.orders === 0;
  const go = (change: { days?: string; site?: string | undefined }) =>
    void navigate({ to: '/', search: { ...search, ...change }, replace: true, resetScroll: false });
  return (
    <>
      <PageHeader
        title={workspace.name}
        purpose={
          overview.data === undefined ? t('home.purpose') : t('home.asOf', { at: format.dateTime(overview.data.at) })
        }
        actions={
          <Group gap="xs">
            {(sites.data?.length ?? 0) > 1 ? (
              <NativeSelect
                aria-label={t('home.site')}
                w={180}
                data={[
                  { value: '', label: t('home.allSites') },
                  ...(sites.data ?? []).map(({ name }) => ({ value: name, label: name })),
                ]}
                value={search.site ?? ''}
                onChange={({ currentTarget }) =>
                  go({ site: currentTarget.value === '' ? undefined : currentTarget.value })
                }
              />
            ) : null}
            <SegmentedControl
              aria-label={t('home.range')}
              value={span}
              onChange={(days) => go({ days })}
              data={spans.map((one) => ({ value: one, label: t('home.days', { count: Number(one) }) }))}
            />
          </Group>
        }
      />
      <Stack gap="lg">
        <Checklist stats={stats.data} />
        {overview.error === null ? null : (
          <ProblemAlert error={overview.error} onRetry={() => void overview.refetch()} />
        )}
        {isNew || (overview.error !== null && overview.data === undefined) ? null : (
          <>
            <OverviewFigures overview={overview.data} />
            <Suspense>
              <HomeForecast />
            </Suspense>
            <OverviewCharts overview={overview.data} />
          </>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <WorkspaceFigures stats={stats.data} error={stats.error} />
          {can('data.read') ? <Freshness /> : null}
        </SimpleGrid>
      </Stack>
    </>
  );
}
