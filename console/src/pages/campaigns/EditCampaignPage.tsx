import { Anchor, Skeleton, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { CampaignRequest } from '@vitrail/contracts';
import { campaignQuery, changeCampaign, createCampaign } from '../../api/campaigns.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { CampaignForm } from './CampaignForm.tsx';
import styles from './Campaigns.module.css';

const editRoute = getRouteApi('/shell/messages/campaigns/$id/edit');

/** A campaign that does not exist yet. */
export function NewCampaignPage() {
  const { t } = useTranslation();
  const api = useApi();
  const save = useSave((definition) => createCampaign(api, definition));
  return (
    <>
      <PageHeader above={<Back />} title={t('campaigns.new')} purpose={t('campaigns.newPurpose')} />
      <CampaignForm onSave={(definition) => save.mutate(definition)} saving={save.isPending} problem={save.error} />
    </>
  );
}

/** A draft. */
export function EditCampaignPage() {
  const { t } = useTranslation();
  const api = useApi();
  const { id } = editRoute.useParams();
  const query = useQuery(campaignQuery(api, id));
  const save = useSave((definition) => changeCampaign(api, id, definition));
  return (
    <>
      <PageHeader
        above={<Back />}
        title={query.data?.name ?? t('campaigns.edit')}
        purpose={t('campaigns.newPurpose')}
      />
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined ? (
        <Stack aria-busy="true">
          <Skeleton height={320} />
        </Stack>
      ) : (
        <CampaignForm
          start={query.data.definition}
          onSave={(definition) => save.mutate(definition)}
          saving={save.isPending}
          problem={save.error}
        />
      )}
    </>
  );
}

function useSave(store: (definition: CampaignRequest) => Promise<{ id: string }>) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: store,
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['campaigns'] });
      await navigate({ to: '/messages/campaigns/$id', params: { id } });
    },
  });
}

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/messages/campaigns" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('campaigns.title')}
    </Anchor>
  );
}
