import { keyScopes } from '@vitrail/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createWorkspace } from '../../test/builders.ts';
import { findForeignLeaks } from '../../test/foreignKey.ts';
import { useApp } from '../../test/httpApp.ts';
import { createKeyHeaders, createPerson } from '../../test/people.ts';
import { useStores } from '../../test/stores.ts';
import { principalOf } from './principal.ts';

const deps = useStores();
const opened = useApp(deps, {
  rooms: (app) => {
    // A route as a careless room would write it, to see that the search finds what it looks for.
    app.get(
      '/api/v1/careless/:id',
      {
        config: { access: 'profiles.read' },
        schema: { summary: 'x', tags: ['x'], params: z.object({ id: z.string() }), response: { 200: z.unknown() } },
      },
      async (request) => ({ by: principalOf(request).workspaceId, name: 'Hidden shop' }),
    );
  },
});

/** Tables of this room, as they are; what an attack must not change. */
const snapshot = async (workspace: number) =>
  Promise.all(
    ['workspace where id', 'site where workspace_id', 'member where workspace_id', 'audit where workspace_id'].map(
      async (table) => (await deps.pg.pool.query(`select * from govern.${table} = $1 order by 1, 2`, [workspace])).rows,
    ),
  );

test('credentials of another workspace show nothing and change nothing here', async () => {
  const here = await createWorkspace(deps, { name: 'Hidden shop' });
  const person = await createPerson(deps, opened, here.id, 'viewer');
  const owner = await createPerson(deps, opened, here.id, 'owner');
  await opened.app.inject({
    method: 'PATCH',
    url: '/api/v1/workspace',
    headers: owner.headers,
    payload: { country: 'FR' },
  });
  const view = await opened.app.inject({
    method: 'POST',
    url: '/api/v1/views',
    headers: owner.headers,
    payload: { list: 'customers', name: 'Hidden view', search: {}, columns: {} },
  });
  expect(view.statusCode).toBeLessThan(300);
  const keys = await deps.pg.pool.query(`select id from govern.api_key where workspace_id = $1 and kind = 'secret'`, [
    here.id,
  ]);
  const there = await createWorkspace(deps, { name: 'Nosy shop' });
  const nosy = await createPerson(deps, opened, there.id, 'owner');
  const before = await snapshot(here.id);
  const attack = {
    app: opened.app,
    ids: {
      id: here.siteId,
      sourceId: here.sourceId,
      '/api/v1/users id': person.id,
      '/api/v1/keys id': keys.rows[0].id,
      '/api/v1/views id': view.json().id,
      actor: owner.id,
      target: `workspace ${here.id}`,
    },
    marks: ['Hidden shop', here.writeKey, here.secretKey.slice(0, 8), person.email, owner.email, owner.id],
  };
  const careless = `GET /api/v1/careless/${here.siteId} (200)`;
  const found = [`${careless} shows Hidden shop`, `${careless} succeeded on what belongs to another workspace`];

  const byPerson = await findForeignLeaks({ ...attack, headers: nosy.headers });
  expect(byPerson.leaks).toEqual(found);
  const byKey = await findForeignLeaks({ ...attack, headers: await createKeyHeaders(deps, there.id, keyScopes) });
  expect(byKey.leaks).toEqual(found);
  expect(byKey.called).toBeGreaterThanOrEqual(17);
  expect(await snapshot(here.id)).toEqual(before);
  expect(await opened.govern.keys.findSecretKey(here.secretKey)).not.toBeNull();
});

test('a header naming another workspace is refused, whether it exists or not', async () => {
  const [here, there] = [await createWorkspace(deps), await createWorkspace(deps)];
  const key = await createKeyHeaders(deps, here.id, ['settings.read']);
  const person = await createPerson(deps, opened, here.id, 'owner');
  for (const headers of [key, person.headers])
    for (const workspace of [there.id, 99_999_999])
      expect(
        (
          await opened.app.inject({
            url: '/api/v1/workspace',
            headers: { ...headers, 'x-vitrail-workspace': String(workspace) },
          })
        ).json(),
      ).toMatchObject({ status: 403, code: 'govern.other_workspace' });
});
