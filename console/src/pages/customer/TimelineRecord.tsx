import { Drawer, Stack, Text } from '@mantine/core';
import type { ProfileEvent } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { JsonView } from '../../ui/JsonView.tsx';

/** One record of the timeline, whole. */
export default function TimelineRecord({ event, onClose }: { event: ProfileEvent; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={event.event || event.type}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('timeline.received', { at: format.dateTime(event.receivedAt) })}
        </Text>
        <JsonView value={event} label={t('timeline.raw')} />
      </Stack>
    </Drawer>
  );
}
