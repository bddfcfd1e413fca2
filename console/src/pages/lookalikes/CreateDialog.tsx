import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { statsQuery } from '../../api/analytics.ts';
import { useApi } from '../../api/context.tsx';
import { createLookalike } from '../../api/lookalikes.ts';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { peopleAt } from './curve.ts';
import { ReachSlider } from './ReachSlider.tsx';

export function CreateDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('lookalikes.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {opened ? <CreateForm onClose={onClose} /> : null}
    </Modal>
  );
}

/** A segment, and how many people like those in it. */
function CreateForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const { can } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const segments = useQuery(segmentChoicesQuery(api));
  const everybody = useQuery({ ...statsQuery(api), enabled: can('analytics.read') }).data?.profiles;
  const [segment, setSegment] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [reach, setReach] = useState(0.05);
  const chosen = segments.data?.items.find(({ id }) => id === segment);
  const create = useMutation({
    mutationFn: () =>
      createLookalike(api, {
        segment: segment ?? '',
        reach,
        name:
          name.trim() === '' ? t('lookalikes.likeName', { segment: chosen?.name ?? '' }).slice(0, 120) : name.trim(),
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['lookalikes'] });
      notifications.show({ message: t('lookalikes.created') });
      await navigate({ to: '/lookalikes/$id', params: { id } });
    },
  });
  // Known before anything is learnt: how many a share of the others would be.
  const about = everybody === undefined || chosen === undefined ? null : Math.max(0, everybody - (chosen.size ?? 0));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (segment !== null) create.mutate();
      }}
    >
      <Stack gap="md">
        {segments.error === null ? null : <ProblemAlert error={segments.error} />}
        <Select
          label={t('lookalikes.likeWhom')}
          description={t('lookalikes.likeWhomHint')}
          searchable
          required
          value={segment}
          onChange={setSegment}
          data={(segments.data?.items ?? []).map((one) => ({
            value: one.id,
            label: one.size === null ? one.name : `${one.name} (${format.number(one.size)})`,
          }))}
          data-autofocus
        />
        <TextInput
          label={t('lookalikes.ownName')}
          description={t('lookalikes.ownNameHint')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ReachSlider
          reach={reach}
          onChange={setReach}
          said={
            about === null
              ? t('lookalikes.reachText', { share: format.percent(reach) })
              : t('lookalikes.atReachPlain', { people: peopleAt(about, reach) })
          }
        />
        {create.error === null ? null : <ProblemAlert error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={segment === null}>
            {t('lookalikes.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
