import { Code, Group, Modal, Stack, Text } from '@mantine/core';
import type { Invitation } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';

/** The link to hand over; it is shown once. */
export function InvitationLink({ invitation, onClose }: { invitation: Invitation | null; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Modal
      opened={invitation !== null}
      onClose={onClose}
      title={t('users.link')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {invitation === null ? null : (
        <Stack>
          <Text>{t('users.linkAdvice', { at: format.dateTime(invitation.expiresAt) })}</Text>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {invitation.url}
          </Code>
          <Group>
            <CopyButton value={invitation.url} label={t('users.copyLink')} withText />
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
