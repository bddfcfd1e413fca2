import { Alert, Button, Code, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Provider } from '@vitrail/contracts';
import { useState } from 'react';
import { testProvider } from '../../api/channels.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** Sends one real message, and says what the provider said. */
export function TestDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [to, setTo] = useState('');
  const [from, setFrom] = useState('');
  const mail = provider.channel === 'email';
  const send = useMutation({
    mutationFn: () =>
      testProvider(api, provider.id, { to: to.trim(), ...(mail && from.trim() !== '' ? { from: from.trim() } : {}) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('channels.testTitle', { name: provider.label })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t(`channels.testTo.${provider.channel}`)}
            value={to}
            required
            data-autofocus
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          {mail ? (
            <TextInput
              label={t('channels.testFrom')}
              description={t('channels.testFromHint')}
              type="email"
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
          ) : null}
          {send.error === null ? null : <ProblemAlert error={send.error} />}
          {send.data === undefined ? null : (
            <Alert
              color={send.data.outcome === 'ok' ? 'green' : 'red'}
              variant="light"
              role="status"
              title={t(`channels.testOutcome.${send.data.outcome}`)}
            >
              {send.data.detail === '' ? null : <Code block>{send.data.detail}</Code>}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.close')}
            </Button>
            <Button type="submit" loading={send.isPending}>
              {t('channels.testSend')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
