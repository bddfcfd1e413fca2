import { Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MatchingState, MatchKind, ModelDetail } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { modelQuery, modelsQuery } from '../../../api/matching.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { StartDryRun } from '../runs/StartDryRun.tsx';
import { ClusterSizes } from './ClusterSizes.tsx';
import { ClustersOverTime } from './ClustersOverTime.tsx';
import { Diagnosis } from './Diagnosis.tsx';
import styles from './Model.module.css';
import { RulesCard } from './RulesCard.tsx';
import { ThresholdPicker } from './ThresholdPicker.tsx';
import { WeightsTable } from './WeightsTable.tsx';

interface ModelTabProps {
  readonly kind: MatchKind;
  readonly state: MatchingState | undefined;
  readonly version: number | undefined;
  readonly onVersion: (version: number | undefined) => void;
}

/** One version of the model, and what is known of the records it is for. */
export default function ModelTab({ kind, state, version, onVersion }: ModelTabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const models = useQuery(modelsQuery(useApi(), kind));
  const newest = models.data?.items[0];
  const shown = version ?? state?.model?.version ?? newest?.version;
  if (models.isPending || state === undefined) return <Skeleton height={320} aria-busy="true" />;
  if (models.data === undefined) return <ProblemAlert error={models.error} onRetry={() => void models.refetch()} />;
  if (shown === undefined)
    return (
      <EmptyState title={t('matchModel.first')} action={<StartDryRun kind={kind} state={state} />}>
        {t('matchModel.firstAdvice')}
      </EmptyState>
    );
  const run = [state.lastDryRun, state.lastRun]
    .filter((one) => one !== null && one.report !== null)
    .toSorted((a, b) => (b?.id ?? 0) - (a?.id ?? 0))[0];
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="end">
        <Select
          label={t('matchModel.version')}
          w={280}
          value={String(shown)}
          data={models.data.items.map((one) => ({
            value: String(one.version),
            label: t('matchModel.versionOf', {
              version: one.version,
              at: format.date(one.createdAt),
              state: t(`matchModel.state.${one.state}`),
            }),
          }))}
          onChange={(value) => onVersion(value === null ? undefined : Number(value))}
        />
      </Group>
      <OneModel kind={kind} version={shown} />
      {run?.report == null ? null : (
        <>
          <ThresholdPicker key={run.id} run={run} report={run.report} />
          <Diagnosis
            diagnosis={run.report.diagnosis}
            note={
              <span className={styles.asOf}>
                {t('matchModel.asOf', { at: format.dateTime(run.requestedAt) })}{' '}
                <Link to="/matching/runs/$id" params={{ id: String(run.id) }}>
                  {t(run.dryRun ? 'matchRun.dryName' : 'matchRun.name', { id: run.id })}
                </Link>
              </span>
            }
          />
          <div className={styles.two}>
            <ClusterSizes clusters={run.report.clusters} />
            <ClustersOverTime kind={kind} />
          </div>
        </>
      )}
      <RulesCard kind={kind} />
    </Stack>
  );
}

function OneModel({ kind, version }: { kind: MatchKind; version: number }) {
  const query = useQuery(modelQuery(useApi(), kind, version));
  if (query.isPending) return <Skeleton height={320} aria-busy="true" />;
  if (query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <Facts detail={query.data} />
      <WeightsTable model={query.data.model} />
    </>
  );
}

/** What a version was learnt from, and whether to believe it. */
function Facts({ detail }: { detail: ModelDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { window, diagnostics, prior } = detail.model;
  const oneIn = (share: number): string => (share <= 0 ? '–' : format.number(1 / share));
  const facts = [
    [t('matchModel.records'), format.number(window.records)],
    [t('matchModel.pairs'), format.number(window.pairs)],
    [t('matchModel.rounds'), format.number(window.rounds)],
    [t('matchModel.priorMatch'), t('matchModel.oneIn', { count: oneIn(prior.match) })],
    [t('matchModel.priorHousehold'), t('matchModel.oneIn', { count: oneIn(prior.household) })],
    [t('matchModel.expected'), format.number(Math.round(diagnostics.expectedMatches))],
    [t('matchModel.expectedHome'), format.number(Math.round(diagnostics.expectedHousemates))],
  ] as const;
  return (
    <Card
      title={t('matching.version', { version: detail.version })}
      note={t('matchModel.learnt', { at: format.dateTime(detail.createdAt) })}
      actions={
        <StatusBadge tone={detail.state === 'active' ? 'good' : 'quiet'}>
          {t(`matchModel.state.${detail.state}`)}
        </StatusBadge>
      }
    >
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {window.converged ? null : (
        <Text size="sm" mt="xs">
          {t('matchModel.notConverged')}
        </Text>
      )}
      {diagnostics.warnings.map((warning) => (
        <Text key={warning} size="sm" mt="xs">
          {warning}
        </Text>
      ))}
    </Card>
  );
}
