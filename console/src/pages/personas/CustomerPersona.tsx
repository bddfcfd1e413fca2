import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { profileRfmQuery } from '../../api/rfm.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Personas.module.css';
import { personaName } from './personaWords.ts';

const scores = ['r', 'f', 'm', 'e'] as const;

/** A customer's persona, what it comes from, and how it changed. */
export function CustomerPersona({ profile }: { profile: string }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const query = useQuery(profileRfmQuery(useApi(), profile));
  const rfm = query.data;
  if (rfm === undefined)
    return (
      <Card title={t('personas.one')}>
        {query.error === null ? (
          <Skeleton height={80} />
        ) : (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Card>
    );
  // Scores may change while the persona stays: the day it began is what counts.
  const changes = rfm.history.filter(({ persona }, at) => rfm.history[at + 1]?.persona !== persona);
  const own = rfm.name === null ? {} : { [rfm.persona]: rfm.name };
  return (
    <Card title={t('personas.one')}>
      <Text fw={600}>{personaName(rfm.persona, own, language)}</Text>
      {rfm.orders === 0 ? (
        <Text size="sm" c="dimmed">
          {t('personas.noOrder')}
        </Text>
      ) : (
        <>
          <div className={styles.scores}>
            {scores.map((score) => (
              <div key={score} className={styles.score} title={t(`personas.scoreNote.${score}`)}>
                <b>{rfm[score]}</b>
                <span className={styles.quiet}>{t(`personas.score.${score}`)}</span>
              </div>
            ))}
          </div>
          <Text size="sm">
            {t('personas.because', {
              orders: rfm.orders,
              revenue: format.money(rfm.revenue, rfm.currency) ?? '',
              last: rfm.lastOrderAt === null ? '' : format.date(rfm.lastOrderAt),
              engagement: rfm.engagement,
            })}
          </Text>
          {rfm.next === null ? null : (
            <Text size="sm" c="dimmed">
              {t('personas.next', { at: format.date(rfm.next) })}
            </Text>
          )}
        </>
      )}
      {changes.length < 2 ? null : (
        <ul className={styles.history} aria-label={t('personas.history')}>
          {changes.slice(0, 6).map((change) => (
            <li key={change.day}>
              <span>{personaName(change.persona, own, language)}</span>
              <span className={styles.quiet}>{format.date(change.day)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
