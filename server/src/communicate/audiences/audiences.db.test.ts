import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { google, meta, says, useAdAudiences } from '../../../test/adAudiences.ts';
import { createWorkspace } from '../../../test/builders.ts';
import { testSecrets } from '../../../test/shop.ts';
import { createCommunicatedData } from '../personalData.ts';
import { handOver } from './handOver.ts';
import type { Looked } from './lookThrough.ts';
import { listDueAdAudiences } from './sql/audiences.pg.ts';
import { lookEveryMs } from './syncAudience.ts';

const { stores, opened, deps, call, roots, listOf, changeListed, segmentOf, setUp, sync, read, waitForLook } =
  useAdAudiences();

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const emails = (...names: string[]): string[] => names.map((name) => sha(`${name}@example.fr`)).sort();
const inMeta = (): string[] => opened().companies.members('2385');
const requests = () => opened().companies.requests;
const graphError = (code: number, message: string): string => JSON.stringify({ error: { code, message } });

describe('an advertising audience', () => {
  it('gets those who allow advertising, by hash, and nobody else', async () => {
    await opened().shop.send(says('yes', true, { phone: '+33612345678' }), says('no', false), says('silent'), {
      type: 'identify',
      userId: 'nameless',
      traits: {},
      context: { consent: { categoryPreferences: { advertising: true } } },
    });
    const segment = await segmentOf({ kind: 'trait', trait: 'email', test: { type: 'any', op: 'exists' } });
    const id = await setUp({ ...meta, segment });
    expect(await sync(id)).toEqual({ done: true });
    expect(inMeta()).toEqual([sha('yes@example.fr'), sha('33612345678')].sort());
    expect(await read(id)).toMatchObject({
      state: 'running',
      counts: { matched: 3, allowed: 1, no_consent: 2 },
      addresses: { emails: 1, phones: 1, toAdd: 0, toRemove: 0 },
      error: null,
    });
  });

  it('follows the segment, and says nothing where nothing changed', async () => {
    await opened().shop.send(says('ada', true), says('ben', true), says('cleo', true));
    const list = await listOf('ada', 'ben');
    const id = await setUp({ ...meta, segment: list });
    await sync(id);
    expect(inMeta()).toEqual(emails('ada', 'ben'));
    await changeListed(list, ['cleo'], ['ada']);
    waitForLook();
    await sync(id);
    expect(inMeta()).toEqual(emails('ben', 'cleo'));
    expect(requests().map(({ change, hashes }) => [change, hashes.length])).toEqual([
      ['add', 2],
      ['remove', 1],
      ['add', 1],
    ]);
    waitForLook();
    await sync(id);
    expect(requests()).toHaveLength(3);
  });

  it('hears a withdrawal and a new yes before everybody is looked at again', async () => {
    await opened().shop.send(says('ada', true), says('ben', true), says('cleo'));
    const id = await setUp({ ...meta, segment: await listOf('ada', 'ben', 'cleo') });
    await sync(id);
    const isDue = async () => {
      const now = stores.clock.now();
      const lookedBefore = new Date(now.getTime() - lookEveryMs);
      const due = await stores.pg.rows(listDueAdAudiences, { now, lookedBefore });
      return due.some(({ workspace_id }) => workspace_id === opened().shop.id);
    };
    expect(await isDue()).toBe(false);
    stores.clock.advance(30_000);
    await opened().shop.send(says('ada', false), says('cleo', true));
    expect(await isDue()).toBe(true);
    await sync(id);
    expect(inMeta()).toEqual(emails('ben', 'cleo'));
    expect(await isDue()).toBe(false);
  });

  it('never hears of somebody who took the permission back before they were handed over', async () => {
    await opened().shop.send(says('ada', true), says('ben', true));
    const id = await setUp({ ...meta, segment: await listOf('ada', 'ben'), paused: true });
    await sync(id);
    expect(await read(id)).toMatchObject({ state: 'paused', addresses: { emails: 0, toAdd: 2 } });
    stores.clock.advance(1_000);
    await opened().shop.send(says('ada', false));
    // Chosen before, and on the point of leaving now: the gate is asked again.
    const looked: Looked = { workspace: opened().shop.id, audience: id, company: 'meta', segment: 0 };
    const { segment } = await read(id);
    const seen: string[] = [];
    const end = await handOver(
      deps(),
      { ...looked, segment: Number(segment.id) },
      {
        hand: async ({ hashes }) => {
          seen.push(...hashes);
          return { kind: 'done' };
        },
        close: () => undefined,
      },
      { adds: true, signal: new AbortController().signal, atOnce: 1 },
    );
    expect(end).toEqual({ kind: 'done' });
    expect(seen).toEqual(emails('ben'));
    expect(requests()).toEqual([]);
  });
});

