import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { prepareServer, writeKey } from './harness/startServer.ts';
import { findDiscrepancies } from './load/findDiscrepancies.ts';
import { createRandom } from './load/random.ts';
import { seed } from './load/seed.ts';
import { type Ledger, sendUntil } from './load/sender.ts';
import { createShopper } from './load/shoppers.ts';

const rounds = 20;
const senders = 12;
const shoppersEach = 8;

it(`killed ${rounds} times under load, has every acknowledged event exactly once on the right profile (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const server = await prepareServer();
  onTestFinished(() => server.dispose());
  const ledger: Ledger = { acknowledged: new Map(), unsure: new Map(), wrongAnswers: [] };
  const stop = new AbortController();
  const sending = Array.from({ length: senders }, (_, number) => {
    const own = random.fork(number + 1);
    const shoppers = Array.from({ length: shoppersEach }, (__, index) => createShopper(`${number}-${index}`, own));
    return sendUntil(stop.signal, { url: server.url, writeKey, shoppers, random: own, ledger });
  });

  for (let round = 0; round < rounds; round++) {
    server.launch();
    // Every third life ends somewhere in the start itself, the very first one among them.
    if (round % 3 === 0) {
      await sleep(random.int(0, 2_500));
    } else {
      await server.ready();
      await sleep(random.int(0, 2_000));
    }
    expect(
      server.process().ending(),
      `in round ${round} it had ended by itself: ${server.process().output()}`,
    ).toBeNull();
    await server.kill9(random.chance(0.4) ? 'everything' : 'program');
  }

  server.launch();
  await server.ready();
  await sleep(500);
  stop.abort();
  await Promise.all(sending);
  await server.api.waitSettled();

  expect(await findDiscrepancies(server.api, ledger), `seed ${seed}`).toEqual([]);
  // Without these the test would have proved little.
  expect(ledger.acknowledged.size).toBeGreaterThan(2_000);
  expect((await server.api.pipeline()).dropped.duplicate).toBeGreaterThan(0);
  expect((await server.api.stats()).merges).toBeGreaterThan(0);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
}, 300_000);
