import { GrowthBook } from '@growthbook/growthbook';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import { experimentSchema } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secretKey, startServer, type TestServer, writeKey } from '../harness/startServer.ts';

let server: TestServer;
const send = async (method: string, path: string, body: object): Promise<unknown> => {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return response.json();
};

beforeAll(async () => {
  server = await startServer();
  const experiment = experimentSchema.parse(
    await send('POST', '/api/v1/experiments', {
      key: 'button',
      name: 'Button',
      kind: 'flag',
      unit: 'device',
      variations: [
        { key: 'control', name: 'As it is', weight: 0.5 },
        { key: 'green', name: 'Green', weight: 0.5 },
      ],
      metrics: [{ key: 'buyers', name: 'Buyers', type: 'share', measure: { of: 'orders' }, role: 'primary' }],
    }),
  );
  await send('POST', `/api/v1/experiments/${experiment.id}/start`, {});
  await send('POST', '/api/v1/flags', {
    key: 'free-delivery',
    type: 'boolean',
    default: false,
    rules: [{ kind: 'force', condition: { country: 'FR', 'cart.value': { $gte: 60 } }, value: true }],
  });
  await send('POST', '/api/v1/flags', {
    key: 'button-colour',
    type: 'string',
    default: 'grey',
    rules: [{ kind: 'experiment', experiment: 'button', values: { green: 'green' } }],
  });
  await send('POST', '/api/v1/flags', {
    key: 'new-search',
    type: 'json',
    default: { engine: 'old' },
    rules: [{ kind: 'rollout', share: 0.5, value: { engine: 'new' }, unit: 'device' }],
  });
});
afterAll(() => server?.dispose());

const devices = Array.from({ length: 60 }, (_, index) => `device-${index}`);

describe('GrowthBook’s SDK', () => {
  it('loads our flags and evaluates them, unmodified', async () => {
    const tracked: string[] = [];
    const colours = new Map<string, number>();
    for (const anonymousId of devices) {
      const client = new GrowthBook({
        apiHost: server.url,
        clientKey: writeKey,
        attributes: { anonymousId, country: 'FR', cart: { value: 80 } },
        trackingCallback: (experiment, result) => {
          tracked.push(`${experiment.key} ${result.key}`);
        },
      });
      await client.init({ timeout: 5_000 });
      expect(client.isOn('free-delivery')).toBe(true);
      const colour = client.getFeatureValue('button-colour', 'none');
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
      expect(['old', 'new']).toContain(Object(client.getFeatureValue('new-search', {})).engine);
      client.destroy();
    }
    expect([...colours.keys()].toSorted()).toEqual(['green', 'grey']);
    expect(new Set(tracked)).toEqual(new Set(['button control', 'button green']));
  });

  it('gets the same by remote evaluation, without any rule leaving the server', async () => {
    for (const anonymousId of devices.slice(0, 10)) {
      const attributes = { anonymousId, country: 'BE' };
      const local = new GrowthBook({ apiHost: server.url, clientKey: writeKey, attributes });
      const remote = new GrowthBook({ apiHost: server.url, clientKey: writeKey, attributes, remoteEval: true });
      await Promise.all([local.init({ timeout: 5_000 }), remote.init({ timeout: 5_000 })]);
      for (const key of ['free-delivery', 'button-colour', 'new-search'])
        expect(remote.getFeatureValue(key, null)).toEqual(local.getFeatureValue(key, null));
      expect(JSON.stringify(remote.getPayload())).not.toContain('condition');
      local.destroy();
      remote.destroy();
    }
  });
});

describe('OpenFeature with its OFREP provider', () => {
  it('asks for flags with a write key or a secret key, unmodified', async () => {
    for (const key of [writeKey, secretKey]) {
      await OpenFeature.setProviderAndWait(
        new OFREPProvider({ baseUrl: server.url, headers: [['Authorization', `Bearer ${key}`]] }),
      );
      const client = OpenFeature.getClient();
      const context = { targetingKey: 'device-1', country: 'FR', cart: { value: 80 } };
      expect(await client.getBooleanDetails('free-delivery', false, context)).toMatchObject({
        value: true,
        reason: 'TARGETING_MATCH',
        variant: 'rule-1',
      });
      const colours = await Promise.all(
        devices.map((targetingKey) => client.getStringDetails('button-colour', 'none', { targetingKey })),
      );
      expect(new Set(colours.map(({ value }) => value))).toEqual(new Set(['green', 'grey']));
      expect(colours.every(({ reason }) => reason === 'SPLIT')).toBe(true);
      expect(await client.getObjectValue('new-search', {}, context)).toHaveProperty('engine');
      expect(await client.getBooleanDetails('gone', true, context)).toMatchObject({
        value: true,
        errorCode: 'FLAG_NOT_FOUND',
      });
      expect(await client.getStringDetails('button-colour', 'none', {})).toMatchObject({
        value: 'none',
        errorCode: 'TARGETING_KEY_MISSING',
      });
    }
    await OpenFeature.close();
  });

  it('is spared an answer that it has', async () => {
    const ask = (headers: Record<string, string> = {}) =>
      fetch(`${server.url}/ofrep/v1/evaluate/flags`, {
        method: 'POST',
        headers: { 'x-api-key': writeKey, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ context: { targetingKey: 'device-1' } }),
      });
    const first = await ask();
    const tag = z.string().parse(first.headers.get('etag'));
    expect((await ask({ 'if-none-match': tag })).status).toBe(304);
    const { items } = z
      .object({ items: z.array(z.object({ id: z.string(), definition: z.looseObject({ key: z.string() }) })) })
      .parse(
        await (
          await fetch(`${server.url}/api/v1/flags?q=delivery`, { headers: { authorization: `Bearer ${secretKey}` } })
        ).json(),
      );
    const flag = items.find(({ definition }) => definition.key === 'free-delivery');
    await send('PUT', `/api/v1/flags/${flag?.id}`, { ...flag?.definition, active: false, default: true });
    await expect.poll(async () => (await ask({ 'if-none-match': tag })).status, { timeout: 10_000 }).toBe(200);
    const { flags } = z
      .object({ flags: z.array(z.looseObject({ key: z.string() })) })
      .parse(await (await ask()).json());
    expect(flags.find(({ key }) => key === 'free-delivery')).toMatchObject({ value: true, reason: 'DISABLED' });
    expect((await ask({ 'x-api-key': 'wk_wrong' })).status).toBe(401);
  });
});
