import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { erasedAtOnceLimit, type PeopleSelection } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { erasePeople, massErasuresQuery } from '../../../api/erasures.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { notifications } from '../../../ui/notify.ts';

interface EraseManyDialogProps {
  readonly people: PeopleSelection;
  readonly count: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Erasing many for good: says exactly how many, and asks for the number. */
export function EraseManyDialog({ people, count, onClose, onDone }: EraseManyDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const isTooMany = count > erasedAtOnceLimit;
  const erase = async () => {
    await erasePeople(api, people, count);
    await client.invalidateQueries({ queryKey: massErasuresQuery(api).queryKey });
    notifications.show({ message: t('people.eraseStarted') });
    onDone();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('people.eraseTitle', { count })}
      confirmLabel={t('people.erase')}
      danger
      disabled={isTooMany}
      typed={String(count)}
      onConfirm={erase}
    >
      <Text size="sm">
        {isTooMany ? t('people.eraseLimit', { limit: erasedAtOnceLimit }) : t('people.eraseText', { count })}
      </Text>
    </ConfirmDialog>
  );
}
