import { Button, NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { PredictionScope } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { predictionReportQuery } from '../../api/predictions.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { Compute, Running } from './Compute.tsx';
import { InUse, Parameters } from './InUse.tsx';
import styles from './Predictions.module.css';
import { Proof } from './Proof.tsx';
import { Drift, Published } from './Since.tsx';

const route = getRouteApi('/shell/predictions');

/** Nothing was computed, and nothing could be: there is nothing to show but the next step. */
const isEmpty = (scope: PredictionScope): boolean =>
  scope.run === null && scope.training === null && (scope.triedAt === null || scope.reasons.includes('no_orders'));

/** What is predicted, by which model, and how right it would have been. */
export function PredictionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const navigate = useNavigate();
  const { site, cut } = route.useSearch();
  const query = useQuery(predictionReportQuery(useApi()));
  const report = query.data;
  const scopes = report?.scopes ?? [];
  const scope = scopes.find((one) => (one.site ?? '') === (site ?? '')) ?? scopes[0];
  const go = (search: { site?: string | undefined; cut?: string | undefined }) =>
    void navigate({ to: '/predictions', search, replace: true, resetScroll: false });
  return (
    <>
      <PageHeader
        title={t('predictions.title')}
        purpose={t('predictions.purpose')}
        actions={
          <>
            {scopes.length < 2 ? null : (
              <NativeSelect
                aria-label={t('predictions.site')}
                value={scope?.site ?? ''}
                onChange={(event) => go({ site: event.currentTarget.value || undefined })}
                data={scopes.map((one) => ({ value: one.site ?? '', label: one.site ?? t('predictions.allSites') }))}
              />
            )}
            {report === undefined ? null : <Compute running={report.running !== null} />}
          </>
        }
      />
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Skeleton height={480} aria-busy="true" /> : null}
      {report === undefined ? null : (
        <Stack gap="lg">
          {report.running === null ? null : <Running running={report.running} />}
          {scope === undefined || isEmpty(scope) ? (
            report.running === null ? (
              <EmptyState
                title={t('predictions.first')}
                action={
                  can('data.write') ? (
                    <Button component={Link} to="/data/imports/new" variant="default">
                      {t('predictions.import')}
                    </Button>
                  ) : undefined
                }
              >
                {t('predictions.firstAdvice')}
              </EmptyState>
            ) : null
          ) : (
            <>
              <InUse scope={scope} />
              {scope.at === null || !can('segments.write') ? null : <UseThem />}
              <Proof scope={scope} currency={scope.currency} cut={cut} onCut={(next) => go({ site, cut: next })} />
              <div className={styles.two}>
                <Drift scope={scope} />
                <Published scope={scope} />
              </div>
              <Parameters scope={scope} />
              <p className={styles.quiet}>{t('predictions.asOf', { at: format.dateTime(report.at) })}</p>
            </>
          )}
        </Stack>
      )}
    </>
  );
}

/** The way from numbers to people. */
function UseThem() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Card title={t('predictions.segment.title')} note={t('predictions.segment.note')}>
      <div className={styles.links}>
        {(['risk', 'soon', 'best'] as const).map((which) => (
          <Button
            key={which}
            size="compact-md"
            variant="default"
            onClick={() => void navigate({ to: '/segments/new', search: { template: `foreseen-${which}` } })}
          >
            {t(`predictions.segment.${which}`)}
          </Button>
        ))}
      </div>
    </Card>
  );
}
