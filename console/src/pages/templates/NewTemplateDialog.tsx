import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Channel, channels } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { createTemplate } from '../../api/templates.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { starterContent } from './starters.ts';

/** Name and channel; the rest is written in the editor. */
export function NewTemplateDialog({ onClose }: { onClose: () => void }) {
  const { t, language } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [channel, setChannel] = useState<Channel>('email');
  const make = useMutation({
    mutationFn: () => {
      const content = starterContent(channel, language, {
        subject: t('templates.starter.subject'),
        heading: t('templates.starter.heading'),
        body: t('templates.starter.body'),
        button: t('templates.starter.button'),
        leave: t('templates.starter.leave'),
        preferences: t('templates.starter.preferences'),
      });
      return createTemplate(api, { name: name.trim(), channel, content });
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['templates'] });
      await navigate({ to: '/messages/templates/$id', params: { id } });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('templates.new')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') make.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('templates.name')}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Select
            label={t('templates.channel')}
            data={channels.map((value) => ({ value, label: t(`templates.channels.${value}`) }))}
            value={channel}
            allowDeselect={false}
            onChange={(value) => setChannel(channels.find((one) => one === value) ?? 'email')}
          />
          {make.error === null ? null : <ProblemAlert error={make.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
              {t('templates.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
