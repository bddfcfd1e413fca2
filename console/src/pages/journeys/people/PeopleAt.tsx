import { Button, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useNodePeople } from '../../../api/journeys.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { DateTime } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { PersonById } from '../../segments/PersonById.tsx';
import styles from '../Journeys.module.css';

/** Who stands at a step now. */
export function PeopleAt({
  journey,
  node,
  title,
  onTrace,
  onClose,
}: {
  journey: string;
  node: string;
  title: string;
  onTrace: (profile: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const list = useNodePeople(journey, node);
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('journeys.peopleAt', { step: title })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {list.isLoading ? <Skeleton height={160} /> : null}
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
      {!list.isLoading && list.rows.length === 0 ? <Text c="dimmed">{t('journeys.nobodyHere')}</Text> : null}
      <Stack gap="sm">
        {list.rows.map((row) => (
          <div key={row.run} className={styles.rowButton}>
            <div className={styles.rowWords}>
              <PersonById id={row.profile} />
            </div>
            {row.dueAt === null ? null : (
              <Text size="xs" c="dimmed">
                {t('journeys.goesOnAt')} <DateTime at={row.dueAt} />
              </Text>
            )}
            <Button size="compact-xs" variant="default" onClick={() => onTrace(row.profile)}>
              {t('journeys.trace')}
            </Button>
          </div>
        ))}
        {list.hasMore ? (
          <Button variant="default" loading={list.isLoadingMore} onClick={list.loadMore}>
            {t('journeys.more')}
          </Button>
        ) : null}
      </Stack>
    </Modal>
  );
}
