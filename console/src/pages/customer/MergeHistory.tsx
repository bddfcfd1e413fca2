import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { customerMergesQuery } from '../../api/customers.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { MergeCard } from '../../ui/merge/MergeCard.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { shortId } from '../../ui/person.ts';
import { useNamespaceName } from '../../ui/useNamespaceName.ts';
import styles from './Customer.module.css';

/** How this customer came together, and the joins that were wanted and not made. */
export default function MergeHistory({ id }: { id: string }) {
  const { t } = useTranslation();
  const namespaceName = useNamespaceName();
  const merges = useQuery(customerMergesQuery(useApi(), id));
  if (merges.isPending) return <Skeleton height={160} />;
  if (merges.data === undefined) return <ProblemAlert error={merges.error} onRetry={() => void merges.refetch()} />;
  const { items, collisions } = merges.data;
  return (
    <Stack gap="lg">
      <Stack gap="sm">
        {items.length === 0 ? (
          <EmptyState title={t('merge.none')}>{t('merge.noneAdvice')}</EmptyState>
        ) : (
          items.map((merge) => <MergeCard key={merge.id} merge={merge} />)
        )}
      </Stack>
      {collisions.length === 0 ? null : (
        <section>
          <Title order={2}>{t('merge.collisions')}</Title>
          <Text size="sm" c="dimmed" mb="sm">
            {t('merge.collisionsPurpose')}
          </Text>
          <ul className={styles.list}>
            {collisions.map((collision) => (
              <li key={`${collision.namespace} ${collision.value} ${collision.at}`} className={styles.row}>
                <span>
                  {namespaceName(collision.namespace)} <b>{collision.value}</b>
                  <Text size="xs" c="dimmed">
                    {t(`collision.${collision.reason}`)} · <DateTime at={collision.at} />
                  </Text>
                </span>
                {collision.other === null ? null : (
                  <Link to="/customers/$id" params={{ id: collision.other }}>
                    {t('person.unknown', { id: shortId(collision.other) })}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Stack>
  );
}
