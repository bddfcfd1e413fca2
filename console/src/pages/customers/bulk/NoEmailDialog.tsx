import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../../api/context.tsx';
import { withdrawEmail } from '../../../api/people.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { notifications } from '../../../ui/notify.ts';

interface NoEmailDialogProps {
  readonly profiles: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Records a refusal of marketing by e-mail for each. It has no undo: only they can allow it again. */
export function NoEmailDialog({ profiles, onClose, onDone }: NoEmailDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const count = profiles.length;
  const withdraw = async () => {
    const recorded = await withdrawEmail(api, profiles);
    await client.invalidateQueries({ queryKey: ['customer'] });
    notifications.show({ message: t('people.noEmailDone', { count: recorded }) });
    onDone();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('people.noEmailTitle', { count })}
      confirmLabel={t('people.noEmail')}
      danger
      onConfirm={withdraw}
    >
      <Text size="sm">{t('people.noEmailText')}</Text>
    </ConfirmDialog>
  );
}
