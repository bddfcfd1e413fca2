import { type Permission, rolePermissions, roleSchema } from '@vitrail/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { findUndescribed, listApiRoutes } from '../../test/apiRoutes.ts';
import { createWorkspace, type TestWorkspace } from '../../test/builders.ts';
import { useApp } from '../../test/httpApp.ts';
import { createKeyHeaders, createPerson, type TestPerson } from '../../test/people.ts';
import { useStores } from '../../test/stores.ts';

const deps = useStores();
const opened = useApp(deps);

/** Every route of this room that demands something, with a request that would change nothing important. */
const routes: readonly [
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  access: Permission | 'signed-in',
  body?: object,
][] = [
  ['GET', '/api/v1/me', 'signed-in'],
  ['PATCH', '/api/v1/me', 'signed-in', {}],
  ['GET', '/api/v1/views', 'signed-in'],
  ['POST', '/api/v1/views', 'signed-in', { name: '' }],
  ['DELETE', '/api/v1/views/999999', 'signed-in'],
  ['POST', '/api/v1/workspaces', 'users.write', { name: '' }],
  ['GET', '/api/v1/workspace', 'settings.read'],
  ['PATCH', '/api/v1/workspace', 'settings.write', {}],
  ['GET', '/api/v1/sites', 'settings.read'],
  ['POST', '/api/v1/sites', 'settings.write', { name: '' }],
  ['PATCH', '/api/v1/sites/999999', 'settings.write', {}],
  ['DELETE', '/api/v1/sites/999999', 'settings.write'],
  ['GET', '/api/v1/users', 'users.write'],
  ['POST', '/api/v1/users', 'users.write', { name: '' }],
  ['PATCH', '/api/v1/users/nobody', 'users.write', { role: 'viewer' }],
  ['DELETE', '/api/v1/users/nobody', 'users.write'],
  ['POST', '/api/v1/users/nobody/invitation', 'users.write'],
  ['GET', '/api/v1/keys', 'keys.write'],
  ['POST', '/api/v1/keys', 'keys.write', { name: '' }],
  ['DELETE', '/api/v1/keys/999999', 'keys.write'],
  ['GET', '/api/v1/audit', 'audit.read'],
];

test('the table above names every route of this room that is not public', () => {
  const documented = listApiRoutes(opened.app)
    .filter(({ operation }) => operation.tags?.includes('govern') && (operation.security?.length ?? 0) > 0)
    .map(({ method, path }) => `${method} ${path}`);
  const listed = routes.map(([method, url]) => `${method} ${url.replace(/\/(999999|nobody)/, '/{id}')}`);
  expect(listed.sort()).toEqual(documented.sort());
});

test('every route of this room is described completely', () => {
  expect(findUndescribed(listApiRoutes(opened.app))).toEqual([]);
});

describe.each(roleSchema.options)('%s', (role) => {
  let person: TestPerson;
  beforeAll(async () => {
    const workspace = await createWorkspace(deps);
    person = await createPerson(deps, opened, workspace.id, role);
  });

  test.each(routes)('%s %s is open exactly with its permission', async (method, url, access, body) => {
    const answer = await opened.app.inject({
      method,
      url,
      headers: person.headers,
      ...(body ? { payload: body } : {}),
    });
    const allowed = access === 'signed-in' || rolePermissions[role].includes(access);
    if (allowed) expect([200, 400, 404]).toContain(answer.statusCode);
    else expect(answer.json()).toMatchObject({ status: 403, code: 'govern.not_allowed', permission: access });
  });
});

describe('secret keys', () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await createWorkspace(deps);
  });

  test.each(routes)('%s %s is open to a key exactly with that scope', async (method, url, access, body) => {
    const { app } = opened;
    const payload = body ? { payload: body } : {};
    const without = await createKeyHeaders(deps, workspace.id, ['profiles.read']);
    expect((await app.inject({ method, url, headers: without, ...payload })).statusCode).toBe(403);
    if (access === 'signed-in' || access === 'users.write') return;
    const withScope = await createKeyHeaders(deps, workspace.id, [access]);
    const answer = await app.inject({ method, url, headers: withScope, ...payload });
    expect([200, 400, 404]).toContain(answer.statusCode);
  });

  test('a wrong, an absent and an odd Authorization header are refused', async () => {
    const get = async (headers: Record<string, string>) =>
      (await opened.app.inject({ url: '/api/v1/workspace', headers })).json();
    expect(await get({})).toMatchObject({ status: 401, code: 'govern.signed_out' });
    expect(await get({ authorization: 'Bearer sk_wrong' })).toMatchObject({ status: 401, code: 'govern.wrong_key' });
    expect(await get({ authorization: `Bearer ${workspace.writeKey}` })).toMatchObject({ status: 401 });
    expect(await get({ authorization: 'Basic eDp5' })).toMatchObject({ status: 401, code: 'govern.wrong_scheme' });
  });

  test('a scope that keys may not have is ignored even when it stands in the database', async () => {
    const forged = await createWorkspace(deps, { scopes: ['users.write', 'settings.read'] });
    const headers = { authorization: `Bearer ${forged.secretKey}` };
    expect((await opened.app.inject({ url: '/api/v1/users', headers })).statusCode).toBe(403);
    expect((await opened.app.inject({ url: '/api/v1/workspace', headers })).statusCode).toBe(200);
  });

  test('the time of last use is written down', async () => {
    const headers = await createKeyHeaders(deps, workspace.id, ['settings.read', 'keys.write']);
    await opened.app.inject({ url: '/api/v1/workspace', headers });
    const listed = await opened.app.inject({ url: '/api/v1/keys', headers });
    expect(listed.json().items[0]).toMatchObject({ kind: 'secret', lastUsedAt: deps.clock.now().toISOString() });
  });
});
