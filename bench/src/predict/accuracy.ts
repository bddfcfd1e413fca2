import type { PredictReport } from '@vitrail/contracts';
import { type Figure, figure } from '../results.ts';
import { writeCdnow, writeOnlineRetail } from './orderFiles.ts';
import { runPredict } from './runPredict.ts';

/** What the literature found on the sample of CDNOW, in weeks. */
const published = {
  bgnbd: { params: { r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 }, logLikelihood: -9582.43 },
  paretonbd: { params: { r: 0.5533, alpha: 10.578, s: 0.6062, beta: 11.669 }, logLikelihood: -9594.98 },
  gammagamma: { params: { p: 6.25, q: 3.7443, g: 15.4443 }, logLikelihood: -4055.92 },
} as const;

/** Fits against the literature, and probabilities against what came. `folder` holds the shared data sets (`commerce/`). */
export async function benchAccuracy(folder: string, out: string, load: number): Promise<Figure[]> {
  const sample = await runPredict(writeCdnow(folder, out, 'sample'), '1997-09-30', 273);
  const cdnow = await runPredict(writeCdnow(folder, out, 'master'), '1998-04-01', 90);
  const retail = await runPredict(writeOnlineRetail(folder, out), '2011-07-12', 60);
  return [
    ...compareFits(sample, load),
    ...proofOf('CDNOW, 90 days', cdnow, load, { auc: 0.83, ece: 0.02 }),
    ...proofOf('Online Retail, 60 days', retail, load, { auc: 0.76, ece: 0.04 }),
  ];
}

function compareFits(report: PredictReport, load: number): Figure[] {
  return (['bgnbd', 'paretonbd', 'gammagamma'] as const).flatMap((name) => {
    const fitted = report.models[name];
    const known = published[name];
    if (fitted === undefined) throw new Error(`the report has no ${name}`);
    const gaps = Object.entries(known.params).map(([key, value]) => Math.abs((fitted.params[key] ?? 0) / value - 1));
    const gap = Math.abs(fitted.logLikelihood - known.logLikelihood);
    return [
      figure(
        load,
        `CDNOW ${name}: largest gap to the published parameters, thousandths`,
        Math.max(...gaps) * 1_000,
        '‰',
        'less',
        1,
      ),
      figure(load, `CDNOW ${name}: gap of the log-likelihood, hundredths`, gap * 100, '/100', 'less', 1),
    ];
  });
}

function proofOf(name: string, { backtest, seconds }: PredictReport, load: number, bars: { auc: number; ece: number }) {
  if (backtest === null) throw new Error(`the report of ${name} has no backtest`);
  const { auc, ece, totals, nextOrder, topDecile } = backtest;
  const off = (total: { expected: number; actual: number }): number => (total.expected / total.actual - 1) * 100;
  return [
    figure(load, `${name}: AUC of an order`, (auc ?? 0) * 100, '%', 'more', bars.auc * 100),
    figure(load, `${name}: AUC of the recency alone`, (backtest.recencyOnly.auc ?? 0) * 100, '%', 'more', null),
    figure(load, `${name}: calibration error`, (ece ?? 1) * 100, '%', 'less', bars.ece * 100),
    figure(load, `${name}: total of orders, off by`, Math.abs(off(totals.orders)), '%', 'less', 10),
    ...(totals.revenue === null
      ? []
      : [figure(load, `${name}: total of revenue, off by`, Math.abs(off(totals.revenue)), '%', 'less', null)]),
    ...(nextOrder === null
      ? []
      : [
          figure(
            load,
            `${name}: next orders inside their 80 % interval, off 80 by`,
            Math.abs(nextOrder.coverage - 0.8) * 100,
            'points',
            'less',
            5,
          ),
        ]),
    ...(topDecile === null
      ? []
      : [
          figure(load, `${name}: revenue of the best tenth by the model`, topDecile.model * 100, '%', 'more', null),
          figure(
            load,
            `${name}: revenue of the best tenth by past spend`,
            topDecile.pastSpend * 100,
            '%',
            'more',
            null,
          ),
        ]),
    figure(load, `${name}: time of vitrail predict`, seconds, 's', 'less', null),
  ];
}
