import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { choosePassword } from '../../api/session.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { AccessFrame } from './AccessFrame.tsx';

/** Where an invited person chooses their password. */
export function InvitationPage() {
  const { t } = useTranslation();
  // Behind the hash, so that the token never reaches a server's log.
  const token = new URLSearchParams(useLocation({ select: (location) => location.hash })).get('token');
  const api = useApi();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: (chosen: { token: string; password: string }) => choosePassword(api, chosen.token, chosen.password),
    onSuccess: () => {
      notifications.show({ message: t('invitation.done') });
      return navigate({ to: '/sign-in' });
    },
  });
  if (token === null)
    return (
      <EmptyState
        title={t('invitation.broken')}
        action={
          <Button component={Link} to="/sign-in">
            {t('signIn.title')}
          </Button>
        }
      />
    );
  return (
    <AccessFrame title={t('invitation.title')} purpose={t('invitation.purpose')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ token, password });
        }}
      >
        <Stack>
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          <PasswordInput
            label={t('signIn.password')}
            description={t('setup.passwordHint')}
            autoComplete="new-password"
            minLength={8}
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={save.isPending}>
            {t('invitation.submit')}
          </Button>
        </Stack>
      </form>
    </AccessFrame>
  );
}
