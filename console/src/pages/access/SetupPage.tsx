import { Button, Fieldset, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { setUp, signIn } from '../../api/session.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useRegions } from '../../ui/regions.ts';
import { AccessFrame } from './AccessFrame.tsx';

/** First run: the first owner and the first workspace. */
export function SetupPage() {
  const { t, language } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { countries, currencies, timeZones, guess } = useRegions();
  const form = useForm({
    initialValues: { name: '', email: '', password: '', workspace: '', ...guess },
    validate: {
      name: (value) => (value.trim() === '' ? t('setup.required') : null),
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('setup.badEmail')),
      password: (value) => (value.length < 8 ? t('setup.tooShort') : null),
      workspace: (value) => (value.trim() === '' ? t('setup.required') : null),
    },
  });
  const create = useMutation({
    mutationFn: async (values: typeof form.values) => {
      await setUp(api, {
        name: values.name.trim(),
        email: values.email.trim(),
        password: values.password,
        workspace: {
          name: values.workspace.trim(),
          baseCurrency: values.currency,
          country: values.country,
          timeZone: values.timeZone,
          language: language,
        },
      });
      await signIn(api, values.email.trim(), values.password, true);
    },
    onSuccess: () => {
      queryClient.clear();
      return navigate({ to: '/' });
    },
  });
  return (
    <AccessFrame title={t('setup.title')} purpose={t('setup.purpose')}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
        <Stack gap="lg">
          {create.error === null ? null : <ProblemAlert error={create.error} />}
          <Fieldset legend={t('setup.you')} variant="unstyled">
            <Stack gap="sm" mt="xs">
              <TextInput label={t('setup.name')} autoComplete="name" autoFocus {...form.getInputProps('name')} />
              <TextInput
                label={t('setup.email')}
                type="email"
                autoComplete="username"
                {...form.getInputProps('email')}
              />
              <PasswordInput
                label={t('setup.password')}
                description={t('setup.passwordHint')}
                autoComplete="new-password"
                {...form.getInputProps('password')}
              />
            </Stack>
          </Fieldset>
          <Fieldset legend={t('setup.shop')} variant="unstyled">
            <Stack gap="sm" mt="xs">
              <TextInput
                label={t('setup.workspace')}
                autoComplete="organization"
                {...form.getInputProps('workspace')}
              />
              <Select
                label={t('setup.country')}
                description={t('setup.countryHint')}
                data={countries}
                searchable
                {...form.getInputProps('country')}
              />
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                <Select
                  label={t('setup.currency')}
                  description={t('setup.currencyHint')}
                  data={currencies}
                  searchable
                  {...form.getInputProps('currency')}
                />
                <Select
                  label={t('setup.timeZone')}
                  description={t('setup.timeZoneHint')}
                  data={timeZones}
                  searchable
                  {...form.getInputProps('timeZone')}
                />
              </SimpleGrid>
            </Stack>
          </Fieldset>
          <Button type="submit" loading={create.isPending}>
            {t('setup.submit')}
          </Button>
        </Stack>
      </form>
    </AccessFrame>
  );
}
