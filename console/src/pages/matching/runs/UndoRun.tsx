import { Button, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { MatchRun } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { isUnderWay, matchRunQuery, undoMatchRun } from '../../../api/matching.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { notifications } from '../../../ui/notify.ts';

/** Undoes everything one run has merged, once its number is typed. */
export function UndoRun({ run }: { run: MatchRun }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  if (run.dryRun || run.merges === 0 || isUnderWay(run.state) || run.state === 'undone' || !can('identity.write'))
    return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t('matchRun.undo')}
      </Button>
      <ConfirmDialog
        opened={asking}
        danger
        typed={String(run.id)}
        title={t('matchRun.undoTitle', { count: run.merges })}
        confirmLabel={t('matchRun.undoNow')}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const undone = await undoMatchRun(api, run.id);
          client.setQueryData(matchRunQuery(api, run.id).queryKey, undone);
          for (const key of ['matching', 'reviews', 'customers', 'customer', 'merges', 'stats'])
            void client.invalidateQueries({ queryKey: [key] });
          notifications.show({
            message:
              undone.state === 'undoing' ? t('matchRun.undoing') : t('matchRun.undone', { count: undone.undoneMerges }),
          });
        }}
      >
        <Stack gap="sm">
          <Text>{t('matchRun.undoNote', { count: run.merges })}</Text>
          <Text size="sm" c="dimmed">
            {t('matchRun.undoKept')}
          </Text>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
