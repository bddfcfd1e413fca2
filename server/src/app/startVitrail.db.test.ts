import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventListSchema, pipelineStatusSchema, profileListSchema } from '@vitrail/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ClickhouseServer, startClickhouseServer } from '../../test/clickhouseProcess.ts';
import { poll } from '../../test/poll.ts';
import { openTestPostgres, silentLog } from '../../test/stores.ts';
import { readConfig } from '../platform/index.ts';
import type { Role } from './roles.ts';
import { type Running, startVitrail } from './startVitrail.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrail-roles-'));
const secret = 'sk_roles_0123456789abcdef';
let clickhouse: ClickhouseServer;
let postgres: Awaited<ReturnType<typeof openTestPostgres>>;
const running: Running[] = [];

beforeAll(async () => {
  clickhouse = await startClickhouseServer(join(folder, 'clickhouse'));
  postgres = await openTestPostgres();
});
afterAll(async () => {
  for (const process of running.reverse()) await process.stop();
  await postgres.close();
  await clickhouse.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(name: string, ...roles: Role[]): Promise<Running> {
  const { config } = readConfig({
    DATABASE_URL: postgres.url,
    CLICKHOUSE_URL: clickhouse.url,
    VITRAIL_DATA_DIR: join(folder, name),
    VITRAIL_PORT: '0',
    VITRAIL_WRITE_KEY: 'wk_roles',
    VITRAIL_SECRET_KEY: secret,
  });
  const process = await startVitrail(config, silentLog, { roles: new Set(roles) });
  running.push(process);
  return process;
}

it('takes events in one process, works them in another, and reads them from a third, on engines they share', async () => {
  await start('worker', 'worker', 'scheduler');
  const front = await start('front', 'api');
  const back = await start('back', 'api');
  const sent = await fetch(new URL('/v1/identify', front.address), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('wk_roles:').toString('base64')}` },
    body: JSON.stringify({ userId: 'u1', messageId: 'm1', traits: { email: 'zoe@example.fr' } }),
  });
  expect(sent.status).toBe(200);
  const read = async (path: string): Promise<unknown> =>
    (await fetch(new URL(path, back.address), { headers: { authorization: `Bearer ${secret}` } })).json();
  const id = await poll('the event reacted', async () => {
    const { backlog } = pipelineStatusSchema.parse(await read('/api/v1/pipeline'));
    const found = profileListSchema.parse(await read('/api/v1/profiles?identifier=email:zoe@example.fr'));
    return backlog === 0 ? found.items[0]?.id : null;
  });
  const events = eventListSchema.parse(await read(`/api/v1/profiles/${id}/events`));
  expect(events.items.map((event) => event.messageId)).toEqual(['m1']);
});

it('answers only health and metrics in a process that takes no requests', async () => {
  const worker = running[0];
  const status = async (path: string) => (await fetch(new URL(path, worker?.address))).status;
  expect(await status('/health/live')).toBe(200);
  expect(await status('/v1/track')).toBe(404);
});
