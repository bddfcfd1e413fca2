import { List, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Segment } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { archiveSegment } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { notifications } from '../../../ui/notify.ts';

/** Puts a segment to rest; while others are made of it, says which, and the server refuses. */
export function ArchiveDialog(props: { segment: Segment; opened: boolean; onClose: () => void }) {
  const { segment, opened, onClose } = props;
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const archive = async () => {
    await archiveSegment(api, segment.id);
    await client.invalidateQueries({ queryKey: ['segments'] });
    notifications.show({ message: t('segments.archived', { name: segment.name }) });
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('segments.archiveTitle', { name: segment.name })}
      confirmLabel={t('segments.do.archive')}
      onConfirm={archive}
      danger
    >
      {segment.usedBy.length === 0 ? (
        <Text size="sm">{t('segments.archiveText', { count: segment.size })}</Text>
      ) : (
        <>
          <Text size="sm">{t('segments.archiveUsed', { count: segment.usedBy.length })}</Text>
          <List size="sm">
            {segment.usedBy.map((user) => (
              <List.Item key={user.id}>
                <Link to="/segments/$id" params={{ id: user.id }} onClick={onClose}>
                  {user.name}
                </Link>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </ConfirmDialog>
  );
}
