import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  campaignPageSchema,
  campaignSchema,
  experiencePageSchema,
  journeyListSchema,
  lookalikePageSchema,
  messagePageSchema,
  predictionReportSchema,
} from '@vitrail/contracts';
import { expect, it, onTestFinished } from 'vitest';
import { poll } from '../../server/test/poll.ts';
import { ApiClient } from './harness/apiClient.ts';
import { findFreePort } from './harness/findFreePort.ts';
import { spawnVitrail } from './harness/spawnVitrail.ts';
import { secretKey } from './harness/startServer.ts';
import { untilThere } from './harness/untilThere.ts';

it('the demo comes with work of a marketer, and sends nothing outside', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrail-e2e-demo-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await findFreePort();
  const shopPort = await findFreePort();
  const demo = spawnVitrail(['demo', '--customers', '400', '--shop-port', String(shopPort)], {
    VITRAIL_PORT: String(port),
    VITRAIL_DATA_DIR: join(folder, 'data'),
    VITRAIL_SECRET_KEY: secretKey,
    VITRAIL_LOG_LEVEL: 'warn',
  });
  onTestFinished(async () => {
    demo.kill('SIGTERM');
    expect(await demo.ended).toEqual({ code: 0, signal: null });
  });
  await poll('the address of the shop', () => demo.ending() ?? demo.output().includes('The shop'), {
    timeoutMs: 400_000,
    everyMs: 200,
  });
  expect(demo.ending(), demo.output()).toBeNull();

  const api = new ApiClient(`http://127.0.0.1:${port}`, secretKey);
  const done = await untilThere('the end of the campaign', 60_000, async () => {
    const { items } = await api.get('/api/v1/campaigns', campaignPageSchema);
    return items.find(({ state }) => state === 'done') ?? null;
  });
  // A list shows counts of the last seconds, the campaign itself those of now.
  const sent = await api.get(`/api/v1/campaigns/${done.id}`, campaignSchema);
  expect(sent.audience?.complete).toBe(true);
  expect(sent.sent + sent.skipped).toBe(sent.audience?.willSend);
  expect(sent.sent).toBeGreaterThan(0);
  const { items: messages } = await api.get(`/api/v1/messages?campaign=${sent.id}&limit=200`, messagePageSchema);
  const providers = messages.flatMap(({ provider }) => (provider === null ? [] : [provider]));
  expect(providers).toEqual(Array.from({ length: sent.sent }, () => 'sandbox'));
  const journeys = await api.get('/api/v1/journeys', journeyListSchema);
  expect(journeys.items.map(({ state }) => state)).toEqual(['live', 'live', 'live']);
  const experiences = await api.get('/api/v1/experiences', experiencePageSchema);
  expect(experiences.items.map(({ state }) => state)).toEqual(['running', 'running']);
  await untilThere('a lookalike', 60_000, async () => {
    const { items } = await api.get('/api/v1/lookalikes', lookalikePageSchema);
    return items.every(({ state }) => state === 'ready' || state === 'refused') ? items : null;
  });
  await untilThere('predictions', 60_000, async () => {
    const { scopes, running } = await api.get('/api/v1/predictions/report', predictionReportSchema);
    return running === null && scopes.length > 0 ? scopes : null;
  });
  const shop = await fetch(`http://127.0.0.1:${shopPort}/fr/`);
  expect(await shop.text()).toContain('<h1>');
}, 600_000);
