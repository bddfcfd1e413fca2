import { Autocomplete, Button, Group, Modal, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { commerceEventNames } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';

/** Asks for the name; everything else is chosen on the event's own page. */
export function NewPlannedEvent({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [event, setEvent] = useState('');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('plan.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(submit) => {
          submit.preventDefault();
          const name = event.trim();
          if (name !== '') void navigate({ to: '/data/plan/$event', params: { event: name } });
        }}
      >
        <Stack>
          <Autocomplete
            label={t('plan.event')}
            description={t('plan.eventHint')}
            data={[...commerceEventNames]}
            value={event}
            onChange={setEvent}
            maxLength={200}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" disabled={event.trim() === ''}>
              {t('action.continue')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
