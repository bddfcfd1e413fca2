import type { Role } from '@vitrail/contracts';
import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../../test/builders.ts';
import { useApp } from '../../test/httpApp.ts';
import { createKeyHeaders, createPerson, pageHeaders, password, signIn, type TestPerson } from '../../test/people.ts';
import { useStores } from '../../test/stores.ts';
import { insertMember } from './sql/members.pg.ts';

const deps = useStores();
const opened = useApp(deps);

const call = async (
  by: { headers: Record<string, string> },
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
) => opened.app.inject({ method, url, headers: by.headers, ...(payload === undefined ? {} : { payload }) });

async function shopWithOwner() {
  const workspace = await createWorkspace(deps);
  const owner = await createPerson(deps, opened, workspace.id, 'owner');
  const add = (role: Role): Promise<TestPerson> => createPerson(deps, opened, workspace.id, role);
  return { workspace, owner, add };
}

const auditOf = async (by: { headers: Record<string, string> }, query = '') =>
  (await call(by, 'GET', `/api/v1/audit${query}`)).json();

describe('inviting', () => {
  test('gives a link that works once, and the person then signs in with the chosen password', async () => {
    const { owner } = await shopWithOwner();
    const email = `New.${owner.id}@Shop.example`;
    const invited = await call(owner, 'POST', '/api/v1/users', { name: 'New', email, role: 'analyst' });
    expect(invited.statusCode).toBe(201);
    const { user, invitation } = invited.json();
    expect(user).toMatchObject({ name: 'New', email: email.toLowerCase(), role: 'analyst', state: 'invited' });
    const token = new URL(invitation.url).hash.replace('#token=', '');
    expect(invitation.url).toBe(`http://localhost/invitation#token=${token}`);

    await expect(signIn(opened.app, email)).rejects.toThrow(/401/);
    const choose = () =>
      opened.app.inject({
        method: 'POST',
        url: '/api/auth/reset-password',
        headers: pageHeaders,
        payload: { newPassword: password, token },
      });
    expect((await choose()).statusCode).toBe(200);
    expect((await choose()).json()).toMatchObject({ status: 400, code: 'auth.invalid_token' });
    const headers = await signIn(opened.app, email);
    const me = (await call({ headers }, 'GET', '/api/v1/me')).json();
    expect(me).toMatchObject({ user: { id: user.id }, role: 'analyst', workspaces: [{ role: 'analyst' }] });
    expect(me.permissions).not.toContain('personal.read');
    const listed = (await call(owner, 'GET', '/api/v1/users')).json().items;
    expect(listed.map((one: { state: string }) => one.state)).toEqual(['active', 'active']);
  });

  test('an invitation is not valid for ever', async () => {
    const { owner } = await shopWithOwner();
    const email = `late.${owner.id}@shop.example`;
    deps.clock.advance(-8 * 24 * 3600_000);
    const invited = await call(owner, 'POST', '/api/v1/users', { name: 'Late', email, role: 'viewer' });
    deps.clock.advance(8 * 24 * 3600_000);
    const token = new URL(invited.json().invitation.url).hash.replace('#token=', '');
    const payload = { newPassword: password, token };
    const url = '/api/auth/reset-password';
    const answer = await opened.app.inject({ method: 'POST', url, headers: pageHeaders, payload });
    expect(answer.json()).toMatchObject({ status: 400, code: 'auth.invalid_token' });
    const { id } = invited.json().user;
    expect((await call(owner, 'POST', `/api/v1/users/${id}/invitation`)).statusCode).toBe(201);
  });

  test('somebody who already is a member is a conflict', async () => {
    const { owner, add } = await shopWithOwner();
    const { email } = await add('viewer');
    const again = await call(owner, 'POST', '/api/v1/users', { name: 'Again', email, role: 'owner' });
    expect(again.json()).toMatchObject({ status: 409, code: 'govern.already_member' });
  });

  test('somebody known from another workspace joins without a link, and no owner can reset their password', async () => {
    const [one, two] = [await shopWithOwner(), await shopWithOwner()];
    const person = await one.add('marketer');
    const joined = await call(two.owner, 'POST', '/api/v1/users', { name: 'X', email: person.email, role: 'viewer' });
    expect(joined.json()).toMatchObject({ user: { id: person.id, state: 'active' }, invitation: null });
    const reset = await call(two.owner, 'POST', `/api/v1/users/${person.id}/invitation`);
    expect(reset.json()).toMatchObject({ status: 409, code: 'govern.shared_user' });
  });
});

