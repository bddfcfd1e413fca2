import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { learnInThread } from 'vitrail/dist/decide/predict/backtest/learnInThread.js';
import { summarise } from 'vitrail/dist/decide/predict/backtest/summary.js';
import { simulateShop } from 'vitrail/dist/decide/predict/models/simulate.js';
import { scoreSettings } from 'vitrail/dist/decide/predict/score/compileScores.js';
import { compileScoring, compileShopDays } from 'vitrail/dist/decide/predict/score/compileShop.js';
import { type Ch, createLog, migrateClickhouse, openChdb } from 'vitrail/dist/platform/index.js';
import { type Figure, figure } from '../results.ts';
import { runLifetimes } from './lifetimes.ts';

const truth = { purchases: { r: 0.6, alpha: 60, a: 0.9, b: 3.2 }, spend: { p: 6, q: 4, g: 60 } };
const days = 730;
const dayMs = 86_400_000;
const begin = Date.UTC(2024, 0, 1);
/** Orders written in one insert. */
const chunk = 100_000;

/** Time from the orders in the store to everyone's scores in the store: read, learn with three backtests, score. */
export async function benchSpeed(
  folder: string,
  load: number,
  { customers, python }: { customers: number; python: string | undefined },
): Promise<Figure[]> {
  const log = createLog('silent');
  const ch = await openChdb({ dataDir: join(folder, 'ch'), log });
  try {
    await migrateClickhouse(ch, log);
    const shop = simulateShop(customers, truth, { days, arrivalDays: 700, seed: 1 });
    await writeOrders(ch, shop);
    const peak = watchMemory();
    const scope = { workspace: 1, site: '', zone: 'Europe/Paris', now: begin + days * dayMs };
    const start = performance.now();
    const reading = compileShopDays(scope, 1);
    const stream = ch.stream(reading.query, reading.values, { format: 'CSVWithNames' });
    const learning = await learnInThread(stream, { today: Math.floor(scope.now / dayMs) });
    const learnt = performance.now();
    if (learning.scoring === null) throw new Error(`nothing was learnt: ${learning.reasons.join(', ')}`);
    const { query, values } = compileScoring(scope, learning.scoring, 1);
    await ch.run(query, values, { lane: 'heavy', settings: scoreSettings });
    const end = performance.now();
    const memory = peak();
    const size = `${customers.toLocaleString('en')} buyers`;
    const own = await fitSeconds(shop);
    const peer = python === undefined ? null : await compareLifetimes(folder, python, shop);
    return [
      figure(load, `Predictions of ${size}: read, learn, prove and score`, (end - start) / 1_000, 's', 'less', 10),
      figure(load, `Predictions of ${size}: read, learn and prove`, (learnt - start) / 1_000, 's', 'less', null),
      figure(load, `Predictions of ${size}: score`, (end - learnt) / 1_000, 's', 'less', null),
      figure(load, `Predictions of ${size}: memory`, memory / 2 ** 30, 'GB', 'less', 2.5),
      ...(peer === null
        ? []
        : [
            figure(load, `lifetimes fits BG/NBD and Gamma-Gamma of ${size}`, peer, 's', 'less', null),
            figure(load, `Time of lifetimes over ours, same summaries`, peer / own, 'times', 'more', 1),
          ]),
    ];
  } finally {
    await ch.close();
  }
}

type Shop = ReturnType<typeof simulateShop>;

async function writeOrders(ch: Ch, shop: Shop): Promise<void> {
  let rows: string[] = [];
  let part = 0;
  const flush = async (): Promise<void> => {
    await ch.insert('customer_orders', Buffer.from(rows.join('\n')), { token: `bench ${part++}` });
    rows = [];
  };
  for (let buyer = 0; buyer + 1 < shop.starts.length; buyer++) {
    for (let at = shop.starts[buyer] ?? 0; at < (shop.starts[buyer + 1] ?? 0); at++) {
      const total = Math.round((shop.values[at] ?? 0) * 100) / 100;
      const ordered = new Date(begin + (shop.days[at] ?? 0) * dayMs + 43_200_000).toISOString();
      rows.push(
        JSON.stringify({
          workspace_id: 1,
          profile_id: buyer + 1,
          order_id: String(at),
          ordered_at: ordered,
          status: 'completed',
          total,
          base_total: total,
          version: 1,
        }),
      );
    }
    if (rows.length >= chunk) await flush();
  }
  if (rows.length > 0) await flush();
}

function watchMemory(): () => number {
  let most = process.memoryUsage.rss();
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  return () => {
    clearInterval(timer);
    return most;
  };
}

/** Our fits alone, on the summaries that the peer is given. */
async function fitSeconds(shop: Shop): Promise<number> {
  const { fitDropout } = await import('vitrail/dist/decide/predict/models/dropout.js');
  const { fitSpend, spendingOf } = await import('vitrail/dist/decide/predict/models/gammaGamma.js');
  const { groupPurchases } = await import('vitrail/dist/decide/predict/models/purchases.js');
  const summary = summarise(shop, days);
  const start = performance.now();
  fitDropout('bgnbd', groupPurchases(summary, 7));
  fitSpend(spendingOf(summary));
  return (performance.now() - start) / 1_000;
}

async function compareLifetimes(folder: string, python: string, shop: Shop): Promise<number> {
  const { x, tx, age, mean } = summarise(shop, days);
  const rows = Array.from(x, (count, row) =>
    [count, (tx[row] ?? 0) / 7, (age[row] ?? 0) / 7, mean[row] ?? 0].join(','),
  );
  const file = join(folder, 'summary.csv');
  await writeFile(file, `x,tx,age,mean\n${rows.join('\n')}\n`);
  return runLifetimes(python, file);
}
