import { mkdir, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ImportOptions, OutsideProvider } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { member, says, useOutside } from '../../test/outside.ts';
import { openShop } from '../../test/shop.ts';
import { runImport } from '../collect/imports/run/runImport.ts';
import { startImport } from '../collect/imports/run/startImport.ts';
import { getImport } from '../collect/imports/showImport.ts';
import { storeUpload } from '../collect/imports/upload/storeUpload.ts';
import type { JsonObject } from '../platform/index.ts';

const { stores, opened, deps, call, partner, place, whoIs, stored } = useOutside();

describe('ids of a partner', () => {
  it('say whom its rows are about, and join nobody', async () => {
    await partner({ basis: 'legitimate_interest' });
    await partner({ key: 'other', basis: 'legitimate_interest' });
    await opened().shop.send(says('a@x.fr'), says('b@x.fr'));
    const map = (items: JsonObject[]) => call('POST', '/outside-audiences/acme/mappings', { items });
    const theirs = (email: string, theirId: string): JsonObject => ({ id: { kind: 'email', value: email }, theirId });
    expect((await map([theirs('a@x.fr', 'd1'), theirs('b@x.fr', 'd1')])).json()).toMatchObject({ taken: 2 });
    expect((await map([theirs('b@x.fr', 'd1')])).json()).toMatchObject({ taken: 0, unchanged: 1 });
    const row = { id: { kind: 'theirs', value: 'd1' }, segment: 'auto' };
    expect(await place([row])).toMatchObject({ taken: 1 });
    expect(await place([row], 'other')).toMatchObject({ rejected: [{ index: 0, reason: 'nobody' }] });
    const [first] = (await call('GET', '/outside-audiences')).json<{ items: OutsideProvider[] }>().items;
    expect(first).toMatchObject({ key: 'acme', memberships: 1, mappings: 1 });
    expect(await stored()).toMatchObject({ merges: 0 });
  });
});

describe('a file of a partner', () => {
  const bring = async (
    kind: 'outside-segments' | 'id-mappings',
    csv: string,
    options: ImportOptions = { provider: 'acme' },
  ) => {
    await mkdir(stores.filesDir, { recursive: true });
    const file = { content: Readable.from([csv]), name: 'f.csv' };
    const upload = await storeUpload(stores.filesDir, opened().shop.id, file, 1e9);
    const request = { kind, mapping: {}, options, sourceId: null, by: 'test' };
    const { id } = await startImport(deps(), opened().shop.id, upload, request);
    const importDeps = { ...stores, ingest: opened().shop.pipeline.ingest, partners: opened().outside.files };
    expect(await runImport(importDeps, id, new AbortController().signal)).toEqual({ done: true });
    return getImport(stores.pg, opened().shop.id, id);
  };

  it('places the people it names, whatever they are called there, and rejects the rows of nobody', async () => {
    await partner({ basis: 'legitimate_interest' });
    await opened().shop.send(
      { type: 'identify', userId: 'C-1', traits: { email: 'a@x.fr' } },
      { type: 'identify', userId: 'C-2', traits: { email: 'b@x.fr' } },
    );
    const mapped = await bring('id-mappings', 'partner id;email\nd1;A@x.fr\nd2;b@x.fr\nd3;nobody@x.fr\n');
    expect(mapped).toMatchObject({ state: 'done', accepted: 2, rejected: 1, reasons: { nobody: 1 } });
    const csv =
      'their_id,id_kind,id,segment,expires_at\nd1,,,auto,2026-12-31\n,user_id,C-2,auto,\n,email,c@x.fr,auto,\nd2,,,auto,2020-01-01\n,,,auto,\nd1,,,,\n';
    const first = await bring('outside-segments', csv);
    expect(first).toMatchObject({
      state: 'done',
      rows: 6,
      accepted: 2,
      reasons: { nobody: 1, over: 1, no_identifier: 1, required_missing: 1 },
    });
    expect(await whoIs()).toBe(2);
    expect(await bring('outside-segments', csv)).toMatchObject({ accepted: 2, duplicates: 2 });
    expect(await stored()).toMatchObject({ members: 2, mappings: 2 });
  });

  it('needs a partner that is set up', async () => {
    await expect(bring('outside-segments', 'email,segment\na@x.fr,auto\n', {})).rejects.toMatchObject({
      code: 'imports.no_provider',
    });
    expect(await bring('outside-segments', 'email,segment\na@x.fr,auto\n')).toMatchObject({
      state: 'failed',
      error: { code: 'decide.outside_provider_not_found' },
    });
  });
});

