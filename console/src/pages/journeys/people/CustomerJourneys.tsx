import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../api/context.tsx';
import { profileJourneysQuery } from '../../../api/journeys.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { RunTrace } from './RunTrace.tsx';

/** The journeys of one customer, each with what happened. */
export default function CustomerJourneys({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const query = useQuery(profileJourneysQuery(useApi(), profile));
  if (query.isPending) return <Skeleton height={240} />;
  if (query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0)
    return <EmptyState title={t('journeys.noneOfPerson')}>{t('journeys.noneOfPersonAdvice')}</EmptyState>;
  return (
    <Stack gap="md">
      {query.data.items.map((run) => (
        <Card key={run.id}>
          <RunTrace run={run} named />
        </Card>
      ))}
    </Stack>
  );
}
