import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { findPostmaster } from '../harness/engine.ts';
import { spawnVitrail } from '../harness/spawnVitrail.ts';
import { prepareServer, secretKey, startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { findDiscrepancies } from '../load/findDiscrepancies.ts';
import { createRandom } from '../load/random.ts';
import { type Ledger, sendUntil } from '../load/sender.ts';
import { createShopper } from '../load/shoppers.ts';
import { send, text } from './send.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.dispose();
});
async function start(env: Record<string, string> = {}): Promise<TestServer> {
  const server = await startServer({ env });
  servers.push(server);
  return server;
}

it('a second start on the same data directory ends at once and says who holds it', async () => {
  const first = await start();
  const second = await prepareServer({ dataDir: first.dataDir });
  const process = second.launch();
  expect(await process.ended).toEqual({ code: 1, signal: null });
  expect(process.output()).toContain(`held by another Vitrail: process ${first.process().pid}, since `);
  expect(process.output()).toContain(`at ${first.url}`);
  expect((await send(first.url, '/v1/track', text({ event: 'Product Viewed', userId: 'u' }))).status).toBe(200);
});

it('a start on a port that is taken says so and leaves nothing running', async () => {
  const first = await start();
  const second = await prepareServer({ env: { VITRAIL_PORT: String(first.port) } });
  servers.push(second);
  const process = second.launch();
  expect(await process.ended).toEqual({ code: 1, signal: null });
  expect(process.output()).toMatch(new RegExp(`port ${first.port}|:${first.port}`));
  expect(process.output()).not.toContain('    at ');
  expect(findPostmaster(second.dataDir)).toBeNull();
});

it('a wrong configuration is told in one sentence per mistake, before anything starts', async () => {
  const server = await prepareServer({
    env: { VITRAIL_PORT: '99999', VITRAIL_LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' },
  });
  servers.push(server);
  const process = server.launch();
  expect(await process.ended).toEqual({ code: 1, signal: null });
  for (const name of ['VITRAIL_PORT', 'VITRAIL_LOG_LEVEL', 'DATABASE_URL'])
    expect(process.output()).toContain(`${name} must be`);
});

it('SIGTERM under load drains what was accepted, ends with 0 and leaves no process behind', async () => {
  const server = await start();
  const random = createRandom(4_400);
  const ledger: Ledger = { acknowledged: new Map(), unsure: new Map(), wrongAnswers: [] };
  const stop = new AbortController();
  const sending = Array.from({ length: 8 }, (_, number) => {
    const own = random.fork(number + 1);
    const shoppers = Array.from({ length: 5 }, (__, index) => createShopper(`${number}-${index}`, own));
    return sendUntil(stop.signal, { url: server.url, writeKey, shoppers, random: own, ledger });
  });
  for (let round = 0; round < 3; round++) {
    await sleep(1_500);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(findPostmaster(server.dataDir)).toBeNull();
    server.launch();
    await server.ready();
  }
  stop.abort();
  await Promise.all(sending);
  await server.api.waitSettled();
  expect(await findDiscrepancies(server.api, ledger)).toEqual([]);
});

it('what was accepted before SIGTERM is worked off before the end, not at the next start', async () => {
  const server = await start();
  const batch = (number: number): string =>
    text({
      batch: Array.from({ length: 1_000 }, (_, index) => ({
        type: 'track',
        event: 'Product Viewed',
        userId: `u${index}`,
        messageId: `${number}-${index}`,
      })),
    });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, number) => send(server.url, '/v1/batch', batch(number))),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  server.launch();
  await server.ready();
  expect(await server.api.pipeline()).toMatchObject({ backlog: 0, accepted: 20_000 });
  expect(await server.api.stats()).toMatchObject({ events: 20_000, profiles: 1_000 });
});

it('neither secrets nor personal data reach the log, whatever its level', async () => {
  const password = 'correct horse battery staple 91';
  const server = await start({
    VITRAIL_LOG_LEVEL: 'trace',
    VITRAIL_ADMIN_EMAIL: 'owner@log.example',
    VITRAIL_ADMIN_PASSWORD: password,
  });
  const person = { email: 'jeanne.secret@log.example', phone: '+33612345678', lastName: 'Moreau-Introuvable' };
  await send(server.url, '/v1/identify', text({ userId: 'u-introuvable', traits: person }));
  await send(server.url, '/v1/identify', text({ userId: 'u-introuvable', traits: person }).slice(0, -1));
  await send(server.url, '/v1/track', text({ event: '', userId: 'u-introuvable', properties: person }));
  await server.api.waitSettled();
  await server.api.findProfile('email', person.email);
  await server.api.request(`/api/v1/profiles?q=${encodeURIComponent(person.lastName)}`);
  await server.api.request(`/api/v1/profiles/${encodeURIComponent(person.email)}`);
  await server.api
    .importFile({
      as: 'people',
      name: 'people.csv',
      content: `email,last_name,birthday\n${person.email},${person.lastName},never\n"${person.lastName}\n`,
    })
    .catch(() => undefined);
  for (const body of [
    { email: 'owner@log.example', password },
    { email: 'owner@log.example', password: `${password}!` },
  ])
    await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify(body),
    });
  await server.stop();
  const said = server.process().output();
  expect(said.length).toBeGreaterThan(200);
  for (const secret of [password, writeKey, secretKey, 'owner@log.example', 'u-introuvable', ...Object.values(person)])
    expect(said).not.toContain(secret);
});

it('commands answer with help and exit codes', async () => {
  const help = spawnVitrail(['--help'], {});
  expect(await help.ended).toEqual({ code: 0, signal: null });
  for (const command of ['start', 'demo', 'import', 'export', 'doctor', 'bench'])
    expect(help.output()).toContain(command);
  const wrong = spawnVitrail(['strat'], {});
  expect((await wrong.ended).code).not.toBe(0);
});
