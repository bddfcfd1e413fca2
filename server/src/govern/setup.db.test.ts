import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCuttablePostgres } from '../../test/cuttablePostgres.ts';
import { openTestApp, plainProvisioning, type TestApp } from '../../test/httpApp.ts';
import { pageHeaders, password, signIn } from '../../test/people.ts';
import { openTestPostgres, openTestStores, type TestDeps } from '../../test/stores.ts';
import { bootstrap, type Unattended } from './workspaces/bootstrap.ts';

// Set-up happens once per installation, so each test has a database of its own.
let deps: TestDeps;
let opened: TestApp;
let closeStores: () => Promise<void>;
beforeEach(async () => {
  const stores = await openTestStores();
  deps = stores.deps;
  closeStores = stores.close;
  opened = await openTestApp(deps);
});
afterEach(async () => {
  await opened.close();
  await closeStores();
});

const workspace = { name: 'Shop', baseCurrency: 'CHF', country: 'CH', timeZone: 'Europe/Zurich', language: 'fr' };
const first = { name: 'Ada', email: 'Ada@Shop.example', password, workspace };
const setUp = (payload: object = first, headers: Record<string, string> = pageHeaders) =>
  opened.app.inject({ method: 'POST', url: '/api/v1/setup', headers, payload });
const isNeeded = async () => (await opened.app.inject('/api/v1/setup')).json().needed;
const count = async (table: string): Promise<number> =>
  (await deps.pg.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;

describe('first-run set-up', () => {
  test('makes an owner who can sign in, and a workspace with the chosen settings', async () => {
    expect(await isNeeded()).toBe(true);
    const answer = await setUp();
    expect(answer.statusCode).toBe(201);
    expect(await isNeeded()).toBe(false);
    const headers = await signIn(opened.app, 'ada@shop.example');
    const me = (await opened.app.inject({ url: '/api/v1/me', headers })).json();
    expect(me).toMatchObject({
      user: { name: 'Ada', email: 'ada@shop.example', twoFactor: false },
      workspaces: [{ ...workspace, id: answer.json().workspaceId, role: 'owner' }],
      role: 'owner',
    });
    expect(me.permissions).toContain('users.write');
    const audit = (await opened.app.inject({ url: '/api/v1/audit', headers })).json();
    expect(audit.items).toMatchObject([{ action: 'workspace.created', actor: { id: me.user.id } }]);
  });

  test('happens once, even when ten ask at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => setUp({ ...first, email: `owner${i}@shop.example` })),
    );
    const statuses = answers.map((answer) => answer.statusCode);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(9);
    expect((await setUp()).json().code).toBe('govern.already_set_up');
    expect([await count('govern.workspace'), await count('govern.member'), await count('auth."user"')]).toEqual([
      1, 1, 1,
    ]);
  });

  test('leaves nothing half made when a room fails, and then succeeds', async () => {
    await opened.close();
    let fails = true;
    opened = await openTestApp(deps, {
      provisioning: {
        ...plainProvisioning,
        defaults: [
          async () => {
            if (fails) throw new Error('room is away');
          },
        ],
      },
    });
    expect((await setUp()).statusCode).toBe(500);
    expect([await count('govern.workspace'), await count('govern.member')]).toEqual([0, 0]);
    expect(await isNeeded()).toBe(true);
    fails = false;
    expect((await setUp({ ...first, password: 'another password' })).statusCode).toBe(201);
    await expect(signIn(opened.app, 'ada@shop.example')).rejects.toThrow(/401/);
  });

  test('cannot be triggered by a page of another site', async () => {
    const foreign = { ...pageHeaders, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await setUp(first, foreign)).json()).toMatchObject({ status: 403, code: 'govern.cross_site' });
    expect(await isNeeded()).toBe(true);
  });

  test.each([
    ['a short password', { ...first, password: '1234567' }, '/password'],
    ['no address', { ...first, email: 'ada' }, '/email'],
    ['an unknown time zone', { ...first, workspace: { ...workspace, timeZone: 'Mars/Base' } }, '/workspace/timeZone'],
    ['a wrong currency', { ...first, workspace: { ...workspace, baseCurrency: '€' } }, '/workspace/baseCurrency'],
  ])('says what is wrong with %s', async (_, payload, field) => {
    const answer = await setUp(payload);
    expect(answer.json()).toMatchObject({ status: 400, code: 'http.invalid_request', errors: [{ field }] });
    expect(answer.body).not.toContain(password);
  });
});

