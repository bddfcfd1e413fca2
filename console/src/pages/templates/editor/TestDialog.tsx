import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Template } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { sendTemplateTest } from '../../../api/templates.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { CustomerPicker } from '../../recommendations/Pickers.tsx';
import { writtenLanguages } from './draft.ts';

/** The stored version, to one's own address. */
export function TestDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const { user } = useSession();
  const { id, channel, content } = template;
  const [to, setTo] = useState(channel === 'email' ? user.email : '');
  const [profile, setProfile] = useState<string | undefined>(undefined);
  const [language, setLanguage] = useState(content.fallbackLanguage);
  const addresses = to
    .split(/[\s,;]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const send = useMutation({
    mutationFn: async () => {
      if (profile !== undefined) await sendTemplateTest(api, id, { to: addresses, profile, language });
    },
    onSuccess: () => {
      notifications.show({ message: t('templates.test.sent', { count: addresses.length }) });
      onClose();
    },
  });
  const ready = profile !== undefined && addresses.length > 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('templates.test.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) send.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('templates.test.note', { version: String(template.version) })}</Text>
          <TextInput
            label={t('templates.test.to')}
            description={t('templates.test.several')}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
            required
            data-autofocus
          />
          <CustomerPicker value={profile} onChange={setProfile} />
          <Select
            label={t('templates.language')}
            data={writtenLanguages(content)}
            value={language}
            allowDeselect={false}
            onChange={(next) => setLanguage(next ?? content.fallbackLanguage)}
          />
          {send.error === null ? null : <ProblemAlert error={send.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={send.isPending} disabled={!ready}>
              {t('templates.test.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