describe('the pixel', () => {
  const ask = (path: string | null, query: string, headers: Record<string, string> = {}) =>
    opened().web.app.inject({
      method: 'GET',
      url: `${path}${query}`,
      headers: { 'sec-fetch-site': 'same-site', ...headers },
    });
  const cookie = (email: string): Record<string, string> => ({
    cookie: `vt_id=${encodeURIComponent(`device-${email}`)}.s4x2k1`,
  });

  it('ties an id where the visitor allows it, and sends the browser to the partner’s own address only', async () => {
    const { syncPath } = await partner({ sync: true, syncUrl: 'https://dmp.example/match?p=7&shop={id}' });
    await opened().shop.send(says('yes@x.fr', true), says('no@x.fr', false), says('silent@x.fr'));
    const sent = await ask(syncPath, '?id=d1&redirect=https://evil.example&r=//evil.example', cookie('yes@x.fr'));
    expect(sent.statusCode).toBe(302);
    expect(sent.headers.location).toMatch(/^https:\/\/dmp\.example\/match\?p=7&shop=[\w-]{24}$/);
    expect((await ask(syncPath, '?id=d2', cookie('yes@x.fr'))).headers.location).toBe(sent.headers.location);
    for (const email of ['no@x.fr', 'silent@x.fr', 'stranger@x.fr']) {
      const answer = await ask(syncPath, '?id=d9', cookie(email));
      expect([answer.statusCode, answer.headers['content-type'], answer.headers.location]).toEqual([
        200,
        'image/gif',
        undefined,
      ]);
    }
    // d1, d2 and the one id by which the partner knows the visitor.
    expect(await stored()).toMatchObject({ mappings: 3, merges: 0 });
    const ours = new URL(String(sent.headers.location)).searchParams.get('shop') ?? '';
    expect(await place([{ id: { kind: 'ours', value: ours }, segment: 'auto' }])).toMatchObject({ taken: 1 });
    expect(await whoIs()).toBe(1);
  });

  it('stores nothing for another site, an opt-out, an unreadable consent or an odd id, and always answers the picture', async () => {
    const { syncPath } = await partner({ sync: true, syncUrl: 'https://dmp.example/match?shop={id}' });
    await opened().shop.send(says('yes@x.fr', true));
    const yes = cookie('yes@x.fr');
    const odd = [
      ['?id=d1', { ...yes, 'sec-fetch-site': 'cross-site' }],
      ['?id=d1', { ...yes, 'sec-gpc': '1' }],
      ['?id=d1&gdpr_consent=', yes],
      ['?id=d1&gdpr_consent=CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA', yes],
      [`?id=${'x'.repeat(600)}`, yes],
      ['?id=a%0d%0aset-cookie:%20x=1', yes],
      ['?id=%00', yes],
      ['?id=d1', { cookie: 'vt_id=%E0%A4%A.x; ajs_anonymous_id=%' }],
      ['?id=d1', {}],
    ] as const;
    for (const [query, headers] of odd) {
      const answer = await ask(syncPath, query, headers);
      expect([query, answer.statusCode, answer.headers.location]).toEqual([query, 200, undefined]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect((await ask('/v1/sync/acme', '?id=d1', yes)).statusCode).toBe(200);
    expect(await stored()).toMatchObject({ mappings: 0 });
    for (let n = 0; n < 8; n += 1) await ask(syncPath, `?id=many-${n}`, yes);
    expect(await stored()).toMatchObject({ mappings: 6 });
  });

  it('has no address of its own before it is asked for, and refuses those that could be led elsewhere', async () => {
    for (const syncUrl of [
      'http://dmp.example/?id={id}',
      'https://{id}.example/?a=1',
      'https://dmp.example/{id}',
      'https://user:pass@dmp.example/?id={id}',
      'https://dmp.example/?id={id}&x={id}',
      'https://dmp.example/?id={id}\r\nx: y',
      'javascript:alert({id})',
    ])
      expect(
        (await call('POST', '/outside-audiences', { key: 'bad', name: 'B', basis: 'consent', syncUrl })).statusCode,
        syncUrl,
      ).toBe(400);
    expect((await partner()).syncPath).toBeNull();
  });
});

describe('the reference page', () => {
  it('shows calls that are answered as it says', async () => {
    const page = await readFile(new URL('../../../docs/reference/outside-audiences.md', import.meta.url), 'utf8');
    const calls = [
      ...page.matchAll(
        /`(POST|PATCH) \/api\/v1(\S+)` → (\d+)\n\n```json\n([\s\S]*?)\n```(?:\n\n```json\n([\s\S]*?)\n```)?/g,
      ),
    ];
    expect(calls.length).toBe(4);
    await opened().shop.send(says('zoe@example.fr', true), says('leo@example.fr', true));
    for (const [, method, path = '', status, body = '', answer] of calls) {
      const given = await call(method === 'PATCH' ? 'PATCH' : 'POST', path, JSON.parse(body));
      expect([path, given.statusCode]).toEqual([path, Number(status)]);
      if (answer !== undefined) expect(given.json()).toEqual(JSON.parse(answer));
    }
    expect(await whoIs({ kind: 'outside', provider: 'acme', segment: 'runners' })).toBe(2);
  });
});

describe('another workspace', () => {
  it('knows nothing of a partner, and its key moves nobody', async () => {
    await partner();
    await opened().shop.send(says('a@x.fr', true));
    const other = await openShop(stores, { scopes: ['segments.write', 'analytics.read', 'data.write'] });
    try {
      for (const [method, path] of [
        ['GET', '/outside-audiences/acme'],
        ['PATCH', '/outside-audiences/acme'],
        ['DELETE', '/outside-audiences/acme'],
        ['POST', '/outside-audiences/acme/members'],
        ['POST', '/outside-audiences/acme/mappings'],
      ] as const) {
        const body = path.endsWith('members')
          ? { items: [member('a@x.fr')] }
          : path.endsWith('mappings')
            ? { items: [{ id: { kind: 'email', value: 'a@x.fr' }, theirId: 'd' }] }
            : {};
        const answer = await call(
          method,
          path,
          method === 'GET' || method === 'DELETE' ? undefined : body,
          other.secretKey,
        );
        expect([path, answer.statusCode]).toEqual([path, 404]);
      }
      expect((await call('GET', '/outside-audiences', undefined, other.secretKey)).json()).toEqual({ items: [] });
    } finally {
      await other.pipeline.stop();
    }
  });

  it('refuses texts that no store can hold, and lists without an end', async () => {
    await partner();
    const bad = [
      { items: [{ id: { kind: 'email', value: 'a\u0000b' }, segment: 'auto' }] },
      { items: [{ id: { kind: 'email', value: 'a' }, segment: 'x'.repeat(121) }] },
      { items: [{ id: { kind: 'Email; drop', value: 'a' }, segment: 'auto' }] },
      { items: Array.from({ length: 1_001 }, () => member('a@x.fr')) },
    ];
    for (const body of bad) expect((await call('POST', '/outside-audiences/acme/members', body)).statusCode).toBe(400);
  });
});