describe('an audience whose company', () => {
  it('loses answers is right all the same: what is repeated changes nothing, and who must go by then goes', async () => {
    await opened().shop.send(says('ada', true), says('ben', true));
    const id = await setUp({ ...meta, segment: await listOf('ada', 'ben') });
    opened().companies.answerNext('lose the answer');
    expect(await sync(id)).toEqual({ skipped: 'unavailable' });
    expect(inMeta()).toEqual(emails('ada', 'ben'));
    expect(await read(id)).toMatchObject({ error: 'unavailable', addresses: { emails: 0, toAdd: 2 } });
    stores.clock.advance(60_000);
    await opened().shop.send(says('ada', false));
    opened().companies.answerNext('lose the answer');
    await sync(id);
    await sync(id);
    expect(inMeta()).toEqual(emails('ben'));
    expect(await read(id)).toMatchObject({
      error: null,
      retryAt: null,
      addresses: { emails: 1, toAdd: 0, toRemove: 0 },
    });
  });

  it('asks for patience waits that long', async () => {
    await opened().shop.send(says('ada', true));
    const id = await setUp({ ...meta, segment: await listOf('ada') });
    const usage = JSON.stringify({ '1': [{ type: 'custom_audience', estimated_time_to_regain_access: 19 }] });
    opened().companies.answerNext({
      status: 400,
      headers: { 'x-business-use-case-usage': usage },
      body: graphError(80_003, 'There have been too many calls'),
    });
    expect(await sync(id)).toEqual({ skipped: 'rate_limited' });
    const retryAt = new Date(stores.clock.now().getTime() + 19 * 60_000);
    expect(await read(id)).toMatchObject({ error: 'rate_limited', retryAt: retryAt.toISOString() });
    const due = async (now: Date) =>
      (await stores.pg.rows(listDueAdAudiences, { now, lookedBefore: now })).some(
        ({ workspace_id }) => workspace_id === opened().shop.id,
      );
    expect(await due(new Date(retryAt.getTime() - 1))).toBe(false);
    expect(await due(retryAt)).toBe(true);
    expect((await call('POST', `/ad-audiences/${id}/sync`)).json).toMatchObject({ retryAt: null });
  });

  it.each([
    ['an ended token', { status: 400, body: graphError(190, 'Error validating access token') }, 'credentials'],
    ['a missing right', { status: 403, body: graphError(200, 'Permissions error') }, 'credentials'],
    ['an audience that is gone', { status: 400, body: graphError(100, 'Unsupported request') }, 'refused'],
    ['a fault of its own', { status: 500, body: graphError(2, 'Service temporarily unavailable') }, 'unavailable'],
    ['something before it', { status: 502, body: '<html>' }, 'unavailable'],
  ])('gives another answer says what is in the way: %s', async (_name, answer, error) => {
    await opened().shop.send(says('ada', true));
    const id = await setUp({ ...meta, segment: await listOf('ada') });
    opened().companies.answerNext(answer);
    await sync(id);
    expect(await read(id)).toMatchObject({ error, addresses: { toAdd: 1 } });
  });
});

