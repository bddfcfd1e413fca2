import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sourceFamilySchema, sourceKindSchema } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { sitesQuery } from '../../api/settings.ts';
import { createSource } from '../../api/sources.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** A new source gets its key and its snippets at once. */
export function NewSource({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const sites = useQuery({ ...sitesQuery(api), enabled: opened && can('settings.read') });
  const form = useForm({
    initialValues: { name: '', family: 'web', kind: 'browser', site: '', priority: 100 },
    validate: { name: (value) => (value.trim() === '' ? t('setup.required') : null) },
  });
  const create = useMutation({
    mutationFn: (values: typeof form.values) =>
      createSource(api, {
        name: values.name.trim(),
        family: sourceFamilySchema.parse(values.family),
        kind: sourceKindSchema.parse(values.kind),
        siteId: values.site === '' ? null : Number(values.site),
        priority: values.priority,
      }),
    onSuccess: (source) => {
      void queryClient.invalidateQueries({ queryKey: ['sources'] });
      form.reset();
      onClose();
      return navigate({ to: '/data/sources/$id', params: { id: String(source.id) } });
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('sources.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="sm">
          {create.error === null ? null : <ProblemAlert error={create.error} />}
          <TextInput
            label={t('sources.name')}
            placeholder={t('sources.nameHint')}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Select
            label={t('sources.family')}
            description={t('sources.familyHint')}
            data={sourceFamilySchema.options.map((value) => ({ value, label: t(`family.${value}`) }))}
            {...form.getInputProps('family')}
          />
          <Select
            label={t('sources.kind')}
            data={sourceKindSchema.options.map((value) => ({ value, label: t(`sourceKind.${value}`) }))}
            {...form.getInputProps('kind')}
          />
          {(sites.data?.length ?? 0) === 0 ? null : (
            <Select
              label={t('sources.site')}
              description={t('sources.siteHint')}
              data={[
                { value: '', label: t('sources.noSite') },
                ...(sites.data ?? []).map((site) => ({ value: String(site.id), label: site.name })),
              ]}
              {...form.getInputProps('site')}
            />
          )}
          <NumberInput
            label={t('sources.priority')}
            description={t('sources.priorityHint')}
            min={0}
            max={1000}
            {...form.getInputProps('priority')}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('sources.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
