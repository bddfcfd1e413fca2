import { Alert, Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { MatchRun } from '@vitrail/contracts';
import { useEffect, useRef } from 'react';
import { useApi } from '../../api/context.tsx';
import { isUnderWay, matchRunQuery } from '../../api/matching.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Matching.module.css';
import { Activate } from './runs/Activate.tsx';
import { Found } from './runs/Found.tsx';
import { RunLinks } from './runs/RunLinks.tsx';
import { RunProgress } from './runs/RunProgress.tsx';
import { RunState } from './runs/RunState.tsx';
import { UndoRun } from './runs/UndoRun.tsx';

const route = getRouteApi('/shell/matching/runs/$id');

/** One run: how far it is, what it found, what it did or would do; and the way forward or back. */
export function RunPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const client = useQueryClient();
  const run = useQuery(matchRunQuery(useApi(), Number(id)));
  const state = run.data?.state;
  const former = useRef(state);
  useEffect(() => {
    // Over: everything that depends on it is out of date.
    if (former.current !== undefined && state !== undefined && isUnderWay(former.current) && !isUnderWay(state))
      for (const key of ['matching', 'reviews', 'customers', 'customer', 'merges', 'stats'])
        void client.invalidateQueries({ queryKey: [key] });
    former.current = state;
  }, [client, state]);
  return (
    <>
      <Anchor
        size="sm"
        c="dimmed"
        className={styles.back}
        renderRoot={(props) => (
          <Link to="/matching" search={run.data?.kind === 'company' ? { kind: 'company' } : {}} {...props} />
        )}
      >
        <IconArrowLeft size={14} aria-hidden="true" /> {t('place.matching')}
      </Anchor>
      {run.data !== undefined ? (
        <OneRun run={run.data} />
      ) : run.error !== null ? (
        <>
          <PageHeader title={t('matchRun.name', { id })} />
          <ProblemAlert error={run.error} onRetry={() => void run.refetch()} />
        </>
      ) : (
        <Skeleton height={320} aria-busy="true" />
      )}
    </>
  );
}

function OneRun({ run }: { run: MatchRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, dryRun, state, kind, model, thresholds, report, error } = run;
  const facts = [
    t(kind === 'people' ? 'matching.people' : 'matching.companies'),
    t(`matchRun.trigger.${run.trigger}`),
    format.dateTime(run.requestedAt),
    model === null ? null : t('matching.version', { version: model }),
    t('matching.bands', { auto: format.percent(thresholds.auto), review: format.percent(thresholds.review) }),
  ].filter((fact) => fact !== null);
  return (
    <>
      <PageHeader
        title={t(dryRun ? 'matchRun.dryName' : 'matchRun.name', { id })}
        purpose={facts.join(' · ')}
        actions={
          <>
            <RunState state={state} />
            <Activate run={run} />
            <UndoRun run={run} />
          </>
        }
      />
      <Stack gap="lg">
        {isUnderWay(state) ? (
          <Card title={t(dryRun ? 'matchRun.dryUnderWay' : 'matchRun.underWay')}>
            <RunProgress run={run} />
          </Card>
        ) : null}
        {error === null ? null : (
          <Alert color="red" variant="light" title={t(`matchRun.state.${state}`)} role="alert">
            <Text size="sm">{error.detail}</Text>
            <Text size="xs" c="dimmed">
              {error.code}
            </Text>
          </Alert>
        )}
        {run.undoneAt === null || state === 'undoing' ? null : (
          <Alert color="gray" variant="light" title={t('matchRun.state.undone')}>
            {t('matchRun.undoneNote', { count: run.undoneMerges, at: format.dateTime(run.undoneAt) })}
          </Alert>
        )}
        {report === null ? null : <Found run={run} report={report} />}
        {report === null && (run.merges > 0 || run.reviews > 0) ? (
          <Text size="sm">{t('matchRun.soFar', { merges: run.merges, asks: run.reviews })}</Text>
        ) : null}
        {(report === null && run.merges + run.reviews === 0) || state === 'queued' ? null : <RunLinks run={run} />}
      </Stack>
    </>
  );
}
