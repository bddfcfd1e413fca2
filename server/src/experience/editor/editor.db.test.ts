import { readFileSync } from 'node:fs';
import { editorAnswerSchema, editorCheckSchema, editorSessionSchema } from '@vitrail/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { openTestApp, type TestApp } from '../../../test/httpApp.ts';
import { createKeyHeaders, createPerson, type TestPerson } from '../../../test/people.ts';
import { useStores } from '../../../test/stores.ts';
import { createKeys } from '../../govern/keys/findKeys.ts';
import { pgQuery } from '../../platform/index.ts';
import { registerEditorRoutes } from './routes.ts';

const stores = useStores();
let shop: TestWorkspace;
let other: TestWorkspace;
let web: TestApp;
let marketer: TestPerson;

const giveDomain = pgQuery({
  name: 'test.editorDomain',
  params: { workspace: 'int4', domain: 'text' },
  row: {},
  text: `insert into govern.site (workspace_id, name, domain, country, currency, language)
    values (:workspace, 'Pages', :domain, 'FR', 'EUR', 'fr')`,
});
const removeMember = pgQuery({
  name: 'test.editorMemberGone',
  params: { workspace: 'int4', user: 'text' },
  row: {},
  text: `delete from govern.member where workspace_id = :workspace and user_id = :user`,
});

beforeEach(async () => {
  stores.clock.set('2026-05-20T12:00:00Z');
  [shop, other] = [await createWorkspace(stores), await createWorkspace(stores)];
  web = await openTestApp(stores, {
    rooms: (app, govern) =>
      registerEditorRoutes(app, {
        ...stores,
        keys: createKeys(stores),
        editorSecret: govern.secrets.editor,
        publicUrl: null,
      }),
  });
  await stores.pg.run(giveDomain, { workspace: shop.id, domain: 'shop.example' });
  await stores.pg.run(giveDomain, { workspace: other.id, domain: 'other.example' });
  marketer = await createPerson(stores, web, shop.id, 'marketer');
});
afterEach(async () => {
  await web.close();
});

const open = (page: string, headers: Record<string, string> = marketer.headers) =>
  web.app.inject({ method: 'POST', url: '/api/v1/editor-sessions', headers, payload: { page } });
const tokenFor = async (page = 'https://www.shop.example/sale'): Promise<string> => (await open(page)).json().token;
const check = (token: string, { origin = 'https://www.shop.example', writeKey = shop.writeKey } = {}) =>
  web.app.inject({
    method: 'POST',
    url: '/v1/editor',
    headers: { origin, 'content-type': 'text/plain' },
    payload: JSON.stringify({ writeKey, token }),
  });

describe('the editor on the shop’s pages', () => {
  it('is opened by somebody signed in, and the page learns which console it may talk to', async () => {
    const answer = await open('https://www.shop.example/sale');
    expect(answer.json()).toMatchObject({
      origin: 'https://www.shop.example',
      expiresAt: '2026-05-20T12:30:00.000Z',
    });
    const known = await check(answer.json().token);
    expect(known.statusCode).toBe(200);
    expect(known.json()).toEqual({ console: 'http://localhost' });
    expect(known.headers['access-control-allow-origin']).toBe('https://www.shop.example');
  });

  it('opens only pages of the workspace’s own sites', async () => {
    for (const page of [
      'https://other.example/',
      'https://shop.example.evil.example/',
      'https://evil.example/#shop.example',
    ])
      expect((await open(page)).json(), page).toMatchObject({ status: 400, code: 'experience.page_not_ours' });
    expect((await open('javascript:alert(1)')).statusCode).toBe(400);
  });

  it('is for people who may change experiences, not for keys', async () => {
    const key = await createKeyHeaders(stores, shop.id, ['experience.write']);
    expect((await open('https://shop.example/', key)).json()).toMatchObject({
      status: 403,
      code: 'experience.editor_for_people',
    });
    const viewer = await createPerson(stores, web, shop.id, 'viewer');
    expect((await open('https://shop.example/', viewer.headers)).statusCode).toBe(403);
  });

  it('stays shut, always in the same words, for a token that is forged, old, of another page or workspace', async () => {
    const token = await tokenFor();
    const refusals = [
      await check(`${token.slice(0, -3)}abc`),
      await check(token, { origin: 'https://shop.example' }),
      await check(token, { origin: 'null' }),
      await check(token, { writeKey: other.writeKey }),
      await check(token, { writeKey: 'wk_nobody' }),
      await check('x'.repeat(1_500)),
    ];
    stores.clock.set('2026-05-20T12:30:00Z');
    refusals.push(await check(token));
    for (const refusal of refusals)
      expect(refusal.json()).toMatchObject({ status: 403, code: 'experience.not_editing' });
    expect(new Set(refusals.map((refusal) => refusal.json().detail)).size).toBe(1);
  });

  it('shuts when whoever opened it is removed', async () => {
    const token = await tokenFor();
    await stores.pg.run(removeMember, { workspace: shop.id, user: marketer.id });
    expect((await check(token)).statusCode).toBe(403);
  });

  it('does what the reference shows', async () => {
    const text = readFileSync(new URL('../../../../docs/reference/page-editor.md', import.meta.url), 'utf8');
    const example = (name: string): unknown =>
      JSON.parse(new RegExp(`\`\`\`json ${name}\\n([^]*?)\`\`\``).exec(text)?.[1] ?? '');
    const answer = await web.app.inject({
      method: 'POST',
      url: '/api/v1/editor-sessions',
      headers: { ...marketer.headers, 'content-type': 'application/json' },
      payload: JSON.stringify(example('editor-session')),
    });
    const session = editorSessionSchema.parse(answer.json());
    expect({ ...session, token: '…' }).toEqual(example('editor-session-answer'));
    expect(editorCheckSchema.parse(example('editor-check'))).toEqual({ writeKey: 'WRITE_KEY', token: '…' });
    const known = editorAnswerSchema.parse((await check(session.token)).json());
    expect(Object.keys(known)).toEqual(Object.keys(editorAnswerSchema.parse(example('editor-answer'))));
    const { json } = await check('a.b');
    expect(text).toContain(json().code);
  });
});
