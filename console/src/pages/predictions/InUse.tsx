import { Alert, Text } from '@mantine/core';
import type { PredictionScope } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { Term } from '../../ui/Term.tsx';
import styles from './Predictions.module.css';
import { Reasons } from './Reasons.tsx';
import { sortReasons } from './verdicts.ts';

/** Which model serves since when; in words, why not or why with care; and what it was learnt from. */
export function InUse({ scope }: { scope: PredictionScope }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { care, stopped, kept } = sortReasons(scope);
  const { at, triedAt, served, training } = scope;
  return (
    <Card title={t('predictions.inUse')}>
      <p className={styles.verdict}>
        {served === null || at === null
          ? t('predictions.notServed')
          : t('predictions.served', {
              model: t(`predictions.model.${served}`),
              at: format.dateTime(at),
              count: scope.people,
            })}
      </p>
      {served === null ? null : (
        <Text size="sm" c="dimmed" maw="90ch" mt={4}>
          {t(`predictions.modelMeaning.${served}`)}
        </Text>
      )}
      {triedAt === null && at === null ? <Text size="sm">{t('predictions.neverTried')}</Text> : null}
      {stopped.length === 0 || triedAt === null ? null : (
        <Alert color="yellow" variant="light" mt="sm">
          {t(kept ? 'predictions.kept' : 'predictions.refused', { at: format.dateTime(triedAt) })}
          <Reasons reasons={stopped} />
        </Alert>
      )}
      {care.length === 0 ? null : (
        <Text size="sm" component="div" mt="sm">
          <b>{t('predictions.care')}</b>
          <Reasons reasons={care} />
        </Text>
      )}
      {training === null ? null : (
        <div style={{ marginTop: 16 }}>
          <StatRow>
            <StatTile
              label={t('predictions.buyers')}
              definition={t('predictions.buyersDefinition')}
              value={format.number(training.customers)}
            />
            <StatTile
              label={t('predictions.repeaters')}
              definition={t('predictions.repeatersDefinition')}
              value={format.number(training.repeaters)}
              note={training.customers === 0 ? undefined : format.percent(training.repeaters / training.customers)}
            />
            <StatTile
              label={t('predictions.orders')}
              definition={t('predictions.ordersDefinition')}
              value={format.number(training.orders)}
            />
            <StatTile
              label={t('predictions.period')}
              definition={t('predictions.periodDefinition')}
              value={t('predictions.days', { count: Math.round(training.days) })}
              note={`${format.date(training.from)} – ${format.date(training.to)}`}
            />
          </StatRow>
        </div>
      )}
    </Card>
  );
}

const parameterModels = ['mbgnbd', 'bgnbd', 'paretonbd', 'gammagamma', 'logistic'] as const;

/** Parameters of every model that was fitted, for those who want to compute along. */
export function Parameters({ scope }: { scope: PredictionScope }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = parameterModels.flatMap((name) => {
    const model = scope.models[name];
    return model === undefined ? [] : [{ name, model }];
  });
  if (known.length === 0) return null;
  return (
    <Card title={t('predictions.models')} note={t('predictions.modelsNote')}>
      <table className={styles.table}>
        <tbody>
          {known.map(({ name, model }) => (
            <tr key={name}>
              <th scope="row" className={styles.model}>
                <Term meaning={t(`predictions.modelMeaning.${name}`)}>{t(`predictions.model.${name}`)}</Term>
              </th>
              <td style={{ overflowWrap: 'anywhere' }}>
                {Object.entries(model.params)
                  .map(([param, value]) => `${param} ${format.number(value, 4)}`)
                  .join(' · ')}
                <div className={styles.quiet}>
                  {t('predictions.logLikelihood', { value: format.number(model.logLikelihood, 2) })}
                  {model.converged ? '' : ` · ${t('predictions.notConverged')}`}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
