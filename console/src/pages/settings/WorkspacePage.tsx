import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { changeWorkspace } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useRegions } from '../../ui/regions.ts';

export function WorkspacePage() {
  const { t } = useTranslation();
  const { workspace, can } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const { countries, timeZones, languages, currencies } = useRegions();
  const editable = can('settings.write');
  const { name, country, timeZone, language } = workspace;
  const form = useForm({
    initialValues: { name, country, timeZone, language },
    validate: { name: (value) => (value.trim() === '' ? t('setup.required') : null) },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => changeWorkspace(api, values),
    onSuccess: async (_, values) => {
      await queryClient.invalidateQueries({ queryKey: ['me'] });
      form.resetDirty(values);
      notifications.show({ message: t('action.saved') });
    },
  });
  return (
    <>
      <PageHeader title={t('place.workspace')} purpose={t('workspace.purpose')} />
      <Card>
        <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
          <Stack gap="md" maw={520}>
            {save.error === null ? null : <ProblemAlert error={save.error} />}
            <TextInput label={t('setup.workspace')} disabled={!editable} {...form.getInputProps('name')} />
            <Select
              label={t('setup.currency')}
              description={t('workspace.currencyHint')}
              data={currencies}
              value={workspace.baseCurrency}
              disabled
            />
            <Select
              label={t('setup.country')}
              description={t('setup.countryHint')}
              data={countries}
              searchable
              disabled={!editable}
              {...form.getInputProps('country')}
            />
            <Select
              label={t('setup.timeZone')}
              description={t('workspace.timeZoneHint')}
              data={timeZones}
              searchable
              disabled={!editable}
              {...form.getInputProps('timeZone')}
            />
            <Select
              label={t('workspace.language')}
              data={languages}
              searchable
              disabled={!editable}
              {...form.getInputProps('language')}
            />
            {editable ? (
              <Group>
                <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                  {t('action.save')}
                </Button>
              </Group>
            ) : null}
          </Stack>
        </form>
      </Card>
    </>
  );
}
