import { Button, Group, Modal, Radio, Select, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConsentStanding } from '@vitrail/contracts';
import { useState } from 'react';
import { recordConsent } from '../../api/consents.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useConsentWords } from './useConsentWords.ts';

interface ChangeProps {
  readonly profile: string;
  readonly standing: readonly ConsentStanding[];
  readonly onClose: () => void;
}

const states = ['denied', 'granted', 'pending'] as const;

/** Records what a customer told a colleague, with how: nobody can say later that it came from nowhere. */
export default function ChangeConsent({ profile, standing, onClose }: ChangeProps) {
  const { t } = useTranslation();
  const words = useConsentWords();
  const api = useApi();
  const client = useQueryClient();
  const [about, setAbout] = useState('0');
  const [state, setState] = useState<(typeof states)[number]>('denied');
  const [reason, setReason] = useState('');
  const chosen = standing[Number(about)];
  const save = useMutation({
    mutationFn: () =>
      recordConsent(api, {
        profile,
        purpose: chosen?.purpose ?? '',
        channel: chosen?.channel ?? '',
        state,
        proof: { reason: reason.trim() },
      }),
    onSuccess: async ({ items }) => {
      const refused = items[0]?.problem ?? null;
      await client.invalidateQueries({ queryKey: ['consents', profile] });
      await client.invalidateQueries({ queryKey: ['customer', profile] });
      notifications.show({ message: t(refused === null ? 'consent.changed' : `consent.problem.${refused}`) });
      onClose();
    },
  });
  const canAsk = chosen?.channel === 'email' || chosen?.channel === 'sms';
  return (
    <Modal opened onClose={onClose} title={t('consent.change')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen !== undefined && reason.trim() !== '') save.mutate();
        }}
      >
        <Stack gap="md">
          <Select
            label={t('consent.about')}
            allowDeselect={false}
            value={about}
            onChange={(next) => setAbout(next ?? '0')}
            data={standing.map((one, index) => ({ value: String(index), label: words.of(one) }))}
          />
          <Radio.Group
            label={t('consent.newState')}
            value={state}
            onChange={(next) => setState(states.find((one) => one === next) ?? 'denied')}
          >
            <Stack gap="xs" mt="xs">
              {states.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`consent.choose.${one}`)}
                  disabled={one === 'pending' && !canAsk}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('consent.reason')}
            description={t('consent.reasonHint')}
            required
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={chosen === undefined || reason.trim() === ''}>
              {t('consent.record')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