describe('the last owner', () => {
  test('cannot be removed or demoted; with a second one they can', async () => {
    const { owner, add } = await shopWithOwner();
    const itself = `/api/v1/users/${owner.id}`;
    expect((await call(owner, 'DELETE', itself)).json()).toMatchObject({ status: 409, code: 'govern.last_owner' });
    expect((await call(owner, 'PATCH', itself, { role: 'viewer' })).json()).toMatchObject({
      code: 'govern.last_owner',
    });
    expect((await call(owner, 'PATCH', itself, { role: 'owner' })).statusCode).toBe(200);
    const second = await add('owner');
    expect((await call(second, 'PATCH', itself, { role: 'viewer' })).json()).toMatchObject({ role: 'viewer' });
    expect((await call(owner, 'GET', '/api/v1/users')).statusCode).toBe(403);
  });

  test('stays even when two owners demote each other at the same moment', async () => {
    const { workspace, owner, add } = await shopWithOwner();
    const second = await add('owner');
    const demote = (by: TestPerson, whom: TestPerson) =>
      call(by, 'PATCH', `/api/v1/users/${whom.id}`, { role: 'viewer' });
    const answers = await Promise.all([demote(owner, second), demote(second, owner)]);
    expect(answers.filter((answer) => answer.statusCode === 200).length).toBeLessThanOrEqual(1);
    const rows = await deps.pg.pool.query(
      `select count(*)::int as owners from govern.member where workspace_id = $1 and role = 'owner'`,
      [workspace.id],
    );
    expect(rows.rows[0].owners).toBeGreaterThanOrEqual(1);
  });
});

describe('removing', () => {
  test('shuts a person out at once and forgets the account, so the address can be invited again', async () => {
    const { owner, add } = await shopWithOwner();
    const person = await add('marketer');
    expect((await call(person, 'GET', '/api/v1/workspace')).statusCode).toBe(200);
    expect((await call(owner, 'DELETE', `/api/v1/users/${person.id}`)).statusCode).toBe(204);
    expect((await call(person, 'GET', '/api/v1/workspace')).statusCode).toBe(401);
    await expect(signIn(opened.app, person.email)).rejects.toThrow(/401/);
    const again = await call(owner, 'POST', '/api/v1/users', { name: 'Back', email: person.email, role: 'viewer' });
    expect(again.json().invitation).not.toBeNull();
  });

  test('keeps the account of somebody who also belongs elsewhere', async () => {
    const [one, two] = [await shopWithOwner(), await shopWithOwner()];
    const person = await one.add('marketer');
    await deps.pg.run(insertMember, { workspace: two.workspace.id, user: person.id, role: 'viewer' });
    await call(one.owner, 'DELETE', `/api/v1/users/${person.id}`);
    const headers = await signIn(opened.app, person.email);
    expect((await call({ headers }, 'GET', '/api/v1/me')).json()).toMatchObject({
      workspaceId: two.workspace.id,
      workspaces: [{ id: two.workspace.id }],
    });
  });

  test('people of another workspace are out of reach', async () => {
    const [one, two] = [await shopWithOwner(), await shopWithOwner()];
    const stranger = await two.add('viewer');
    for (const [method, body] of [
      ['PATCH', { role: 'owner' }],
      ['DELETE', undefined],
    ] as const)
      expect((await call(one.owner, method, `/api/v1/users/${stranger.id}`, body)).json()).toMatchObject({
        status: 404,
        code: 'govern.no_such_user',
      });
    expect((await call(one.owner, 'POST', `/api/v1/users/${stranger.id}/invitation`)).statusCode).toBe(404);
  });
});