describe('an unattended start', () => {
  const asked: Unattended = {
    adminEmail: 'owner@shop.example',
    adminPassword: password,
    writeKey: 'wk_from_environment',
    secretKey: 'sk_from_environment',
  };
  const start = (overrides: Partial<Unattended> = {}) =>
    bootstrap({ ...deps, ...opened.govern }, { ...asked, ...overrides });

  test('makes workspace, owner, source and keys that work', async () => {
    await start();
    expect(await isNeeded()).toBe(false);
    await signIn(opened.app, 'owner@shop.example');
    const headers = { authorization: 'Bearer sk_from_environment' };
    expect((await opened.app.inject({ url: '/api/v1/workspace', headers })).statusCode).toBe(200);
    expect((await opened.app.inject({ url: '/api/v1/users', headers })).statusCode).toBe(403);
    expect(await opened.govern.keys.findWriteKey('wk_from_environment')).toMatchObject({
      sourceId: expect.any(Number),
    });
  });

  test('changes nothing when repeated, also by processes that start together', async () => {
    await Promise.all([start(), start(), start()]);
    await start();
    for (const table of ['govern.workspace', 'govern.member', 'auth."user"', 'collect.source'])
      expect([table, await count(table)]).toEqual([table, 1]);
    expect(await count('govern.api_key')).toBe(2);
  });

  test('keeps the password a person has, whatever the environment says later', async () => {
    await start();
    await start({ adminPassword: 'something else entirely' });
    await signIn(opened.app, 'owner@shop.example');
  });

  test('does not bring a revoked key back', async () => {
    await start();
    await deps.pg.pool.query('update govern.api_key set revoked_at = now()');
    await start();
    expect(await opened.govern.keys.findWriteKey('wk_from_environment')).toBeNull();
    expect(await opened.govern.keys.findSecretKey('sk_from_environment')).toBeNull();
    expect(await count('govern.api_key')).toBe(2);
  });

  test('adds a new key beside the old one when the environment changes', async () => {
    await start();
    await start({ writeKey: 'wk_second' });
    const keys = opened.govern.keys;
    expect((await keys.findWriteKey('wk_second'))?.sourceId).toBe(
      (await keys.findWriteKey('wk_from_environment'))?.sourceId,
    );
  });

  test('with keys alone leaves the set-up page to make the owner of that workspace', async () => {
    await start({ adminEmail: null, adminPassword: null });
    expect(await isNeeded()).toBe(true);
    expect((await setUp()).statusCode).toBe(201);
    expect(await count('govern.workspace')).toBe(1);
    const headers = await signIn(opened.app, 'ada@shop.example');
    const settings = (await opened.app.inject({ url: '/api/v1/workspace', headers })).json();
    expect(settings).toMatchObject({ name: 'Shop', country: 'CH', baseCurrency: 'EUR' });
  });

  test('without anything in the environment does nothing', async () => {
    await bootstrap(
      { ...deps, ...opened.govern },
      { adminEmail: null, adminPassword: null, writeKey: null, secretKey: null },
    );
    expect(await count('govern.workspace')).toBe(0);
  });

  test.each([
    [{ adminPassword: null }, /together/],
    [{ adminEmail: 'owner' }, /VITRAIL_ADMIN_EMAIL/],
    [{ adminPassword: 'x'.repeat(129) }, /longer/],
  ])('refuses %j with one clear sentence', async (overrides, sentence) => {
    await expect(start(overrides)).rejects.toThrow(sentence);
    expect(await count('govern.workspace')).toBe(0);
  });
});

describe('when PostgreSQL goes away', () => {
  test('everything that needs it answers 503 with Retry-After, and works again when it is back', async () => {
    const postgres = await openTestPostgres();
    const line = await openCuttablePostgres(postgres.url);
    const { app, govern, close } = await openTestApp({ ...deps, pg: line.pg });
    const post = (url: string, payload: object) => app.inject({ method: 'POST', url, headers: pageHeaders, payload });
    await post('/api/v1/setup', first);
    const headers = await signIn(app, 'ada@shop.example');
    const asked = () =>
      Promise.all([
        app.inject({ url: '/api/v1/me', headers }),
        app.inject('/api/v1/setup'),
        app.inject({ url: '/api/v1/workspace', headers: { authorization: 'Bearer sk_never_seen' } }),
        post('/api/auth/sign-in/email', { email: 'ada@shop.example', password }),
      ]);
    await line.cut();
    govern.keys.forget();
    for (const answer of await asked()) {
      expect(answer.json()).toMatchObject({ status: 503, code: 'platform.database_unavailable' });
      expect(answer.headers['retry-after']).toBe('5');
    }
    await line.mend();
    expect((await asked()).map((answer) => answer.statusCode)).toEqual([200, 200, 401, 200]);
    await close();
    await line.close();
    await postgres.close();
  });
});
