import { Anchor, Button, Checkbox, PasswordInput, PinInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { ApiError } from '../../api/problem.ts';
import { type SecondFactor, signIn, verifyCode } from '../../api/session.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { AccessFrame } from './AccessFrame.tsx';

const route = getRouteApi('/sign-in');

const isWrong = (error: unknown) => error instanceof ApiError && (error.status === 401 || error.status === 400);

/** Where to go after the door: only into our own pages, whatever the address says. */
const safePath = (next: string | undefined): string => (next?.startsWith('/') && !next.startsWith('//') ? next : '/');

export function SignInPage() {
  const { t } = useTranslation();
  const [needsCode, setNeedsCode] = useState(false);
  const { next } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const enter = () => {
    queryClient.clear();
    router.history.push(safePath(next));
  };
  return needsCode ? (
    <AccessFrame title={t('signIn.codeTitle')} purpose={t('signIn.codePurpose')}>
      <CodeForm onDone={enter} />
    </AccessFrame>
  ) : (
    <AccessFrame title={t('signIn.title')} purpose={t('signIn.purpose')}>
      <PasswordForm onDone={(code) => (code ? setNeedsCode(true) : enter())} />
    </AccessFrame>
  );
}

function PasswordForm({ onDone }: { onDone: (needsCode: boolean) => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const form = useForm({ initialValues: { email: '', password: '', remember: true } });
  const entry = useMutation({
    mutationFn: (values: typeof form.values) => signIn(api, values.email.trim(), values.password, values.remember),
    onSuccess: onDone,
  });
  return (
    <form onSubmit={form.onSubmit((values) => entry.mutate(values))}>
      <Stack>
        {entry.error === null ? null : isWrong(entry.error) ? (
          <Text c="var(--vt-bad)" role="alert">
            {t('signIn.wrong')}
          </Text>
        ) : (
          <ProblemAlert error={entry.error} />
        )}
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
        />
        <Checkbox label={t('signIn.remember')} {...form.getInputProps('remember', { type: 'checkbox' })} />
        <Button type="submit" fullWidth loading={entry.isPending}>
          {t('signIn.submit')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('signIn.forgot')}
        </Text>
      </Stack>
    </form>
  );
}

function CodeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [factor, setFactor] = useState<SecondFactor>('totp');
  const [trust, setTrust] = useState(false);
  const [code, setCode] = useState('');
  const check = useMutation({
    mutationFn: (value: string) => verifyCode(api, factor, value.trim(), trust),
    onSuccess: onDone,
    onError: () => setCode(''),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        check.mutate(code);
      }}
    >
      <Stack>
        {check.error === null ? null : isWrong(check.error) ? (
          <Text c="var(--vt-bad)" role="alert">
            {t('signIn.wrongCode')}
          </Text>
        ) : (
          <ProblemAlert error={check.error} />
        )}
        {factor === 'totp' ? (
          <PinInput
            length={6}
            type="number"
            oneTimeCode
            autoFocus
            value={code}
            onChange={setCode}
            onComplete={(value) => check.mutate(value)}
            aria-label={t('signIn.code')}
            getInputProps={(at) => ({ 'aria-label': `${t('signIn.code')} ${at + 1}/6` })}
          />
        ) : (
          <TextInput
            label={t('signIn.backupCode')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoFocus
          />
        )}
        <Checkbox
          label={t('signIn.trust')}
          checked={trust}
          onChange={(event) => setTrust(event.currentTarget.checked)}
        />
        <Button type="submit" loading={check.isPending} disabled={code.trim() === ''}>
          {t('signIn.verify')}
        </Button>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => {
            setCode('');
            setFactor(factor === 'totp' ? 'backup' : 'totp');
          }}
        >
          {t(factor === 'totp' ? 'signIn.backup' : 'signIn.useApp')}
        </Anchor>
      </Stack>
    </form>
  );
}
