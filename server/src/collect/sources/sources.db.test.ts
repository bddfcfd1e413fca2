import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { createKeyHeaders, createPerson } from '../../../test/people.ts';
import { useStores } from '../../../test/stores.ts';
import { createDefaultSources, ensureDefaultSource, registerSourceRoutes } from './index.ts';

const deps = useStores();
const door = useApp(deps, {
  rooms: (app, { keys, publicUrl }) => registerSourceRoutes(app, deps, { keys, publicUrl }),
});

async function openShop() {
  const shop = await createWorkspace(deps);
  const headers = await createKeyHeaders(deps, shop.id, ['data.read', 'keys.write', 'audit.read']);
  const call = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) => {
    const answer = await door.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    return { status: answer.statusCode, json: answer.body === '' ? null : answer.json() };
  };
  return { ...shop, headers, call };
}
const till = { name: 'Tills', family: 'store', kind: 'server' };

describe('sources', () => {
  it('are made with a write key that works at once, and noted in the audit log', async () => {
    const shop = await openShop();
    const { status, json } = await shop.call('POST', '/api/v1/sources', { ...till, siteId: shop.siteId });
    expect(status).toBe(201);
    expect(json).toMatchObject({ ...till, siteId: shop.siteId, site: 'Main', priority: 100, lastEventAt: null });
    expect(await door.govern.keys.findWriteKey(json.writeKey)).toMatchObject({
      workspaceId: shop.id,
      sourceId: json.id,
    });
    const audit = await shop.call('GET', '/api/v1/audit?action=source.');
    expect(audit.json.items).toMatchObject([{ action: 'source.created', target: `source ${json.id}` }]);
  });

  it('that are fed by files have no write key, and say so when asked for code', async () => {
    const shop = await openShop();
    const { json } = await shop.call('POST', '/api/v1/sources', { name: 'CRM file', family: 'crm', kind: 'import' });
    expect(json.writeKey).toBeNull();
    expect(await shop.call('GET', `/api/v1/sources/${json.id}/snippets`)).toMatchObject({
      status: 409,
      json: { code: 'collect.no_write_key' },
    });
  });

  it('are listed in the order they were made, archived ones only when asked for', async () => {
    const shop = await openShop();
    const { json: made } = await shop.call('POST', '/api/v1/sources', till);
    await shop.call('DELETE', `/api/v1/sources/${shop.sourceId}`);
    const names = async (query: string) =>
      (await shop.call('GET', `/api/v1/sources${query}`)).json.items.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['Tills']);
    expect(await names('?archived=true')).toEqual(['Web', 'Tills']);
    expect((await shop.call('GET', `/api/v1/sources/${made.id}`)).json).toEqual(made);
  });

  it('can be changed field by field', async () => {
    const shop = await openShop();
    const { json: made } = await shop.call('POST', '/api/v1/sources', { ...till, siteId: shop.siteId });
    const changed = await shop.call('PATCH', `/api/v1/sources/${made.id}`, { name: 'Tills in Lyon', priority: 300 });
    expect(changed.json).toEqual({ ...made, name: 'Tills in Lyon', priority: 300 });
    expect((await shop.call('PATCH', `/api/v1/sources/${made.id}`, { siteId: null })).json).toMatchObject({
      siteId: null,
      site: null,
    });
  });

  it('take no more events once archived, and again when brought back', async () => {
    const shop = await openShop();
    const key = () => door.govern.keys.findWriteKey(shop.writeKey);
    expect(await key()).not.toBeNull();
    expect((await shop.call('DELETE', `/api/v1/sources/${shop.sourceId}`)).status).toBe(204);
    expect(await key()).toBeNull();
    expect((await shop.call('GET', `/api/v1/sources/${shop.sourceId}`)).json.archivedAt).toEqual(expect.any(String));
    await shop.call('PATCH', `/api/v1/sources/${shop.sourceId}`, { archived: false });
    expect(await key()).not.toBeNull();
  });

  it('have names of their own', async () => {
    const shop = await openShop();
    const { json: made } = await shop.call('POST', '/api/v1/sources', till);
    const taken = { status: 409, json: { code: 'collect.source_name_taken' } };
    expect(await shop.call('POST', '/api/v1/sources', till)).toMatchObject(taken);
    expect(await shop.call('PATCH', `/api/v1/sources/${shop.sourceId}`, { name: 'Tills' })).toMatchObject(taken);
    expect((await shop.call('PATCH', `/api/v1/sources/${made.id}`, { name: 'Tills' })).status).toBe(200);
    await shop.call('DELETE', `/api/v1/sources/${made.id}`);
    const again = await shop.call('POST', '/api/v1/sources', till);
    expect(again.json.detail).toMatch(/^An archived source .* bring that one back\.$/);
  });

  it('are checked: family, kind and site must be ones we know', async () => {
    const shop = await openShop();
    const other = await createWorkspace(deps);
    for (const wrong of [
      { family: 'shop' },
      { kind: 'pigeon' },
      { name: ' ' },
      { priority: 5_000 },
      { siteId: other.siteId },
    ]) {
      expect((await shop.call('POST', '/api/v1/sources', { ...till, ...wrong })).status, JSON.stringify(wrong)).toBe(
        400,
      );
    }
  });

  it('of another workspace do not exist', async () => {
    const shop = await openShop();
    const other = await openShop();
    const url = `/api/v1/sources/${other.sourceId}`;
    const answers = [
      await shop.call('GET', url),
      await shop.call('GET', `${url}/snippets`),
      await shop.call('PATCH', url, { name: 'Mine' }),
      await shop.call('DELETE', url),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await other.call('GET', url)).json).toMatchObject({ name: 'Web', archivedAt: null });
  });

  it('may be read with data.read and changed with keys.write only', async () => {
    const { id, sourceId } = await createWorkspace(deps);
    const viewer = await createPerson(deps, door, id, 'viewer');
    const ask = async (method: 'GET' | 'DELETE', url: string) =>
      (await door.app.inject({ method, url, headers: viewer.headers })).statusCode;
    expect(await ask('GET', '/api/v1/sources')).toBe(200);
    expect(await ask('GET', `/api/v1/sources/${sourceId}/snippets`)).toBe(200);
    expect(await ask('DELETE', `/api/v1/sources/${sourceId}`)).toBe(403);
  });

  it('give code to paste that names this server and their newest key', async () => {
    const shop = await openShop();
    const { json } = await shop.call('GET', `/api/v1/sources/${shop.sourceId}/snippets`);
    expect(json).toMatchObject({ writeKey: shop.writeKey, host: 'http://localhost:80' });
    expect(json.snippets).toHaveLength(9);
  });
});

