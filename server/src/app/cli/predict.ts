import type { PredictReport } from '@vitrail/contracts';
import { predictFile } from '../../decide/index.ts';
import { Fault } from '../../platform/index.ts';
import { checkOut } from '../../unify/index.ts';
import type { Output } from './output.ts';

export interface PredictOptions {
  readonly customer: string;
  readonly date: string;
  readonly value: string;
  readonly cut?: string;
  readonly horizon?: number;
  readonly out?: string;
  readonly json: boolean;
}

const usualHorizon = 90;

/** `vitrail predict`: what the customers of a file will do next, and how well that is known. Returns the exit code. */
export async function runPredict(file: string, options: PredictOptions, output: Output): Promise<number> {
  const { customer, date, value, out } = options;
  if (out !== undefined) await checkOut(out);
  const cut = readCut(options);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Fault('conflict', 'predict.cancelled', 'Cancelled; nothing was kept.'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  try {
    const report = await predictFile({
      file,
      columns: { customer, date, value },
      cut,
      out,
      signal: stop.signal,
      progress: (phase, done, total) => output.progress(`${phase} ${done}/${total}`),
    });
    output.endProgress();
    output.result(options.json ? JSON.stringify(report) : describe(report).join('\n'));
    return 0;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
}

function readCut({ cut, horizon }: PredictOptions): { day: string; horizonDays: number } | undefined {
  if (cut === undefined) {
    if (horizon === undefined) return undefined;
    throw new Fault('invalid', 'predict.horizon_without_cut', '--horizon counts the days after --cut: give both.');
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(cut) || Number.isNaN(Date.parse(`${cut}T00:00:00Z`))) {
    throw new Fault('invalid', 'predict.bad_cut', '--cut takes a day, YYYY-MM-DD.');
  }
  return { day: cut, horizonDays: horizon ?? usualHorizon };
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(4));
const row = (name: string, value: string): string => `${name.padEnd(24)}${value}`;

const reasons: Readonly<Record<string, string>> = {
  no_orders: 'there are no orders',
  too_few_buyers: 'few buyers to learn from',
  history_too_short: 'the history is short',
  no_recent_order: 'nobody ordered lately',
  nobody_bought_three_times: 'nobody bought three times',
  not_converged: 'the estimate did not come to rest',
  dropout_not_identifiable: 'nobody seems ever to leave: the data cannot tell who left',
  worse_than_baseline: 'no better than the days since the last order alone',
  spend_is_constant: 'everybody spends the same',
  season_unknown: 'less than two years: seasons are not known',
  totals_off: 'totals were off by more than 15 % in the past',
};

/** The report for people. Holds no personal data. */
function describe(report: PredictReport): string[] {
  const lines = [
    row('Customers', `${number.format(report.customers)}, of whom ${number.format(report.repeaters)} came back`),
    row('Orders', number.format(report.orders)),
    row('Rows not read', number.format(report.rejected)),
    row('Time', `${report.seconds.toFixed(1)} s`),
    '',
    `Models (times in units of ${report.unitDays} days)`,
    ...Object.entries(report.models).map(([name, { params, logLikelihood, converged }]) =>
      row(
        `  ${name}`,
        `${Object.entries(params)
          .map(([key, each]) => `${key} ${each.toPrecision(5)}`)
          .join(', ')}; LL ${logLikelihood.toFixed(2)}${converged ? '' : ', did not converge'}`,
      ),
    ),
    row('Serves', report.served ?? 'nothing'),
    ...report.reasons.map((reason) => row('  mind', reasons[reason] ?? reason)),
  ];
  const { backtest } = report;
  if (backtest === null) return lines;
  const { orders, revenue } = backtest.totals;
  const total = ({ expected, low, high, actual }: typeof orders): string =>
    `${number.format(expected)} (${number.format(low)} – ${number.format(high)}), came ${number.format(actual)}`;
  return [
    ...lines,
    '',
    `Proof: learnt up to ${backtest.cut.slice(0, 10)}, compared with the ${backtest.horizonDays} days after`,
    row('', 'AUC     Brier   ECE'),
    ...Object.entries(backtest.models).map(([name, { auc, brier, ece }]) =>
      row(`  ${name}`, [auc, brier, ece].map(figure).join('  ')),
    ),
    row('  recency only', figure(backtest.recencyOnly.auc)),
    row('  orders', total(orders)),
    ...(revenue === null ? [] : [row('  value', total(revenue))]),
    ...(backtest.nextOrder === null
      ? []
      : [
          row(
            '  next order',
            `${(backtest.nextOrder.coverage * 100).toFixed(1)} % of those who came, inside their interval`,
          ),
        ]),
  ];
}
