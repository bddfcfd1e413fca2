import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { findEngineProcesses, signal } from '../harness/engine.ts';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { findDiscrepancies } from '../load/findDiscrepancies.ts';
import { createRandom } from '../load/random.ts';
import { seed } from '../load/seed.ts';
import { type Ledger, sendUntil } from '../load/sender.ts';
import { createShopper } from '../load/shoppers.ts';
import { basic, readAnswer, send, text } from './send.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server?.dispose());

const engine = (): number[] => findEngineProcesses(server.process().pid);
const call = (userId: string): string => text({ event: 'Product Viewed', userId });

it('a frozen PostgreSQL is answered with 503 and Retry-After, and once it goes on everything accepted is there', async () => {
  expect((await send(server.url, '/v1/track', call('before'))).status).toBe(200);
  await server.api.waitSettled();
  const frozen = engine();
  for (const pid of frozen) signal(pid, 'SIGSTOP');
  try {
    const [door, unknown, profiles, ready] = await Promise.all([
      send(server.url, '/v1/track', call('during')),
      // A key that has to be looked up: it must not be called wrong because nobody can tell.
      send(server.url, '/v1/track', call('during'), { authorization: basic('wk_never_seen') }),
      server.api.request('/api/v1/profiles?limit=1', { signal: AbortSignal.timeout(60_000) }).then(readAnswer),
      fetch(`${server.url}/health/ready`).then(readAnswer),
    ]);
    expect(door).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
    expect(unknown).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
    expect(profiles).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
    expect(ready).toMatchObject({ status: 503, code: 'app.not_ready' });
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  } finally {
    for (const pid of frozen) signal(pid, 'SIGCONT');
  }
  await poll('an accepted event', async () => (await send(server.url, '/v1/track', call('after'))).status === 200, {
    timeoutMs: 30_000,
    everyMs: 200,
  });
  await server.api.waitSettled();
  for (const userId of ['before', 'after']) expect(await server.api.findProfile('user_id', userId)).not.toBeNull();
});

it(`a PostgreSQL killed again and again under load comes back by itself and nothing accepted is lost (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const ledger: Ledger = { acknowledged: new Map(), unsure: new Map(), wrongAnswers: [] };
  const stop = new AbortController();
  const sending = Array.from({ length: 8 }, (_, number) => {
    const own = random.fork(number + 1);
    const shoppers = Array.from({ length: 8 }, (__, index) => createShopper(`${number}-${index}`, own));
    return sendUntil(stop.signal, { url: server.url, writeKey, shoppers, random: own, ledger });
  });
  for (let round = 0; round < 12; round++) {
    await sleep(random.int(200, 1_500));
    const [postmaster, ...sessions] = await poll('a running engine', () => (engine().length > 1 ? engine() : null), {
      timeoutMs: 60_000,
    });
    // The whole engine, or one of its sessions, which makes it end all the others and recover.
    const victim = random.chance(0.5) ? postmaster : random.pick(sessions);
    if (victim !== undefined) signal(victim, 'SIGKILL');
  }
  await sleep(1_000);
  stop.abort();
  await Promise.all(sending);
  await server.api.waitSettled();
  expect(server.process().ending(), server.process().output()).toBeNull();
  expect(await findDiscrepancies(server.api, ledger), `seed ${seed}`).toEqual([]);
  expect(ledger.acknowledged.size).toBeGreaterThan(200);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
