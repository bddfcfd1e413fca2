import { List, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Profile } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { eraseCustomer } from '../../api/customers.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notifications } from '../../ui/notify.ts';

interface EraseDialogProps {
  readonly profile: Profile;
  readonly name: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Erasing for good: says what goes, counts it, and asks for the name. */
export default function EraseDialog({ profile, name, opened, onClose }: EraseDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const erase = async () => {
    const receipt = await eraseCustomer(api, profile.id);
    const removed = Object.values(receipt.removed).reduce((sum, count) => sum + count, 0);
    await navigate({ to: '/customers' });
    queryClient.removeQueries({ queryKey: ['customer', profile.id] });
    void queryClient.invalidateQueries({ queryKey: ['customers'] });
    notifications.show({
      title: t('erase.done', { id: receipt.id }),
      message: t(receipt.state === 'done' ? 'erase.receipt' : 'erase.running', { count: removed }),
      autoClose: 12_000,
    });
  };
  const parts = [
    t('erase.identifiers', { count: profile.identifiers.length }),
    t('erase.traits', { count: Object.keys(profile.traits).length }),
    t('erase.events', { count: profile.eventCount }),
    t('erase.orders', { count: profile.totals.orders }),
    t('erase.parts', { count: profile.parts }),
  ];
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('erase.title', { name })}
      confirmLabel={t('erase.confirm')}
      danger
      typed={name}
      onConfirm={erase}
    >
      <div>
        <Text mb="xs">{t('erase.goes')}</Text>
        <List size="sm" spacing={2}>
          {parts.map((part) => (
            <List.Item key={part}>{part}</List.Item>
          ))}
        </List>
      </div>
      <Text size="sm" c="dimmed">
        {t('erase.stays')}
      </Text>
    </ConfirmDialog>
  );
}
