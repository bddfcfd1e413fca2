import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { predictionSummaryQuery } from '../../api/predictionSummary.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Predictions.module.css';

/** What the next 30 days are expected to bring, and who may leave. */
export default function HomeForecast() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const query = useQuery(predictionSummaryQuery(useApi()));
  const summary = query.data;
  if (summary === undefined)
    return (
      <Card title={t('expect.title')}>
        {query.error === null ? (
          <Skeleton height={56} aria-busy="true" />
        ) : (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Card>
    );
  const { value30, atRisk, currency, at } = summary;
  const money = (amount: number): string => format.compactMoney(amount, currency) ?? '';
  const report = <Link to="/predictions">{t('expect.report')}</Link>;
  if (at === null || value30 === null)
    return (
      <Card title={t('expect.title')} note={report}>
        <Text size="sm" component="div">
          {t('expect.none')}
        </Text>
      </Card>
    );
  const risk = atRisk === null ? null : t('expect.risk', { count: atRisk.customers });
  return (
    <Card
      title={t('expect.title')}
      note={
        <span className={styles.noted}>
          {t('expect.asOf', { at: format.dateTime(at), count: summary.customers })} {report}
        </span>
      }
    >
      <p className={styles.sentence}>
        <span title={t('expect.valueDefinition', { low: money(value30.low), high: money(value30.high) })}>
          <Link to="/predictions">
            {t('expect.value', { value: format.roundMoney(value30.expected, currency) ?? '' })}
          </Link>
        </span>
        {risk === null || atRisk === null ? null : (
          <>
            {', '}
            <span title={t('expect.riskDefinition', { value: money(atRisk.value365) })}>
              {can('segments.write') && atRisk.customers > 0 ? (
                <Link to="/segments/new" search={{ template: 'foreseen-risk' }}>
                  {risk}
                </Link>
              ) : (
                risk
              )}
            </span>
          </>
        )}
        .
      </p>
    </Card>
  );
}