describe('an audience by and by', () => {
  it('loses whoever was erased, and keeps nothing but the hash until the company was told', async () => {
    await opened().shop.send(says('ada', true), says('ben', true));
    const id = await setUp({ ...meta, segment: await listOf('ada', 'ben') });
    await sync(id);
    const data = createCommunicatedData({ ...stores, secrets: testSecrets });
    const person = {
      workspaceId: opened().shop.id,
      profileIds: await roots(['ada']),
      identifiers: [{ namespace: 'email', value: 'ada@example.fr', raw: 'ada@example.fr' }],
      orderIds: [],
    };
    expect(await data.export(person)).toMatchObject({
      adAudiences: [{ audience: 'Ads', company: 'meta', address: 'email', state: 'in' }],
    });
    expect(await data.erase(person)).toMatchObject({ adAddresses: 1 });
    expect(await data.export(person)).toMatchObject({ adAudiences: [] });
    await sync(id);
    expect(inMeta()).toEqual(emails('ben'));
    expect(await read(id)).toMatchObject({ addresses: { emails: 1, toRemove: 0 } });
  });

  it('is emptied at the company before it is removed here', async () => {
    await opened().shop.send(says('ada', true), says('ben', true));
    const id = await setUp({ ...meta, segment: await listOf('ada', 'ben') });
    await sync(id);
    expect((await call('DELETE', `/ad-audiences/${id}`)).status).toBe(204);
    opened().companies.answerNext({ status: 429, headers: { 'retry-after': '10' } });
    await sync(id);
    expect(await read(id)).toMatchObject({ state: 'ending', error: 'rate_limited', addresses: { toRemove: 2 } });
    expect((await call('PUT', `/ad-audiences/${id}`, { name: 'Again', ...meta, segment: '1' })).json).toMatchObject({
      code: 'communicate.ad_audience_ending',
    });
    await sync(id);
    expect(inMeta()).toEqual([]);
    expect((await call('GET', `/ad-audiences/${id}`)).status).toBe(404);
    expect(await sync(id)).toEqual({ skipped: 'gone' });
  });

  it('holds nobody a data partner does not allow for advertising', async () => {
    const partner = { key: 'acme', name: 'Acme data', basis: 'consent', uses: ['segments', 'ads'] };
    expect((await call('POST', '/outside-audiences', partner)).status).toBe(201);
    await opened().shop.send(says('ada', true));
    const items = [{ id: { kind: 'email', value: 'ada@example.fr' }, segment: 'auto' }];
    await call('POST', '/outside-audiences/acme/members', { items });
    const segment = await segmentOf({ kind: 'outside', provider: 'acme', segment: 'auto' });
    const id = await setUp({ ...meta, segment });
    await sync(id);
    expect(inMeta()).toEqual(emails('ada'));
    const { web, shop } = opened();
    await web.app.inject({
      method: 'PATCH',
      url: '/api/v1/outside-audiences/acme',
      headers: { authorization: `Bearer ${shop.secretKey}` },
      payload: { uses: ['segments'] },
    });
    waitForLook();
    await sync(id);
    expect(inMeta()).toEqual([]);
    expect(await read(id)).toMatchObject({ error: 'partner' });
    expect((await call('POST', '/ad-audiences', { name: 'Other', ...meta, segment })).json).toMatchObject({
      code: 'communicate.segment_not_allowed',
    });
  });

  it('is kept at Google as it wants people written', async () => {
    await opened().shop.send(
      says('ada', true, { email: 'A.da+Shop@gmail.com', phone: '+33612345678' }),
      says('ben', true),
    );
    const segment = await segmentOf({ kind: 'trait', trait: 'email', test: { type: 'any', op: 'exists' } });
    const id = await setUp({ ...google, segment });
    expect(await sync(id)).toEqual({ done: true });
    expect(opened().companies.members('777')).toEqual(
      [sha('ada@gmail.com'), sha('ben@example.fr'), sha('+33612345678')].sort(),
    );
    stores.clock.advance(1_000);
    await opened().shop.send(says('ben', false));
    opened().companies.tokens.google = 'ya29.another';
    expect(await sync(id)).toEqual({ done: true });
    expect(opened().companies.members('777')).toHaveLength(2);
  });
});

describe('setting one up', () => {
  it('never shows or stores a secret, and keeps it when it is left out', async () => {
    await opened().shop.send(says('ada', true));
    const segment = await listOf('ada');
    const id = await setUp({ ...meta, segment });
    const shown = await read(id);
    expect(shown).toMatchObject({ settings: { audienceId: '2385' }, secretsSet: ['accessToken'] });
    expect(JSON.stringify(shown)).not.toContain('EAAB');
    const change = { name: 'Renamed', kind: 'meta', segment, settings: { audienceId: '2385' } };
    expect((await call('PUT', `/ad-audiences/${id}`, change)).json).toMatchObject({ name: 'Renamed' });
    expect(await sync(id)).toEqual({ done: true });
    const moved = { ...change, settings: { audienceId: '99' } };
    expect((await call('PUT', `/ad-audiences/${id}`, moved)).json).toMatchObject({
      code: 'communicate.ad_audience_fixed',
    });
  });

  it.each([
    ['a missing token', { settings: { audienceId: '1' } }, 'communicate.ad_field'],
    [
      'an audience that is another path',
      { settings: { audienceId: '1/../me', accessToken: 'x' } },
      'communicate.ad_field',
    ],
    ['a token with a line end', { settings: { audienceId: '1', accessToken: 'x\ny' } }, 'communicate.ad_field'],
    ['an unknown field', { settings: { ...meta.settings, url: 'https://evil.example' } }, 'communicate.ad_field'],
    [
      'a file that is no service account',
      { ...google, settings: { ...google.settings, serviceAccount: '{}' } },
      'communicate.ad_field',
    ],
    ['a segment that is not there', { segment: '999999' }, 'communicate.segment_unknown'],
  ])('is refused with %s', async (_name, fields, code) => {
    const body = { name: 'Ads', ...meta, segment: '999999', ...fields };
    expect(await call('POST', '/ad-audiences', body)).toMatchObject({ status: 400, json: { code } });
  });

  it('is not for the key of another workspace', async () => {
    await opened().shop.send(says('ada', true));
    const id = await setUp({ ...meta, segment: await listOf('ada') });
    const { secretKey } = await createWorkspace(stores, {
      scopes: ['settings.write', 'segments.write', 'segments.read'],
    });
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['POST', '/sync', undefined],
      ['PUT', '', { name: 'Mine', ...meta, segment: '1' }],
    ] as const)
      expect((await call(method, `/ad-audiences/${id}${path}`, body, secretKey)).status).toBe(404);
    expect((await call('GET', '/ad-audiences', undefined, secretKey)).json).toEqual({ items: [] });
    expect(await read(id)).toMatchObject({ state: 'running' });
  });
});
