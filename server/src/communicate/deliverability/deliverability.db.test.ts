import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { useStores } from '../../../test/stores.ts';
import { createAssigner } from '../../experience/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { createFinisher } from '../messages/finishMessages.ts';
import { pullBrakes } from './brake.ts';
import type { Resolver } from './checkDomain.ts';
import { registerDeliverabilityRoutes } from './index.ts';

const stores = useStores();
const zone = new Map<string, string[]>();
const absent = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
const resolver: Resolver = {
  resolveTxt: async (name) => {
    const records = zone.get(name);
    if (records === undefined) throw absent;
    // Long records come in pieces.
    return records.map((record) => [record.slice(0, 100), record.slice(100)]);
  },
  resolveMx: async () => [{ exchange: 'mx.shop.example' }],
};

const web = useApp(stores, {
  rooms: (app) =>
    registerDeliverabilityRoutes(app, {
      pg: stores.pg,
      clock: stores.clock,
      credentials: Buffer.alloc(32, 4),
      resolver,
      forget: () => undefined,
    }),
});

let shop: TestWorkspace;
beforeAll(async () => {
  shop = await createWorkspace(stores, { scopes: ['settings.write', 'messages.read', 'messages.send'] });
});
const key = () => ({ authorization: `Bearer ${shop.secretKey}` });

const insertMail = pgQuery({
  name: 'test.insertSentMail',
  params: { workspace: 'int4', address: 'text', count: 'int4', now: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    insert into communicate.message (workspace_id, profile_id, dedupe_key, channel, purpose, kind, origin, state, address,
      due_at, created_at, sent_at, provider)
    select :workspace, 1, 'test/' || gen_random_uuid(), 'email', 'marketing', 'marketing', 'api', 'sent', :address,
      :now, :now, :now, 'smtp'
    from generate_series(1, :count) returning id`,
});
const readKinds = pgQuery({
  name: 'test.readFeedbackKinds',
  params: { workspace: 'int4', message: 'int8' },
  row: { kind: 'text', detail: 'jsonb' },
  text: `select kind, detail from communicate.feedback where workspace_id = :workspace and message_id = :message`,
});
const listSuppressed = pgQuery({
  name: 'test.listSuppressedMail',
  params: { workspace: 'int4' },
  row: { channel: 'text', value: 'text', reason: 'text' },
  text: `select channel, value, reason from communicate.suppression where workspace_id = :workspace`,
});
async function openMessages(count: number, email = 'anna@example.fr'): Promise<number[]> {
  const values = { workspace: shop.id, address: email, count, now: stores.clock.now() };
  return (await stores.pg.rows(insertMail, values)).map(({ id }) => id);
}

describe('deliverability', () => {
  it('stops marketing by itself when too much comes back, tells so, and can be released', async () => {
    const ids = await openMessages(300);
    const deps = { pg: stores.pg, clock: stores.clock, log: stores.log, forget: () => undefined };
    expect(await pullBrakes(deps)).toBe(0);
    const insertBounces = pgQuery({
      name: 'test.insertBounces',
      params: { workspace: 'int4', messages: 'int8[]', now: 'timestamptz' },
      row: {},
      text: `insert into communicate.feedback (workspace_id, message_id, kind, at, dedupe_key)
             select :workspace, message, 'bounced', :now, '' from unnest(:messages) as m (message)`,
    });
    await stores.pg.run(insertBounces, { workspace: shop.id, messages: ids.slice(0, 40), now: stores.clock.now() });
    expect(await pullBrakes(deps)).toBe(1);
    expect(await pullBrakes(deps)).toBe(0);
    const page = await web.app.inject({ method: 'GET', url: '/api/v1/deliverability', headers: key() });
    const { brakes, receivers, days, channels } = page.json();
    expect(channels[0]).toMatchObject({
      channel: 'email',
      provider: 'smtp',
      bounced: expect.any(Number),
      uncertain: 0,
    });
    expect(brakes).toMatchObject([
      { channel: 'email', reason: 'bounces', bounced: expect.any(Number), releasedAt: null },
    ]);
    expect(receivers[0]).toMatchObject({ domain: 'example.fr', bounced: expect.any(Number) });
    expect(days).toHaveLength(1);
    const release = await web.app.inject({
      method: 'POST',
      url: `/api/v1/deliverability/brakes/${brakes[0].id}/release`,
      headers: key(),
    });
    expect(release.statusCode).toBe(204);
    // What was sent before is forgiven: the brake is not pulled again for the same messages.
    stores.clock.advance(1_000);
    expect(await pullBrakes(deps)).toBe(0);
  });

  it('counts what was refused at the door like a bounce', async () => {
    const email = 'gone@example.fr';
    const ids = await openMessages(3, email);
    const back = pgQuery({
      name: 'test.takeMessagesBack',
      params: { workspace: 'int4', messages: 'int8[]', now: 'timestamptz' },
      row: {},
      text: `update communicate.message set state = 'sending', sent_at = null, decided_at = :now
             where workspace_id = :workspace and id = any(:messages)`,
    });
    await stores.pg.run(back, { workspace: shop.id, messages: ids, now: stores.clock.now() });
    const finisher = createFinisher({ ...stores, assigner: createAssigner(stores), onEvents: () => undefined });
    const [id = 0] = ids;
    await finisher.finish(shop.id, [{ id, state: 'failed', reason: 'invalid_address', detail: '550 5.1.1' }]);
    expect(await stores.pg.rows(readKinds, { workspace: shop.id, message: id })).toMatchObject([
      { kind: 'bounced', detail: { code: '550 5.1.1' } },
    ]);
    const suppressed = await stores.pg.rows(listSuppressed, { workspace: shop.id });
    expect(suppressed).toContainEqual({ channel: 'email', value: email, reason: 'bounce' });
  });

  it('makes a key for a domain, and signs once DNS has it', async () => {
    const post = (url: string, payload?: object) =>
      web.app.inject({ method: 'POST', url, headers: key(), ...(payload === undefined ? {} : { payload }) });
    const added = (await post('/api/v1/deliverability/domains', { domain: 'News.Shop.example' })).json();
    expect(added).toMatchObject({
      domain: 'news.shop.example',
      signing: false,
      checks: {
        spf: { state: 'missing' },
        dkim: { state: 'missing' },
        dmarc: { state: 'missing' },
        mx: { state: 'ok' },
      },
    });
    zone.set(added.dkim.name, [added.dkim.value]);
    zone.set('news.shop.example', ['google-site-verification=1', 'v=spf1 include:_spf.shop.example ~all']);
    zone.set('_dmarc.shop.example', ['v=DMARC1; p=none; rua=mailto:x@shop.example']);
    const checked = (await post('/api/v1/deliverability/domains/news.shop.example/check')).json();
    expect(checked).toMatchObject({
      signing: true,
      checks: { spf: { state: 'ok' }, dkim: { state: 'ok' }, dmarc: { state: 'ok', advice: 'only_watches' } },
    });
    zone.set(added.dkim.name, ['v=DKIM1; p=AAAA']);
    zone.set('news.shop.example', ['v=spf1 +all']);
    expect((await post('/api/v1/deliverability/domains/news.shop.example/check')).json()).toMatchObject({
      signing: false,
      checks: { spf: { advice: 'allows_everybody' }, dkim: { advice: 'other_key' } },
    });
    expect((await post('/api/v1/deliverability/domains', { domain: 'not a domain' })).statusCode).toBe(400);
  });
});
