import { NativeSelect, Stack, Text } from '@mantine/core';
import type { Backtest, PredictionScope } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { AccuracyTable, GroupTable } from './Accuracy.tsx';
import { NextOrder, TopDecile, Totals } from './Outcomes.tsx';
import styles from './Predictions.module.css';
import { compareWithRule } from './verdicts.ts';

interface ProofProps {
  readonly scope: PredictionScope;
  readonly currency: string;
  /** The day that is looked at; the newest without one. */
  readonly cut: string | undefined;
  readonly onCut: (cut: string) => void;
}

const idOf = (backtest: Backtest): string => `${backtest.cut.slice(0, 10)}_${backtest.horizonDays}`;

/** The past, cut off and predicted: how right it would have been, on several days. */
export function Proof({ scope, currency, cut, onCut }: ProofProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { backtests } = scope;
  const shown = backtests.find((one) => idOf(one) === cut) ?? backtests[0];
  if (shown === undefined)
    return (
      <Card title={t('predictions.proof')} note={t('predictions.proofNote')}>
        <Text size="sm" c="dimmed">
          {t('predictions.noProof')}
        </Text>
      </Card>
    );
  const rule = compareWithRule(shown);
  const inHundred = (share: number): string => format.number(share * 100);
  return (
    <Stack gap="md">
      <Card
        title={t('predictions.proof')}
        note={t('predictions.proofNote')}
        actions={
          <NativeSelect
            aria-label={t('predictions.cut')}
            value={idOf(shown)}
            onChange={(event) => onCut(event.currentTarget.value)}
            data={backtests.map((one) => ({
              value: idOf(one),
              label: t('predictions.cutChoice', {
                at: format.date(one.cut),
                days: Math.round(one.horizonDays),
                count: one.customers,
              }),
            }))}
          />
        }
      >
        {rule === null ? null : (
          <p className={styles.verdict}>
            {t(`predictions.verdict.${rule.kind}`, { model: inHundred(rule.own), baseline: inHundred(rule.plain) })}
          </p>
        )}
        <Text size="sm" c="dimmed" mt={4}>
          {t('predictions.baseRate', { share: format.percent(shown.baseRate) })}
        </Text>
      </Card>
      <div className={styles.two}>
        <Calibration backtest={shown} />
        <Card title={t('predictions.accuracy')}>
          <AccuracyTable backtest={shown} />
        </Card>
        <Totals backtest={shown} currency={currency} />
        <TopDecile backtest={shown} />
        <Card title={t('predictions.groups')} note={t('predictions.groupsNote')}>
          <GroupTable backtest={shown} />
        </Card>
        <NextOrder backtest={shown} />
      </div>
    </Stack>
  );
}

/** By tenths of buyers: predicted beside actual. */
function Calibration({ backtest }: { backtest: Backtest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = useMemo(
    () => ({
      labels: backtest.deciles.map((_, at) => String(at + 1)),
      shares: true,
      series: [
        {
          name: t('predictions.predicted'),
          values: backtest.deciles.map(({ predicted }) => predicted),
          color: 'web' as const,
          kind: 'bar' as const,
        },
        {
          name: t('predictions.actual'),
          values: backtest.deciles.map(({ actual }) => actual),
          color: 'lead' as const,
          kind: 'bar' as const,
        },
      ],
    }),
    [backtest, t],
  );
  return (
    <Chart
      title={t('predictions.calibration')}
      note={
        <span className={styles.legend}>
          <span data-series="predicted">{t('predictions.predicted')}</span>
          <span data-series="actual">{t('predictions.actual')}</span>
          <br />
          {t('predictions.calibrationNote')}
        </span>
      }
      data={data}
      axis={t('predictions.tenth')}
      label={same}
      value={format.percent}
      tick={format.percent}
      height={240}
    />
  );
}

const same = (text: string): string => text;
