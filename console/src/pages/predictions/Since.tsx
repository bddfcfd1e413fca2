import { Table, Text } from '@mantine/core';
import type { PredictionScope } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { Term } from '../../ui/Term.tsx';
import { useMeasure } from './Accuracy.tsx';
import styles from './Predictions.module.css';

/** Whether what the model learnt still holds. */
export function Drift({ scope }: { scope: PredictionScope }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { drift } = scope;
  return (
    <Card
      title={t('predictions.drift')}
      note={drift === null ? undefined : t('predictions.driftNote', { at: format.date(drift.since) })}
    >
      {drift === null ? (
        <Text size="sm" c="dimmed">
          {t('predictions.driftNone')}
        </Text>
      ) : (
        <table className={styles.table}>
          <tbody>
            <tr>
              <th scope="row">
                <Term meaning={t('predictions.driftRateMeaning')}>{t('predictions.driftRate')}</Term>
              </th>
              <td data-align="end">{t('predictions.then', { share: format.percent(drift.baseRateThen) })}</td>
              <td data-align="end">{t('predictions.now', { share: format.percent(drift.baseRateNow) })}</td>
            </tr>
            <tr>
              <th scope="row">
                <Term meaning={t('predictions.driftMeanMeaning')}>{t('predictions.driftMean')}</Term>
              </th>
              <td data-align="end">{t('predictions.then', { share: format.percent(drift.meanThen) })}</td>
              <td data-align="end">{t('predictions.now', { share: format.percent(drift.meanNow) })}</td>
            </tr>
          </tbody>
        </table>
      )}
    </Card>
  );
}

/** Old predictions as they were published, against what happened. */
export function Published({ scope }: { scope: PredictionScope }) {
  const { t } = useTranslation();
  const format = useFormat();
  const write = useMeasure();
  return (
    <Card title={t('predictions.published')} note={t('predictions.publishedNote')}>
      {scope.published.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('predictions.noPublished')}
        </Text>
      ) : (
        <Table.ScrollContainer
          minWidth={460}
          type="native"
          tabIndex={0}
          role="group"
          aria-label={t('predictions.published')}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('predictions.publishedAt')}</th>
                <th scope="col" data-align="end">
                  {t('predictions.publishedMean')}
                </th>
                <th scope="col" data-align="end">
                  {t('predictions.publishedRate')}
                </th>
                <th scope="col" data-align="end">
                  {t('predictions.publishedOrders')}
                </th>
                <th scope="col" data-align="end">
                  <Term meaning={t('predictions.aucMeaning')}>{t('predictions.auc')}</Term>
                </th>
                <th scope="col" data-align="end">
                  <Term meaning={t('predictions.eceMeaning')}>{t('predictions.ece')}</Term>
                </th>
              </tr>
            </thead>
            <tbody>
              {scope.published.map((one) => (
                <tr key={one.run}>
                  <th scope="row">
                    {format.date(one.at)}
                    <div className={styles.quiet}>{t('predictions.days', { count: Math.round(one.horizonDays) })}</div>
                  </th>
                  <td data-align="end">{format.percent(one.predicted)}</td>
                  <td data-align="end">{format.percent(one.baseRate)}</td>
                  <td data-align="end">
                    {format.number(one.orders.expected)} / {format.number(one.orders.actual)}
                  </td>
                  <td data-align="end">{write('auc', one.accuracy.auc)}</td>
                  <td data-align="end">{write('ece', one.accuracy.ece)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
