import { Drawer, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { householdQuery } from '../../api/household.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { HouseholdPeople } from '../matching/HouseholdCard.tsx';

/** Everybody of one household, found by the profile of whoever stands for it. */
export function HouseholdDrawer({ profile, onClose }: { profile: string; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(householdQuery(useApi(), profile));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={t('household.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined ? (
        query.error === null ? (
          <Skeleton height={240} aria-busy="true" />
        ) : null
      ) : (
        <HouseholdPeople household={query.data} />
      )}
    </Drawer>
  );
}
