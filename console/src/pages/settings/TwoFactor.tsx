import { Button, Code, Group, Modal, PasswordInput, PinInput, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { startTwoFactor, stopTwoFactor, verifyCode } from '../../api/session.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import styles from './Settings.module.css';

const QrCode = lazy(() => import('./QrCode.tsx'));

/** A second factor by authenticator app, with backup codes. */
export function TwoFactor() {
  const { t } = useTranslation();
  const { user } = useSession();
  const [asking, setAsking] = useState(false);
  return (
    <Card
      title={t('twoFactor.title')}
      note={t('twoFactor.note')}
      actions={
        <StatusBadge tone={user.twoFactor ? 'good' : 'warn'}>
          {t(user.twoFactor ? 'twoFactor.on' : 'twoFactor.off')}
        </StatusBadge>
      }
    >
      <Button variant={user.twoFactor ? 'default' : 'filled'} onClick={() => setAsking(true)}>
        {t(user.twoFactor ? 'twoFactor.stop' : 'twoFactor.start')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('twoFactor.title')}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Steps stop={user.twoFactor} onDone={() => setAsking(false)} />
      </Modal>
    </Card>
  );
}

function Steps({ stop, onDone }: { stop: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['me'] });
  const begin = useMutation({ mutationFn: () => startTwoFactor(api, password) });
  const end = useMutation({
    mutationFn: () => stopTwoFactor(api, password),
    onSuccess: async () => {
      await refresh();
      notifications.show({ message: t('twoFactor.stopped') });
      onDone();
    },
  });
  const verify = useMutation({
    mutationFn: (value: string) => verifyCode(api, 'totp', value, false),
    onError: () => setCode(''),
  });
  const finish = async () => {
    await refresh();
    onDone();
  };
  if (verify.isSuccess && begin.data !== undefined)
    return (
      <Stack>
        <Text fw={600}>{t('twoFactor.codes')}</Text>
        <Text size="sm">{t('twoFactor.codesAdvice')}</Text>
        <div className={styles.codes}>
          {begin.data.backupCodes.map((backup) => (
            <Code key={backup}>{backup}</Code>
          ))}
        </div>
        <Group justify="space-between">
          <CopyButton value={begin.data.backupCodes.join('\n')} label={t('twoFactor.copyCodes')} withText />
          <Button onClick={() => void finish()}>{t('twoFactor.kept')}</Button>
        </Group>
      </Stack>
    );
  if (begin.data !== undefined) {
    const secret = new URL(begin.data.totpURI).searchParams.get('secret') ?? '';
    return (
      <Stack>
        <Text size="sm">{t('twoFactor.scan')}</Text>
        <Suspense fallback={<Skeleton height={200} width={200} />}>
          <QrCode text={begin.data.totpURI} label={t('twoFactor.qr')} />
        </Suspense>
        <Group gap="xs">
          <Code className={styles.tight}>{secret}</Code>
          <CopyButton value={secret} label={t('twoFactor.copySecret')} />
        </Group>
        {verify.error === null ? null : <ProblemAlert error={verify.error} />}
        <Text size="sm">{t('signIn.codePurpose')}</Text>
        <PinInput
          length={6}
          type="number"
          oneTimeCode
          value={code}
          onChange={setCode}
          onComplete={(value) => verify.mutate(value)}
          disabled={verify.isPending}
          aria-label={t('signIn.code')}
          getInputProps={(at) => ({ 'aria-label': `${t('signIn.code')} ${at + 1}/6` })}
        />
      </Stack>
    );
  }
  const ask = stop ? end : begin;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{t(stop ? 'twoFactor.stopAdvice' : 'twoFactor.startAdvice')}</Text>
        {ask.error === null ? null : <ProblemAlert error={ask.error} />}
        <PasswordInput
          label={t('profile.current')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button type="submit" color={stop ? 'red' : 'lead'} loading={ask.isPending} disabled={password === ''}>
            {t(stop ? 'twoFactor.stop' : 'action.continue')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
