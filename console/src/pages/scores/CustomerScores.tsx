import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { profileScoresQuery } from '../../api/scores.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Scores.module.css';

/** A customer's scores, with their reasons one click away. Nothing where no score exists. */
export function CustomerScores({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(profileScoresQuery(useApi(), profile));
  if (query.data?.length === 0) return null;
  return (
    <Card title={t('scores.title')}>
      {query.isPending ? <Skeleton height={60} /> : null}
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {(query.data ?? []).map((score) => (
        <details key={score.id} className={styles.score}>
          <summary>
            <span className={styles.name}>{score.name}</span>
            <span>
              {format.number(score.value, 1)}
              {score.level === null ? null : <span className={styles.quiet}> · {score.level}</span>}
            </span>
          </summary>
          {score.signals.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('scores.noPoints')}
            </Text>
          ) : (
            <ul className={styles.list}>
              {score.signals.map((signal, at) => (
                // Two signals may have one name.
                // biome-ignore lint/suspicious/noArrayIndexKey: signals are shown in their order
                <li key={at}>
                  <span>
                    {signal.name}
                    {signal.matches === null ? null : (
                      <span className={styles.quiet}> × {format.number(signal.matches)}</span>
                    )}
                  </span>
                  <span>
                    {signal.points > 0 ? '+' : ''}
                    {format.number(signal.points, 1)}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <Text size="sm" mt={4}>
            <Link to="/segments/scores/$id" params={{ id: score.id }}>
              {t('scores.rules')}
            </Link>
          </Text>
        </details>
      ))}
    </Card>
  );
}
