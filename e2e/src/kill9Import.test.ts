import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { poll } from '../../server/test/poll.ts';
import { startServer } from './harness/startServer.ts';
import { createRandom } from './load/random.ts';
import { seed } from './load/seed.ts';

const rows = 120_000;
const customers = 9_000;
const kills = 5;

/** Orders of known sums: cents and customer follow from the number. */
const centsOf = (row: number): number => 100 + ((row * 7_919) % 40_000);
function writeOrders(): string {
  const lines = ['order_id,date,total,customer_id,currency'];
  for (let row = 0; row < rows; row++)
    lines.push(`I-${row},2026-05-0${1 + (row % 9)} 10:00,${(centsOf(row) / 100).toFixed(2)},c${row % customers},EUR`);
  return `${lines.join('\n')}\n`;
}

it(`an import killed ${kills} times on its way goes on by itself and brings in every row once (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const server = await startServer();
  onTestFinished(() => server.dispose());
  const { api } = server;
  const id = await api.startImport({ as: 'orders', name: 'orders.csv', content: writeOrders() });

  let reached = 0;
  for (let kill = 0; kill < kills; kill++) {
    // The first kill may come before the work begins, each later one comes after some progress.
    if (kill > 0)
      await poll(
        'progress of the import',
        async () => {
          const now = await api.readImport(id);
          return now.state === 'done' || now.accepted > reached;
        },
        { timeoutMs: 60_000, everyMs: 20 },
      );
    await sleep(random.int(0, 400));
    const { state, accepted } = await api.readImport(id);
    expect(accepted, 'what was in stays in').toBeGreaterThanOrEqual(reached);
    reached = accepted;
    if (state === 'done') break;
    await server.kill9(random.chance(0.5) ? 'everything' : 'program');
    server.launch();
    await server.ready();
  }

  const done = await api.waitForImport(id, 180_000);
  expect(done).toMatchObject({ state: 'done', rows, accepted: rows, rejected: 0, duplicates: 0 });
  await api.waitSettled();
  const cents = Array.from({ length: rows }, (_, row) => centsOf(row)).reduce((sum, each) => sum + each, 0);
  expect(await api.stats()).toMatchObject({ orders: rows, events: rows, profiles: customers, revenue: cents / 100 });
  for (const number of [0, 17, customers - 1]) {
    const mine = Array.from({ length: rows }, (_, row) => row).filter((row) => row % customers === number);
    const { totals, eventCount } = await api.profile((await api.findProfile('user_id', `c${number}`)) ?? '');
    expect(totals).toMatchObject({
      orders: mine.length,
      revenue: mine.reduce((sum, row) => sum + centsOf(row), 0) / 100,
    });
    expect(eventCount).toBe(mine.length);
  }
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
