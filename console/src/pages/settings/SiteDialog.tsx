import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Site } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { saveSite } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useRegions } from '../../ui/regions.ts';

export function SiteDialog({ site, onClose }: { site: Site | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const { countries, currencies, languages } = useRegions();
  const form = useForm({
    initialValues: {
      name: site?.name ?? '',
      domain: site?.domain ?? '',
      country: site?.country ?? workspace.country,
      currency: site?.currency ?? workspace.baseCurrency,
      language: site?.language ?? workspace.language,
    },
    validate: { name: (value) => (value.trim() === '' ? t('setup.required') : null) },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      saveSite(api, site?.id ?? null, {
        ...values,
        name: values.name.trim(),
        domain: values.domain.trim() === '' ? null : values.domain.trim(),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['sites'] });
      notifications.show({ message: t('action.saved') });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={site === null ? t('sites.new') : site.name}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="sm">
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          <TextInput label={t('sites.name')} data-autofocus {...form.getInputProps('name')} />
          <TextInput label={t('sites.domain')} placeholder="shop.example" {...form.getInputProps('domain')} />
          <Select
            label={t('setup.country')}
            description={t('setup.countryHint')}
            data={countries}
            searchable
            {...form.getInputProps('country')}
          />
          <Select label={t('sites.currency')} data={currencies} searchable {...form.getInputProps('currency')} />
          <Select label={t('sites.language')} data={languages} searchable {...form.getInputProps('language')} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
