import { Alert, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { RecommendationReport } from '@vitrail/contracts';
import { lazy, Suspense } from 'react';
import { useApi } from '../../api/context.tsx';
import { recommendationReportQuery } from '../../api/recommendations.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import type { Asked } from './asked.ts';
import { Build, Building } from './Build.tsx';
import { Preview } from './Preview.tsx';
import styles from './Recommendations.module.css';

// Loaded when their tab is first opened.
const QualityTab = lazy(() => import('./QualityTab.tsx'));
const RulesTab = lazy(() => import('./RulesTab.tsx'));
const SettingsTab = lazy(() => import('./SettingsTab.tsx'));

const route = getRouteApi('/shell/recommendations');
const tabs = ['preview', 'rules', 'quality', 'settings'] as const;

/** What is recommended to whom: tried out, steered, measured. */
export function RecommendationsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const asked = route.useSearch();
  const query = useQuery({ ...recommendationReportQuery(useApi()), enabled: can('analytics.read') });
  const report = query.data;
  const go = (search: Asked) => void navigate({ to: '/recommendations', search, replace: true, resetScroll: false });
  return (
    <>
      <PageHeader
        title={t('recommendations.title')}
        purpose={t('recommendations.purpose')}
        actions={report === undefined ? undefined : <Build running={report.running !== null} />}
      />
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Stack gap="md">
        {report?.running == null ? null : <Building running={report.running} />}
        {report === undefined ? null : <State report={report} />}
      </Stack>
      <Tabs
        value={asked.tab ?? 'preview'}
        keepMounted={false}
        onChange={(next) => {
          const tab = tabs.find((one) => one === next);
          go({ ...asked, tab: tab === 'preview' ? undefined : tab });
        }}
      >
        <Tabs.List className={styles.tabList}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`recommendations.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="preview">
          <Preview asked={asked} onAsk={(change) => go({ ...asked, ...change })} />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <Suspense fallback={<Skeleton height={240} />}>
            <RulesTab />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="quality">
          <Suspense fallback={<Skeleton height={240} />}>
            {report === undefined ? <Skeleton height={240} /> : <QualityTab report={report} />}
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <Suspense fallback={<Skeleton height={240} />}>
            <SettingsTab />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** When everything was built, from how much, and whether the catalogue can be trusted. */
function State({ report }: { report: RecommendationReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { catalogue, builtAt, freshAt, method } = report;
  return (
    <>
      {catalogue.alarm === null ? null : (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertTriangle aria-hidden="true" />}
          title={t('recommendations.alarm')}
          role="alert"
        >
          {t('recommendations.alarmNote')}
        </Alert>
      )}
      <StatRow>
        <StatTile
          label={t('recommendations.builtAt')}
          definition={t('recommendations.builtAtDefinition')}
          value={builtAt === null ? t('recommendations.never') : format.day(builtAt)}
          note={freshAt === null ? undefined : t('recommendations.freshAt', { at: format.dateTime(freshAt) })}
        />
        <StatTile
          label={t('recommendations.products')}
          definition={t('recommendations.productsDefinition')}
          value={format.number(report.items)}
          note={t('recommendations.inStock', { variants: catalogue.products, count: catalogue.inStock })}
        />
        <StatTile
          label={t('recommendations.people')}
          definition={t('recommendations.peopleDefinition')}
          value={format.number(report.people)}
        />
        <StatTile
          label={t('recommendations.pairs')}
          definition={t('recommendations.pairsDefinition')}
          value={format.number(report.pairs)}
          note={method === null ? undefined : t(`recommendations.method.${method}`)}
        />
      </StatRow>
    </>
  );
}
