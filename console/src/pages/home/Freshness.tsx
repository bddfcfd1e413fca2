import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { sourcesQuery } from '../../api/sources.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Relative } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { SourceBadge } from '../../ui/SourceBadge.tsx';
import styles from './Home.module.css';

/** When each source was last heard of. */
export function Freshness() {
  const { t } = useTranslation();
  const sources = useQuery({ ...sourcesQuery(useApi()), refetchInterval: 30_000 });
  return (
    <Card title={t('freshness.title')} note={<Link to="/data/health">{t('freshness.more')}</Link>}>
      {sources.isPending ? <Skeleton height={120} /> : null}
      {sources.error === null ? null : <ProblemAlert error={sources.error} onRetry={() => void sources.refetch()} />}
      {sources.data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('freshness.none')}
        </Text>
      ) : null}
      <ul className={styles.list}>
        {(sources.data ?? []).slice(0, 8).map((source) => (
          <li key={source.id}>
            <SourceBadge family={source.family} name={source.name} />
            <span className={styles.quiet}>
              {source.lastEventAt === null ? t('freshness.never') : <Relative at={source.lastEventAt} />}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
