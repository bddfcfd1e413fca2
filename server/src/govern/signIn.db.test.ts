import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../test/builders.ts';
import { openTestApp, type TestApp, type TestAppOptions } from '../../test/httpApp.ts';
import { createPerson, pageHeaders, password } from '../../test/people.ts';
import { useStores } from '../../test/stores.ts';

const deps = useStores();
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createWorkspace(deps);
});

const opened: TestApp[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** The server on a real port, and a client that keeps cookies as a browser does. */
async function listen(options: TestAppOptions = {}) {
  const test = await openTestApp(deps, options);
  opened.push(test);
  const origin = await test.app.listen({ host: '127.0.0.1', port: 0 });
  const jar = new Map<string, string>();
  const page = { origin, 'sec-fetch-site': 'same-origin', 'x-vitrail-request': 'console' };
  const call = async (
    path: string,
    init: { body?: object; headers?: Record<string, string>; method?: string } = {},
  ) => {
    const answer = await fetch(`${origin}${path}`, {
      method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
      headers: {
        ...page,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...init.headers,
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, json: text === '' ? null : JSON.parse(text) };
  };
  const signIn = (email: string, secret = password) =>
    call('/api/auth/sign-in/email', { body: { email, password: secret } });
  return { ...test, origin, jar, call, signIn };
}

/** RFC 6238 with the usual settings, as an authenticator app computes it. */
function totp(uri: string, at = Date.now()): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('signing in and out over real HTTP opens and closes the admin API', async () => {
  const { app, govern, call, signIn, jar } = await listen();
  const { email } = await createPerson(deps, { app, govern }, workspace.id, 'owner');
  expect((await call('/api/v1/me')).json).toMatchObject({ status: 401, code: 'govern.signed_out' });
  expect((await signIn(email)).status).toBe(200);
  expect((await call('/api/v1/me')).json).toMatchObject({ user: { email }, workspaceId: workspace.id });
  expect((await call('/api/auth/get-session')).json).toMatchObject({ user: { email } });
  const kept = new Map(jar);
  expect((await call('/api/auth/sign-out', { method: 'POST' })).status).toBe(200);
  expect((await call('/api/v1/me')).status).toBe(401);
  for (const [name, value] of kept) jar.set(name, value);
  expect((await call('/api/v1/me')).status).toBe(401);
});

test('the session cookie is closed to scripts and other sites, and to plain http behind https', async () => {
  const plain = await listen();
  const { email } = await createPerson(deps, plain, workspace.id, 'viewer');
  const cookie = (await plain.signIn(email)).headers.getSetCookie().join('\n');
  expect(cookie).toMatch(/^vitrail\.session_token=/m);
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect(cookie).not.toMatch(/Secure/);
  const publicUrl = 'https://cdp.shop.example';
  const secure = await listen({ settings: { publicUrl } });
  const answer = await secure.call('/api/auth/sign-in/email', {
    body: { email, password },
    headers: { origin: publicUrl },
  });
  expect(answer.headers.getSetCookie().join('\n')).toMatch(/^__Secure-vitrail\.session_token=.*Secure/m);
});

test('a wrong password and an unknown address get the same answer', async () => {
  const { app, govern, signIn } = await listen();
  const { email } = await createPerson(deps, { app, govern }, workspace.id, 'viewer');
  const [wrong, unknown] = [await signIn(email, 'not the password'), await signIn('nobody@shop.example')];
  const same = { status: 401, code: 'auth.invalid_email_or_password', detail: wrong.json.detail };
  expect(wrong.json).toMatchObject(same);
  expect(unknown.json).toMatchObject(same);
  expect(wrong.headers.get('content-type')).toContain('application/problem+json');
});

test('guessing passwords is slowed down, with a time to wait', async () => {
  const { signIn } = await listen({
    settings: { limits: { guessesPerMinute: 3, apiPerMinute: 1000, perTenSeconds: 1000 } },
  });
  for (let i = 0; i < 3; i++) expect((await signIn('nobody@shop.example')).status).toBe(401);
  const refused = await signIn('nobody@shop.example');
  expect(refused.json).toMatchObject({ status: 429, code: 'http.too_many' });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('the library slows guessing down too, and its refusal looks like ours', async () => {
  const { call } = await listen({ signInsPerMinute: 2 });
  const guess = () => call('/api/auth/two-factor/verify-totp', { body: { code: '000000' } });
  const answers = [await guess(), await guess(), await guess()];
  expect(answers.at(-1)?.json).toMatchObject({ status: 429, code: 'auth.too_many_tries' });
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('pages of other sites can neither sign somebody in nor use a session', async () => {
  const { app, govern, call, signIn } = await listen();
  const { email } = await createPerson(deps, { app, govern }, workspace.id, 'owner');
  const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const forced = await call('/api/auth/sign-in/email', { body: { email, password }, headers: evil });
  expect(forced.json).toMatchObject({ status: 403, code: 'govern.cross_site' });
  await signIn(email);
  for (const path of ['/api/auth/sign-out', '/api/auth/update-user'])
    expect((await call(path, { body: { name: 'Mallory' }, headers: evil })).status).toBe(403);
  const change = { method: 'PATCH', body: { name: 'Mallory' } };
  expect((await call('/api/v1/workspace', { ...change, headers: evil })).json.code).toBe('govern.cross_site');
  expect((await call('/api/v1/workspace', change)).status).toBe(200);
});

test('nobody signs up, and what the library offers beyond the list is not there', async () => {
  const { call } = await listen();
  const body = { email: 'new@shop.example', password, name: 'New' };
  for (const path of ['sign-up/email', 'delete-user', 'change-email', 'request-password-reset', 'sign-in/social'])
    expect((await call(`/api/auth/${path}`, { body })).json).toMatchObject({ status: 404, code: 'http.no_such_route' });
});

describe('a second factor', () => {
  test('is asked for at sign-in once it is set up, and a backup code replaces it once', async () => {
    const { app, govern, call, signIn } = await listen();
    const { email } = await createPerson(deps, { app, govern }, workspace.id, 'owner');
    await signIn(email);
    const enabled = await call('/api/auth/two-factor/enable', { body: { password } });
    expect(enabled.status).toBe(200);
    const { totpURI, backupCodes } = enabled.json;
    const verify = () => call('/api/auth/two-factor/verify-totp', { body: { code: totp(totpURI) } });
    expect((await verify()).status).toBe(200);
    expect((await call('/api/v1/me')).json.user).toMatchObject({ twoFactor: true });
    await call('/api/auth/sign-out', { method: 'POST' });

    expect((await signIn(email)).json).toMatchObject({ twoFactorRedirect: true });
    expect((await call('/api/v1/me')).status).toBe(401);
    const wrong = await call('/api/auth/two-factor/verify-totp', { body: { code: '000000' } });
    expect(wrong.json).toMatchObject({ status: 401, code: 'auth.invalid_code' });
    expect((await verify()).status).toBe(200);
    expect((await call('/api/v1/me')).status).toBe(200);
    await call('/api/auth/sign-out', { method: 'POST' });

    const backUp = () => call('/api/auth/two-factor/verify-backup-code', { body: { code: backupCodes[0] } });
    await signIn(email);
    expect((await backUp()).status).toBe(200);
    await call('/api/auth/sign-out', { method: 'POST' });
    await signIn(email);
    expect((await backUp()).status).toBe(401);
  });
});

test('passwords are stored as the library hashes them, never as they are', async () => {
  const { app, govern } = await listen();
  await createPerson(deps, { app, govern }, workspace.id, 'viewer');
  const { rows } = await deps.pg.pool.query(`select password from auth.account where "providerId" = 'credential'`);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
    expect(row.password).not.toContain(password);
  }
});

test('a changed password ends the other sessions', async () => {
  const [one, two] = [await listen(), await listen()];
  const { email } = await createPerson(deps, one, workspace.id, 'viewer');
  await one.signIn(email);
  await two.signIn(email);
  const body = { currentPassword: password, newPassword: 'a new long password', revokeOtherSessions: true };
  expect((await one.call('/api/auth/change-password', { body })).status).toBe(200);
  expect((await one.call('/api/v1/me')).status).toBe(200);
  expect((await two.call('/api/v1/me')).status).toBe(401);
});

test('the headers of a page make no difference to who is asked', async () => {
  const { app } = await listen();
  const headers = { ...pageHeaders, cookie: 'vitrail.session_token=forged.signature' };
  expect((await app.inject({ url: '/api/v1/me', headers })).json()).toMatchObject({ status: 401 });
});
