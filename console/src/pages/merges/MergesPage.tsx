import { Skeleton, Stack } from '@mantine/core';
import { useMerges } from '../../api/customers.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MergeCard } from '../../ui/merge/MergeCard.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { LoadMore } from '../../ui/table/LoadMore.tsx';

/** Every merge of the workspace, newest first. */
export function MergesPage() {
  const { t } = useTranslation();
  const list = useMerges();
  return (
    <>
      <PageHeader title={t('place.merges')} purpose={t('merge.purpose')} />
      <Stack gap="sm">
        {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
        {list.isLoading ? ['a', 'b', 'c', 'd', 'e'].map((row) => <Skeleton key={row} height={72} />) : null}
        {!list.isLoading && list.error === null && list.rows.length === 0 ? (
          <EmptyState title={t('merge.noneYet')}>{t('merge.noneYetAdvice')}</EmptyState>
        ) : null}
        {list.rows.map((merge) => (
          <MergeCard key={merge.id} merge={merge} />
        ))}
        <LoadMore list={list} />
      </Stack>
    </>
  );
}
