import { Table } from '@mantine/core';
import { type Accuracy, type Backtest, servingModels } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { Term } from '../../ui/Term.tsx';
import styles from './Predictions.module.css';

const measures = ['auc', 'brier', 'ece', 'logLoss'] as const;
type Measure = (typeof measures)[number];

/** A measure as it is usually written: shares as percent, errors as numbers. */
export function useMeasure(): (measure: Measure, value: number | null | undefined) => string {
  const format = useFormat();
  return (measure, value) => {
    if (value === null || value === undefined) return nothing;
    return measure === 'auc' || measure === 'ece' ? format.percent(value) : format.number(value, 3);
  };
}

function MeasureName({ measure, baseRate }: { measure: Measure; baseRate: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  // Everybody predicted at the average errs by its variance.
  const base = format.number(baseRate * (1 - baseRate), 3);
  return (
    <Term meaning={measure === 'brier' ? t('predictions.brierMeaning', { base }) : t(`predictions.${measure}Meaning`)}>
      {t(`predictions.${measure}`)}
    </Term>
  );
}

/** Each measure of each model beside the plain rule. */
export function AccuracyTable({ backtest }: { backtest: Backtest }) {
  const { t } = useTranslation();
  const write = useMeasure();
  const { served, baseRate } = backtest;
  const columns: { key: 'mbgnbd' | 'logistic' | 'recency'; of: Accuracy }[] = [
    ...servingModels.flatMap((key) => {
      const of = backtest.models[key];
      return of === undefined ? [] : [{ key, of }];
    }),
    { key: 'recency', of: backtest.recencyOnly },
  ];
  return (
    <Table.ScrollContainer
      minWidth={320}
      type="native"
      tabIndex={0}
      role="group"
      aria-label={t('predictions.accuracy')}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('predictions.measure')}</th>
            {columns.map(({ key }) => (
              <th key={key} scope="col" data-align="end">
                <Term meaning={t(`predictions.modelMeaning.${key}`)}>{t(`predictions.model.${key}`)}</Term>
                {key === served ? <div className={styles.quiet}>{t('predictions.inForce')}</div> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => (
            <tr key={measure}>
              <th scope="row">
                <MeasureName measure={measure} baseRate={baseRate} />
              </th>
              {columns.map(({ key, of }) => (
                <td key={key} data-align="end" data-served={key === served}>
                  {write(measure, of[measure])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Table.ScrollContainer>
  );
}

/** One-time buyers and those who came back, each measured alone. */
export function GroupTable({ backtest }: { backtest: Backtest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const write = useMeasure();
  return (
    <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} role="group" aria-label={t('predictions.groups')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('predictions.measure')}</th>
            {(['oneTime', 'repeat'] as const).map((group) => (
              <th key={group} scope="col" data-align="end">
                {t(`predictions.group.${group}`)}
                <div className={styles.quiet}>{format.number(backtest[group].customers)}</div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(['auc', 'brier', 'ece'] as const).map((measure) => (
            <tr key={measure}>
              <th scope="row">
                <MeasureName measure={measure} baseRate={backtest.baseRate} />
              </th>
              <td data-align="end">{write(measure, backtest.oneTime[measure])}</td>
              <td data-align="end">{write(measure, backtest.repeat[measure])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Table.ScrollContainer>
  );
}
