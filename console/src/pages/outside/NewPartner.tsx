import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { createPartner } from '../../api/outside.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { TermFields } from './TermFields.tsx';
import { keyOf, strictest, type Terms } from './terms.ts';

export default function NewPartner({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [terms, setTerms] = useState<Terms>(strictest);
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const key = ownKey ?? keyOf(terms.name);
  const create = useMutation({
    mutationFn: () => createPartner(api, { ...terms, name: terms.name.trim(), key }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['outside'] });
      await navigate({ to: '/segments/outside/$key', params: { key } });
    },
  });
  const change = (next: Partial<Terms>) => setTerms({ ...terms, ...next });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('outside.new')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('outside.name')}
            required
            maxLength={120}
            value={terms.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            data-autofocus
          />
          <TextInput
            label={t('outside.key')}
            description={t('outside.keyHint')}
            required
            maxLength={40}
            value={key}
            onChange={(event) => setOwnKey(event.currentTarget.value)}
          />
          <TermFields terms={terms} onChange={change} />
          {create.error === null ? null : <ProblemAlert error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button
              type="submit"
              loading={create.isPending}
              disabled={terms.name.trim() === '' || terms.uses.length === 0}
            >
              {t('outside.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
