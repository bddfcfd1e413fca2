import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../api/context.tsx';
import { reachQuery } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from './Detail.module.css';

/** How many members each channel reaches: with an address, with consent, refused. */
export function Reach({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reach = useQuery(reachQuery(useApi(), id));
  if (reach.error !== null) return <ProblemAlert error={reach.error} onRetry={() => void reach.refetch()} />;
  const size = reach.data?.size ?? 0;
  const share = (count: number) => (size === 0 ? 0 : count / size);
  return (
    <Card title={t('segments.reach.title')} note={t('segments.reach.note')}>
      {reach.data === undefined ? (
        <Skeleton height={120} />
      ) : (
        <table className={styles.reach} aria-label={t('segments.reach.title')}>
          <thead className={styles.reachHead}>
            <tr>
              <th scope="col">{t('segments.reach.channel')}</th>
              <th scope="col" className={styles.barHead}>
                <span className={styles.hidden}>{t('segments.reach.share')}</span>
              </th>
              <th scope="col" data-align="end">
                {t('segments.reach.address')}
              </th>
              <th scope="col" data-align="end">
                {t('segments.reach.consented')}
              </th>
              <th scope="col" data-align="end">
                {t('segments.reach.denied')}
              </th>
            </tr>
          </thead>
          <tbody>
            {reach.data.channels.map(({ channel, address, consented, denied }) => (
              <tr key={channel}>
                <th scope="row">{t(`segments.reach.${channel}`)}</th>
                <td>
                  <div className={styles.track} aria-hidden="true">
                    <span className={styles.pale} style={{ width: `${share(address) * 100}%` }} />
                    <span className={styles.dark} style={{ width: `${share(consented) * 100}%` }} />
                  </div>
                </td>
                <td data-align="end">{format.number(address)}</td>
                <td data-align="end">
                  <b>{format.number(consented)}</b>{' '}
                  <Text component="span" size="xs" c="dimmed">
                    {format.percent(share(consented))}
                  </Text>
                </td>
                <td data-align="end">{format.number(denied)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
