import { savedViewListSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../test/builders.ts';
import { useApp } from '../../test/httpApp.ts';
import { createPerson } from '../../test/people.ts';
import { useStores } from '../../test/stores.ts';
import { deleteMember, insertMember } from './sql/members.pg.ts';

const deps = useStores();
const opened = useApp(deps);
type Headers = Record<string, string>;

const call = async (headers: Headers, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
  opened.app.inject({ method, url: `/api/v1/${url}`, headers, ...(payload && { payload }) });
const namesOf = async (headers: Headers, query = '') =>
  savedViewListSchema.parse((await call(headers, 'GET', `views${query}`)).json()).items.map(({ name }) => name);
const view = (overrides: object = {}) => ({
  list: 'customers',
  name: 'Lyon',
  search: { q: 'lyon', visitors: true },
  columns: { phone: false },
  ...overrides,
});

describe('saved views', () => {
  it('are a person’s own, in one workspace, listed by name and replaced by a second of the name', async () => {
    const workspace = await createWorkspace(deps);
    const other = await createWorkspace(deps);
    const anna = await createPerson(deps, opened, workspace.id, 'viewer');
    const paul = await createPerson(deps, opened, workspace.id, 'owner');
    const stranger = await createPerson(deps, opened, other.id, 'owner');

    const saved = (await call(anna.headers, 'POST', 'views', view())).json();
    expect(saved).toEqual({ ...view(), id: expect.any(Number), savedAt: deps.clock.now().toISOString() });
    await call(anna.headers, 'POST', 'views', view({ name: 'Brest' }));
    await call(anna.headers, 'POST', 'views', view({ list: 'products', name: 'Out of stock' }));
    expect(await namesOf(anna.headers, '?list=customers')).toEqual(['Brest', 'Lyon']);
    expect(await namesOf(anna.headers)).toEqual(['Brest', 'Lyon', 'Out of stock']);

    const again = await call(anna.headers, 'POST', 'views', view({ search: { q: 'villeurbanne' } }));
    expect(again.json()).toMatchObject({ id: saved.id, search: { q: 'villeurbanne' } });

    for (const { headers } of [paul, stranger]) {
      expect(await namesOf(headers)).toEqual([]);
      expect((await call(headers, 'DELETE', `views/${saved.id}`)).statusCode).toBe(404);
    }
    expect((await call(anna.headers, 'DELETE', `views/${saved.id}`)).json()).toEqual({ id: saved.id });
    expect(await namesOf(anna.headers, '?list=customers')).toEqual(['Brest']);
  });

  it('are refused when they are too many or no views', async () => {
    const workspace = await createWorkspace(deps);
    const { headers } = await createPerson(deps, opened, workspace.id, 'viewer');
    for (let number = 0; number < 50; number++) await call(headers, 'POST', 'views', view({ name: `V${number}` }));
    expect((await call(headers, 'POST', 'views', view({ name: 'one more' }))).json()).toMatchObject({
      status: 409,
      code: 'govern.too_many_views',
    });
    expect((await call(headers, 'POST', 'views', view({ name: 'V7' }))).statusCode).toBe(200);
    for (const wrong of [{ name: ' ' }, { list: '../x' }, { search: { q: {} } }, { columns: { phone: 1 } }])
      expect((await call(headers, 'POST', 'views', view(wrong))).statusCode).toBe(400);
  });

  it('go when the person leaves the workspace', async () => {
    const workspace = await createWorkspace(deps);
    const anna = await createPerson(deps, opened, workspace.id, 'marketer');
    await call(anna.headers, 'POST', 'views', view());
    await deps.pg.run(deleteMember, { workspace: workspace.id, user: anna.id });
    expect((await call(anna.headers, 'GET', 'views')).json()).toMatchObject({
      status: 403,
      code: 'govern.no_workspace',
    });
    await deps.pg.run(insertMember, { workspace: workspace.id, user: anna.id, role: 'marketer' });
    expect(await namesOf(anna.headers)).toEqual([]);
  });
});

it('the language of the console is kept with the account', async () => {
  const workspace = await createWorkspace(deps);
  const { headers } = await createPerson(deps, opened, workspace.id, 'viewer');
  expect((await call(headers, 'GET', 'me')).json()).toMatchObject({ language: null });
  expect((await call(headers, 'PATCH', 'me', { language: 'fr' })).json()).toEqual({ language: 'fr' });
  expect((await call(headers, 'GET', 'me')).json()).toMatchObject({ language: 'fr' });
  expect((await call(headers, 'PATCH', 'me', { language: 'tlh' })).statusCode).toBe(400);
});
