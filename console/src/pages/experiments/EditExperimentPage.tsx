import { Anchor, Skeleton, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ExperimentRequest } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { changeExperiment, createExperiment, experimentQuery } from '../../api/experiments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ExperimentForm } from './ExperimentForm.tsx';
import styles from './Experiments.module.css';

const editRoute = getRouteApi('/shell/website/experiments/$id/edit');

/** An experiment that does not exist yet. */
export function NewExperimentPage() {
  const { t } = useTranslation();
  const api = useApi();
  const save = useSave((definition) => createExperiment(api, definition));
  return (
    <>
      <PageHeader above={<Back />} title={t('experiments.new')} purpose={t('experiments.newPurpose')} />
      <ExperimentForm begun={false} onSave={(one) => save.mutate(one)} saving={save.isPending} problem={save.error} />
    </>
  );
}

/** One that exists; once it has begun only what moves nobody. */
export function EditExperimentPage() {
  const { t } = useTranslation();
  const api = useApi();
  const { id } = editRoute.useParams();
  const query = useQuery(experimentQuery(api, id));
  const save = useSave((definition) => changeExperiment(api, id, definition));
  return (
    <>
      <PageHeader
        above={<Back />}
        title={query.data?.definition.name ?? t('experiments.edit')}
        purpose={t(
          query.data === undefined || query.data.startedAt === null
            ? 'experiments.newPurpose'
            : 'experiments.begunPurpose',
        )}
      />
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined ? (
        <Stack aria-busy="true">
          <Skeleton height={320} />
        </Stack>
      ) : (
        <ExperimentForm
          start={query.data.definition}
          begun={query.data.startedAt !== null}
          onSave={(one) => save.mutate(one)}
          saving={save.isPending}
          problem={save.error}
        />
      )}
    </>
  );
}

function useSave(store: (definition: ExperimentRequest) => Promise<{ id: string }>) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: store,
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['experiments'] });
      await navigate({ to: '/website/experiments/$id', params: { id } });
    },
  });
}

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/website/experiments" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('experiments.title')}
    </Anchor>
  );
}
