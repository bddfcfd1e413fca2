import { Button, Group, Modal, MultiSelect, NumberInput, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExperimentSettings } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changeExperimentSettings, experimentSettingsQuery } from '../../api/experiments.ts';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** What holds for all experiments and flags. */
export function SettingsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ ...experimentSettingsQuery(useApi()), enabled: opened });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('experiments.settings.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined ? (
        <Skeleton height={160} aria-busy="true" />
      ) : (
        <SettingsForm start={query.data} onClose={onClose} />
      )}
    </Modal>
  );
}

function SettingsForm({ start, onClose }: { start: ExperimentSettings; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const { can } = useSession();
  const [percent, setPercent] = useState(Math.round(start.globalHoldout * 1_000) / 10);
  const [published, setPublished] = useState<readonly string[]>(start.publishedSegments);
  const segments = useQuery({ ...segmentChoicesQuery(api), enabled: can('segments.read') });
  const names = new Map((segments.data?.items ?? []).map(({ id, name }) => [id, name]));
  const keep = useMutation({
    mutationFn: () =>
      changeExperimentSettings(api, { globalHoldout: percent / 100, publishedSegments: [...published] }),
    onSuccess: async () => {
      notifications.show({ message: t('experiments.settings.kept') });
      await client.invalidateQueries({ queryKey: ['experiments', 'settings'] });
      await client.invalidateQueries({ queryKey: ['flags'] });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate();
      }}
    >
      <Stack gap="md">
        <NumberInput
          label={t('experiments.settings.holdout')}
          description={t('experiments.settings.holdoutHint')}
          suffix=" %"
          min={0}
          max={50}
          decimalScale={1}
          value={percent}
          onChange={(next) => setPercent(Number(next) || 0)}
          data-autofocus
        />
        <MultiSelect
          label={t('experiments.settings.published')}
          description={t('experiments.settings.publishedHint')}
          searchable
          value={[...published]}
          onChange={setPublished}
          data={[...new Set([...names.keys(), ...published])].map((id) => ({ value: id, label: names.get(id) ?? id }))}
        />
        {keep.error === null ? null : <ProblemAlert error={keep.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={keep.isPending}>
            {t('experiments.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
