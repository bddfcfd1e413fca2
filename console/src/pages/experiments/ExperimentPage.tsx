import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Experiment } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { type ExperimentMove, experimentQuery, moveExperiment } from '../../api/experiments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ExperimentState } from './ExperimentState.tsx';
import styles from './Experiments.module.css';
import { LearningCard } from './LearningCard.tsx';
import { Results } from './Results.tsx';

const route = getRouteApi('/shell/website/experiments/$id');

/** One experiment: what it came to so far, why one may believe it, and what was learnt. */
export function ExperimentPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(experimentQuery(useApi(), id));
  const experiment = query.data;
  const back = (
    <Anchor component={Link} to="/website/experiments" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('experiments.title')}
    </Anchor>
  );
  if (query.isPending)
    return (
      <Stack aria-busy="true">
        {back}
        <Skeleton height={60} />
        <Skeleton height={320} />
      </Stack>
    );
  if (experiment === undefined)
    return (
      <Stack>
        {back}
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </Stack>
    );
  return (
    <>
      <PageHeader
        above={back}
        title={experiment.definition.name}
        purpose={<Purpose experiment={experiment} />}
        actions={<Actions experiment={experiment} />}
      />
      <Stack gap="lg">
        {experiment.definition.hypothesis === '' ? null : (
          <Card title={t('experiments.hypothesis')}>
            <Text size="sm">{experiment.definition.hypothesis}</Text>
          </Card>
        )}
        <Results experiment={experiment} />
        {experiment.startedAt === null ? null : <LearningCard key={experiment.updatedAt} experiment={experiment} />}
      </Stack>
    </>
  );
}

function Purpose({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { definition, startedAt, stoppedAt, state } = experiment;
  return (
    <Group gap="xs">
      <ExperimentState state={state} />
      <span>{t(`experiments.kind.${definition.kind}`)}</span>
      <code>{definition.key}</code>
      {startedAt === null ? null : (
        <span>
          {stoppedAt === null
            ? t('experiments.since', { at: format.dateTime(startedAt) })
            : t('experiments.fromTo', { from: format.date(startedAt), to: format.date(stoppedAt) })}
        </span>
      )}
    </Group>
  );
}

function Actions({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'stop' | 'archive' | null>(null);
  const { id, state, definition, startedAt } = experiment;
  const act = async (next: ExperimentMove): Promise<void> => {
    await moveExperiment(api, id, next);
    notifications.show({ message: t(`experiments.done.${next}`, { name: definition.name }) });
    await client.invalidateQueries({ queryKey: ['experiments'] });
  };
  const start = useMutation({ mutationFn: () => act('start') });
  if (!can('experience.write')) return null;
  return (
    <>
      {state === 'archived' ? null : (
        <>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/website/experiments/$id/edit" params={{ id }} {...props} />}
          >
            {t('experiments.edit')}
          </Button>
          {state === 'running' ? null : (
            <Button variant="default" onClick={() => setAsking('archive')}>
              {t('experiments.archive')}
            </Button>
          )}
          {state === 'running' ? (
            <Button color="red" onClick={() => setAsking('stop')}>
              {t('experiments.stop')}
            </Button>
          ) : (
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {t(startedAt === null ? 'experiments.start' : 'experiments.startAgain')}
            </Button>
          )}
        </>
      )}
      {start.error === null ? null : <ProblemAlert error={start.error} />}
      <ConfirmDialog
        opened={asking !== null}
        title={t(asking === 'archive' ? 'experiments.archiveTitle' : 'experiments.stopTitle', {
          name: definition.name,
        })}
        confirmLabel={t(asking === 'archive' ? 'experiments.archive' : 'experiments.stop')}
        danger={asking === 'stop'}
        onClose={() => setAsking(null)}
        onConfirm={async () => {
          if (asking !== null) await act(asking);
          setAsking(null);
        }}
      >
        <Text>{t(asking === 'archive' ? 'experiments.archiveNote' : 'experiments.stopNote')}</Text>
      </ConfirmDialog>
    </>
  );
}
