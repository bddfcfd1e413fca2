import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Merge } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { undoMerge } from '../../api/customers.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { DateTime } from '../format/FormatProvider.tsx';
import { notifications } from '../notify.ts';
import { usePersonName } from '../PersonName.tsx';
import { SourceOf } from '../SourceOf.tsx';
import { StatusBadge } from '../StatusBadge.tsx';
import { useNamespaceName } from '../useNamespaceName.ts';
import styles from './MergeCard.module.css';
import { MergeDrawing } from './MergeDrawing.tsx';

/** One merge: who became whom, why, and the way back. */
export function MergeCard({ merge }: { merge: Merge }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const nameOf = usePersonName();
  const namespaceName = useNamespaceName();
  const [asking, setAsking] = useState(false);
  const undo = async () => {
    await undoMerge(api, merge.id);
    await Promise.all(
      ['customer', 'customers', 'merges', 'stats'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
    );
    notifications.show({ message: t('merge.undoneNow') });
  };
  return (
    <article className={styles.card}>
      <MergeDrawing merge={merge} />
      <div className={styles.facts}>
        <Text size="sm">
          {t(merge.kind === 'manual' ? 'merge.byHand' : 'merge.because', {
            identifiers: merge.evidence.identifiers
              .map(({ namespace, value }) => `${namespaceName(namespace)} ${value}`)
              .join(', '),
          })}
        </Text>
        <Text size="xs" c="dimmed" component="div" className={styles.when}>
          <DateTime at={merge.at} />
          <SourceOf id={merge.evidence.source} />
        </Text>
      </div>
      {merge.undoneAt !== null ? (
        <StatusBadge tone="quiet">{t('merge.undone')}</StatusBadge>
      ) : can('profiles.write') ? (
        <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
          {t('merge.undo')}
        </Button>
      ) : null}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('merge.undoTitle')}
        confirmLabel={t('merge.undo')}
        onConfirm={undo}
      >
        <Text>{t('merge.undoAdvice', { winner: nameOf(merge.winner), loser: nameOf(merge.loser) })}</Text>
      </ConfirmDialog>
    </article>
  );
}