describe('a new workspace', () => {
  it('has one web source with a write key, however often it is prepared', async () => {
    const { id, siteId, sourceId } = await createWorkspace(deps);
    expect(await ensureDefaultSource(deps.pg, { id, siteId })).toBe(sourceId);
    const empty = await deps.pg.transaction(async (tx) => {
      const { rows } = await deps.pg.pool.query<{ id: number }>(
        `insert into govern.workspace (name) values ('Empty') returning id`,
      );
      const workspace = { id: rows[0]?.id ?? 0, siteId: null };
      await createDefaultSources(tx, deps, workspace);
      await createDefaultSources(tx, deps, workspace);
      return workspace;
    });
    const headers = await createKeyHeaders(deps, empty.id, ['data.read']);
    const { items } = (await door.app.inject({ url: '/api/v1/sources', headers })).json();
    expect(items).toMatchObject([
      { name: 'Website', family: 'web', kind: 'browser', writeKey: expect.stringMatching(/^wk_/) },
    ]);
  });

  it('gets its archived web source back rather than a second of the same name', async () => {
    const { rows } = await deps.pg.pool.query<{ id: number }>(
      `insert into govern.workspace (name) values ('Back') returning id`,
    );
    const workspace = { id: rows[0]?.id ?? 0, siteId: null };
    const first = await ensureDefaultSource(deps.pg, workspace);
    await deps.pg.pool.query('update collect.source set archived_at = now() where id = $1', [first]);
    expect(await ensureDefaultSource(deps.pg, workspace)).toBe(first);
    await deps.pg.pool.query(`update collect.source set name = 'Shop' where id = $1`, [first]);
    expect(await ensureDefaultSource(deps.pg, workspace)).toBe(first);
  });
});