describe('the audit log', () => {
  test('tells who did what to whom, without names, addresses or secrets in the record', async () => {
    const { owner, add } = await shopWithOwner();
    const person = await add('viewer');
    await call(owner, 'PATCH', `/api/v1/users/${person.id}`, { role: 'steward' });
    await call(owner, 'DELETE', `/api/v1/users/${person.id}`);
    await call(owner, 'PATCH', '/api/v1/workspace', { name: 'Renamed' });
    const made = await call(owner, 'POST', '/api/v1/keys', {
      kind: 'secret',
      name: 'Reports',
      scopes: ['export.read'],
    });
    await call(owner, 'DELETE', `/api/v1/keys/${made.json().key.id}`);
    const site = { name: 'Second', country: 'FR', currency: 'EUR', language: 'fr', domain: 'Shop.Example' };
    const { id } = (await call(owner, 'POST', '/api/v1/sites', site)).json();
    await call(owner, 'PATCH', `/api/v1/sites/${id}`, { domain: null });
    await call(owner, 'DELETE', `/api/v1/sites/${id}`);
    const { items, next } = await auditOf(owner);
    expect(next).toBeNull();
    expect(items.map((entry: { action: string }) => entry.action)).toEqual([
      'site.removed',
      'site.changed',
      'site.created',
      'key.revoked',
      'key.created',
      'workspace.changed',
      'user.removed',
      'user.role_changed',
    ]);
    expect(items.at(-1)).toMatchObject({
      actor: { kind: 'user', id: owner.id, name: 'The owner' },
      target: `user ${person.id}`,
      details: { before: 'viewer', after: 'steward' },
    });
    expect(JSON.stringify(items)).not.toContain(made.json().secret);
    expect(JSON.stringify(items)).not.toContain('@shop.example');
  });

  test('is filtered and paged without gaps or repeats', async () => {
    const { workspace, owner } = await shopWithOwner();
    for (let i = 0; i < 7; i++) await call(owner, 'PATCH', '/api/v1/workspace', { name: `Name ${i}` });
    const key = await createKeyHeaders(deps, workspace.id, ['audit.read', 'settings.write']);
    await opened.app.inject({ method: 'PATCH', url: '/api/v1/workspace', headers: key, payload: { country: 'CH' } });
    const seen: number[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 10; pages++) {
      const query: string = `?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: { items: { id: number }[]; next: string | null } = await auditOf({ headers: key }, query);
      seen.push(...page.items.map((entry) => entry.id));
      cursor = page.next;
    }
    expect(seen).toHaveLength(9);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
    expect((await auditOf(owner, '?action=key.')).items).toHaveLength(1);
    expect((await auditOf(owner, `?actor=${owner.id}`)).items).toHaveLength(7);
    expect((await auditOf(owner, '?from=2999-01-01T00:00:00Z')).items).toHaveLength(0);
    expect((await auditOf(owner, '?to=2999-01-01T00:00:00Z&limit=1')).items).toHaveLength(1);
    const byKey = (await auditOf(owner, '?action=workspace.changed&limit=1')).items[0];
    expect(byKey.actor).toMatchObject({ kind: 'key', name: 'Test' });
    expect((await auditOf(owner, '?cursor=nonsense')).code).toBe('http.bad_cursor');
  });
});

describe('keys', () => {
  test('nobody hands out more than they may do themselves', async () => {
    const { add } = await shopWithOwner();
    const developer = await add('developer');
    const ask = (scopes: string[]) => call(developer, 'POST', '/api/v1/keys', { kind: 'secret', name: 'More', scopes });
    expect((await ask(['profiles.erase', 'profiles.read'])).json()).toMatchObject({
      status: 403,
      code: 'govern.scope_not_held',
      scopes: ['profiles.erase'],
    });
    expect((await ask(['users.write'])).json()).toMatchObject({ status: 400, code: 'http.invalid_request' });
    expect((await ask([])).statusCode).toBe(400);
    expect((await ask(['profiles.read'])).statusCode).toBe(201);
  });

  test('a secret is shown once, works at once, and stops at once when revoked', async () => {
    const { workspace, owner } = await shopWithOwner();
    const made = (
      await call(owner, 'POST', '/api/v1/keys', { kind: 'secret', name: 'CI', scopes: ['settings.read'] })
    ).json();
    expect(made.secret).toMatch(/^sk_[\w-]{32}$/);
    expect(made.key).toMatchObject({ kind: 'secret', prefix: made.secret.slice(0, 8), value: null });
    const use = async () =>
      (await opened.app.inject({ url: '/api/v1/workspace', headers: { authorization: `Bearer ${made.secret}` } }))
        .statusCode;
    expect(await use()).toBe(200);
    const write = (
      await call(owner, 'POST', '/api/v1/keys', { kind: 'write', name: 'Web', sourceId: workspace.sourceId })
    ).json();
    expect(write).toMatchObject({ secret: null, key: { kind: 'write', value: expect.stringMatching(/^wk_/) } });
    expect((await call(owner, 'GET', '/api/v1/keys')).body).not.toContain(made.secret);
    expect((await call(owner, 'DELETE', `/api/v1/keys/${made.key.id}`)).json().revokedAt).not.toBeNull();
    expect(await use()).toBe(401);
    expect((await call(owner, 'DELETE', `/api/v1/keys/${made.key.id}`)).statusCode).toBe(200);
    expect((await auditOf(owner, '?action=key.revoked')).items).toHaveLength(1);
  });
});

describe('sites', () => {
  const site = { name: 'Second', country: 'BE', currency: 'EUR', language: 'nl', domain: 'be.shop.example' };

  test('are added, changed and removed, each name once', async () => {
    const { owner } = await shopWithOwner();
    const made = (await call(owner, 'POST', '/api/v1/sites', site)).json();
    expect(made).toMatchObject(site);
    expect((await call(owner, 'POST', '/api/v1/sites', site)).json()).toMatchObject({ code: 'govern.site_name_taken' });
    const url = `/api/v1/sites/${made.id}`;
    expect((await call(owner, 'PATCH', url, { name: 'Main' })).json()).toMatchObject({
      code: 'govern.site_name_taken',
    });
    expect((await call(owner, 'PATCH', url, { name: 'Second', currency: 'CHF' })).json()).toMatchObject({
      name: 'Second',
      currency: 'CHF',
      domain: 'be.shop.example',
    });
    expect((await call(owner, 'PATCH', url, { domain: null })).json().domain).toBeNull();
    expect((await call(owner, 'GET', '/api/v1/sites')).json().items).toHaveLength(2);
    expect((await call(owner, 'DELETE', url)).statusCode).toBe(204);
    expect((await call(owner, 'DELETE', url)).json()).toMatchObject({ status: 404, code: 'govern.no_such_site' });
  });

  test.each([
    ['country', 'France'],
    ['currency', 'euro'],
    ['language', 'French'],
    ['domain', 'https://shop.example/'],
    ['name', '   '],
    ['name', 'x\u0000y'],
  ])('%s %j is refused', async (field, value) => {
    const { owner } = await shopWithOwner();
    const answer = await call(owner, 'POST', '/api/v1/sites', { ...site, [field]: value });
    expect(answer.statusCode).toBe(400);
  });
});
