import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { MatchKind } from '@vitrail/contracts';
import { lazy, Suspense } from 'react';
import { useApi } from '../../api/context.tsx';
import { matchingQuery } from '../../api/matching.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { KindSwitch } from './KindSwitch.tsx';
import styles from './Matching.module.css';
import { RunsTab } from './runs/RunsTab.tsx';
import { StartDryRun } from './runs/StartDryRun.tsx';
import { StateRow } from './StateRow.tsx';

// Loaded when their tab is first opened.
const ModelTab = lazy(() => import('./model/ModelTab.tsx'));
const QualityTab = lazy(() => import('./model/QualityTab.tsx'));

const route = getRouteApi('/shell/matching');
const tabs = ['runs', 'model', 'quality'] as const;
type Tab = (typeof tabs)[number];

/** How records of one person, or one company, are found: what is in force, what was run, how right it is. */
export function MatchingPage() {
  const { t } = useTranslation();
  const { kind = 'people', tab = 'runs', version } = route.useSearch();
  const navigate = useNavigate();
  const state = useQuery(matchingQuery(useApi(), kind));
  const go = (next: { kind: MatchKind; tab: Tab; version?: number | undefined }) =>
    void navigate({
      to: '/matching',
      search: {
        ...(next.kind === 'people' ? {} : { kind: next.kind }),
        ...(next.tab === 'runs' ? {} : { tab: next.tab }),
        ...(next.version === undefined ? {} : { version: next.version }),
      },
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <PageHeader
        title={t('matching.title')}
        purpose={t('matching.purpose')}
        actions={
          <>
            <KindSwitch kind={kind} onChange={(chosen) => go({ kind: chosen, tab })} />
            <StartDryRun kind={kind} state={state.data} />
          </>
        }
      />
      {state.error === null ? null : <ProblemAlert error={state.error} onRetry={() => void state.refetch()} />}
      <StateRow state={state.data} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => go({ kind, tab: tabs.find((one) => one === next) ?? 'runs' })}
      >
        <Tabs.List className={styles.tabList}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`matching.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="runs">
          <RunsTab kind={kind} state={state.data} />
        </Tabs.Panel>
        <Tabs.Panel value="model">
          <Suspense>
            <ModelTab
              kind={kind}
              state={state.data}
              version={version}
              onVersion={(chosen) => go({ kind, tab, version: chosen })}
            />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="quality">
          <Suspense>
            <QualityTab kind={kind} state={state.data} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
