import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { changePassword } from '../../api/session.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { TwoFactor } from './TwoFactor.tsx';

/** The own account: password and second factor. */
export function ProfilePage() {
  const { t } = useTranslation();
  const { user, role } = useSession();
  return (
    <>
      <PageHeader title={user.name} purpose={`${user.email} · ${t(`role.${role}`)}`} />
      <Stack gap="lg">
        <TwoFactor />
        <PasswordCard />
        <Text size="sm" c="dimmed">
          {t('profile.preferences')}
        </Text>
      </Stack>
    </>
  );
}

function PasswordCard() {
  const { t } = useTranslation();
  const { user } = useSession();
  const api = useApi();
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: { next: (value) => (value.length < 8 ? t('setup.tooShort') : null) },
  });
  const change = useMutation({
    mutationFn: (values: typeof form.values) => changePassword(api, values.current, values.next),
    onSuccess: () => {
      form.reset();
      notifications.show({ message: t('profile.passwordChanged') });
    },
  });
  return (
    <Card title={t('profile.password')} note={t('profile.passwordNote')}>
      <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <input type="text" autoComplete="username" value={user.email} readOnly hidden />
        <Stack gap="sm" maw={380}>
          {change.error === null ? null : <ProblemAlert error={change.error} />}
          <PasswordInput
            label={t('profile.current')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps('current')}
          />
          <PasswordInput
            label={t('profile.next')}
            description={t('setup.passwordHint')}
            autoComplete="new-password"
            required
            withAsterisk={false}
            {...form.getInputProps('next')}
          />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('profile.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
