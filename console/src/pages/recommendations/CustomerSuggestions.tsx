import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { recommendationsQuery } from '../../api/recommendations.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Relative } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ItemCards } from './ItemCards.tsx';

/** What would be proposed to a customer now. */
export default function CustomerSuggestions({ profile }: { profile: string }) {
  const { t, language } = useTranslation();
  const query = useQuery(recommendationsQuery(useApi(), { profile, limit: 12, lang: language }));
  const found = query.data;
  if (query.isPending) return <Skeleton height={240} aria-busy="true" />;
  if (found === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (found.items.length === 0) return <EmptyState title={t('suggested.none')}>{t('suggested.noneAdvice')}</EmptyState>;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('suggested.note')}
        {found.arm === 'popular' ? ` ${t('suggested.popularArm')}` : ''}
      </Text>
      <ItemCards items={found.items} label={t('suggested.title')} />
      {found.builtAt === null ? null : (
        <Text size="xs" c="dimmed">
          {t('suggested.asOf')} <Relative at={found.builtAt} />
        </Text>
      )}
    </Stack>
  );
}
