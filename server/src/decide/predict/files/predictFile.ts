import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PredictReport } from '@vitrail/contracts';
import { type Ch, createLog, Fault, openChdb } from '../../../platform/index.ts';
import { unitDays } from '../backtest/backtest.ts';
import { learnInThread } from '../backtest/learnInThread.ts';
import type { Learning } from '../backtest/learnShop.ts';
import { compileOrderDays, compileSummary } from '../score/compileOrders.ts';
import { compileScores, scoreColumns, scoreSettings } from '../score/compileScores.ts';
import { type LoadedOrders, loadOrders, type OrderColumns } from './loadOrders.ts';

export type PredictPhase = 'load' | 'fit' | 'backtest' | 'write';
export interface PredictFileRequest {
  readonly file: string;
  readonly columns: OrderColumns;
  /** Learns on what was up to and with this day (`2011-07-12`), and compares with the days after it. */
  readonly cut?: { readonly day: string; readonly horizonDays: number } | undefined;
  /** Scores of every customer, as CSV or Parquet by its ending. */
  readonly out?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((phase: PredictPhase, done: number, total: number) => void) | undefined;
}

const dayMs = 86_400_000;

/** Fits, proves and scores a file of orders in a temporary ClickHouse of its own, which is removed whatever the end. */
export async function predictFile(request: PredictFileRequest): Promise<PredictReport> {
  const began = performance.now();
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrail-predict-'));
  try {
    const ch = await openChdb({
      dataDir,
      log: createLog('silent'),
      connections: { write: 1, interactive: 1, heavy: 2 },
    });
    try {
      const report = await predictLoaded(ch, request);
      return { ...report, seconds: Math.round(performance.now() - began) / 1_000 };
    } finally {
      await ch.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function predictLoaded(ch: Ch, request: PredictFileRequest): Promise<Omit<PredictReport, 'seconds'>> {
  const { signal, progress } = request;
  progress?.('load', 0, 1);
  const loaded = await loadOrders(ch, request.file, request.columns);
  const cut = request.cut === undefined ? undefined : checkCut(request.cut, loaded);
  const today = cut?.day ?? loaded.lastDay;
  const orderDays = {
    name: 'predict.orderDays',
    text: compileOrderDays(loaded.days),
    params: {},
    row: { person: 'String', day: 'Int32', value: 'Nullable(Float64)' },
  } as const;
  const learning = await learnInThread(
    ch.stream(orderDays, {}, { format: 'CSVWithNames', ...(signal === undefined ? {} : { signal }) }),
    { today, cut, allModels: true },
    { signal, progress },
  );
  if (request.out !== undefined) {
    progress?.('write', 0, 1);
    await writeScores(ch, loaded, learning, { today, dateDays: cut?.horizon ?? 365, out: request.out, signal });
  }
  const [backtest = null] = learning.backtests;
  return {
    customers: learning.training?.customers ?? 0,
    repeaters: learning.training?.repeaters ?? 0,
    orders: learning.training?.orders ?? 0,
    unitDays,
    models: learning.models,
    served: learning.served,
    reasons: learning.reasons,
    backtest: backtest === null ? null : { ...backtest, ...headline(backtest) },
    backtests: learning.backtests,
    rejected: loaded.rejected,
  };
}

/** The figures of the model that serves, in front. */
function headline(backtest: Learning['backtests'][number]) {
  const { auc = null, brier = null, ece = null } = backtest.models[backtest.served ?? 'mbgnbd'] ?? {};
  return { auc, brier, ece, totals: { orders: backtest.orders, revenue: backtest.revenue } };
}

function checkCut({ day, horizonDays }: { day: string; horizonDays: number }, { firstDay, lastDay }: LoadedOrders) {
  const cut = Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
  const nameOf = (each: number): string => new Date(each * dayMs).toISOString().slice(0, 10);
  if (cut <= firstDay || cut >= lastDay) {
    throw new Fault(
      'invalid',
      'predict.cut_outside',
      `The cut ${day} must lie between the first order (${nameOf(firstDay)}) and the last (${nameOf(lastDay)}).`,
    );
  }
  return { day: cut, horizon: horizonDays };
}

/** The engine writes the file itself, beside its place first: a cancelled run leaves no half of one. */
async function writeScores(
  ch: Ch,
  loaded: LoadedOrders,
  { scoring }: Learning,
  { today, dateDays, out, signal }: { today: number; dateDays: number; out: string; signal: AbortSignal | undefined },
): Promise<void> {
  if (scoring === null) {
    throw new Fault(
      'invalid',
      'predict.nothing_learnt',
      'There is nothing to write: nobody in the file ordered twice.',
    );
  }
  const format = /\.parquet$/i.test(out) ? 'Parquet' : 'CSVWithNames';
  const partial = `${resolve(out)}.partial`;
  const source = compileSummary(`select * from (${loaded.days}) where day <= ${today}`, String(today));
  const date = (days: string): string => `toDate32(toInt32(${today} + ${days}))`;
  const shown = scoreColumns.filter((column) => !column.startsWith('next_') && column !== 'orders_90_variance');
  try {
    await rm(partial, { force: true });
    await ch.run(
      {
        name: 'predict.writeScores',
        text: `insert into function file('${partial.replace(/[\\']/g, '\\$&')}', '${format}')
          select names.name as customer, ${shown.join(', ')},
            ${date('next_days')} as next_order, ${date('next_from')} as next_order_from, ${date('next_to')} as next_order_to
          from (${compileScores(source, scoring, dateDays)}) as scores
          inner join ${loaded.names} as names on names.number = scores.person
          order by customer`,
        params: {},
        row: {},
      },
      {},
      { lane: 'heavy', settings: scoreSettings, ...(signal === undefined ? {} : { signal }) },
    );
    await chmod(partial, 0o600);
    await rename(partial, out);
  } finally {
    await rm(partial, { force: true });
  }
}
