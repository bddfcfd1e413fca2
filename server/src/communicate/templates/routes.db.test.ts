import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { createKeyHeaders } from '../../../test/people.ts';
import { useStores } from '../../../test/stores.ts';
import { addPerson, addProducts, countdownLinks, createTestRenderer } from '../../../test/templates.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import type { Renderer } from './render.ts';
import { registerTemplateRoutes } from './routes.ts';

const listMessages = pgQuery({
  name: 'test.listTemplateMessages',
  params: { workspace: 'int4' },
  row: { kind: 'text', template_id: 'int4?', template_version: 'int4?', variables: 'jsonb' },
  text: 'select kind, template_id, template_version, variables from communicate.message where workspace_id = :workspace order by id',
});

const deps = useStores();
let renderer: Renderer;
beforeAll(() => {
  renderer = createTestRenderer(deps);
});
afterAll(() => renderer.stop());
const opened = useApp(deps, {
  rooms: (app) =>
    registerTemplateRoutes(app, {
      ...deps,
      renderer: createTestRenderer(deps),
      countdowns: countdownLinks,
      publicUrl: 'https://news.shop.example',
    }),
});

const everything = ['messages.read', 'messages.write', 'messages.send', 'personal.read', 'profiles.read'] as const;

async function open(scopes: Parameters<typeof createKeyHeaders>[2] = everything) {
  const { id: workspace } = await createWorkspace(deps, { language: 'fr' });
  const headers = await createKeyHeaders(deps, workspace, scopes);
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
    const answer = await opened.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
  };
  return { workspace, headers, call };
}

const body = (text: string) => `<mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section>`;
const email = (subject: string, mjml: string) => ({
  kind: 'email',
  fallbackLanguage: 'fr',
  languages: { fr: { subject, mjml } },
});
const template = (subject = 'Bonjour {{ customer.firstName }}', mjml = body('Bonjour')) => ({
  name: 'Lettre',
  channel: 'email',
  content: email(subject, mjml),
});

describe('templates over the API', () => {
  it('are written, listed, changed and read as they were', async () => {
    const { call } = await open();
    const made = await call('POST', '/api/v1/templates', template());
    expect(made).toMatchObject({ status: 201, body: { version: 1, channel: 'email', archivedAt: null } });
    const url = `/api/v1/templates/${made.body.id}`;
    const changed = await call('PUT', url, { content: email('Deux', body('b')), note: 'Court', baseVersion: 1 });
    expect(changed).toMatchObject({
      status: 200,
      body: { version: 2, content: { languages: { fr: { subject: 'Deux' } } } },
    });
    expect((await call('GET', `${url}/versions/1`)).body.content.languages.fr.subject).toBe(
      'Bonjour {{ customer.firstName }}',
    );
    expect((await call('GET', `${url}/versions`)).body.items).toMatchObject([
      { version: 2, note: 'Court' },
      { version: 1 },
    ]);
    expect((await call('GET', '/api/v1/templates?q=LETT')).body.items).toMatchObject([
      { subject: 'Deux', languages: ['fr'] },
    ]);
    await call('POST', `${url}/archive`);
    expect((await call('GET', '/api/v1/templates')).body.items).toEqual([]);
    expect((await call('GET', '/api/v1/templates?archived=true')).body.items).toHaveLength(1);
    expect((await call('POST', `${url}/restore`)).body.archivedAt).toBeNull();
  });

  it('may be written short, in one language', async () => {
    const { call } = await open();
    const short = { name: 'Court', channel: 'email', language: 'fr', subject: 'Bonjour', html: '<p>a</p>' };
    const made = await call('POST', '/api/v1/templates', short);
    expect(made).toMatchObject({
      status: 201,
      body: { content: { fallbackLanguage: 'fr', languages: { fr: { subject: 'Bonjour', html: '<p>a</p>' } } } },
    });
    const sms = await call('POST', '/api/v1/templates', {
      name: 'SMS',
      channel: 'sms',
      body: 'Hi {{ customer.firstName }}',
    });
    expect(sms.body.content).toMatchObject({
      kind: 'text',
      languages: { en: { body: 'Hi {{ customer.firstName }}' } },
    });
    expect((await call('POST', '/api/v1/templates', { ...short, subject: undefined })).status).toBe(400);
  });

  it('are described with both ways of writing', async () => {
    const answer = await opened.app.inject({ url: '/api/openapi.json' });
    const { requestBody } = answer.json().paths['/api/v1/templates'].post;
    expect(requestBody.content['application/json'].schema.anyOf).toHaveLength(2);
  });

  it('are refused when somebody else saved meanwhile, and show what the other wrote', async () => {
    const { call } = await open();
    const { body: made } = await call('POST', '/api/v1/templates', template());
    const url = `/api/v1/templates/${made.id}`;
    await call('PUT', url, { content: email('Theirs', body('x')), baseVersion: 1 });
    const late = await call('PUT', url, { content: email('Mine', body('y')), baseVersion: 1 });
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'communicate.template_changed', version: 2, content: { languages: { fr: { subject: 'Theirs' } } } },
    });
    expect((await call('GET', url)).body.version).toBe(2);
  });

  it('are refused with the place of what cannot be read', async () => {
    const { call } = await open();
    const broken = await call('POST', '/api/v1/templates', template('{% if %}', body('{{ a | b }}')));
    expect(broken.status).toBe(400);
    expect(broken.body.problems.map(({ field }: { field: string }) => field)).toEqual(['subject', 'mjml']);
    const sms = { ...template(), channel: 'sms' };
    expect((await call('POST', '/api/v1/templates', sms)).body.errors[0].problem).toContain('channel');
  });

  it('belong to one workspace: another finds nothing', async () => {
    const [one, other] = [await open(), await open()];
    const { body: made } = await one.call('POST', '/api/v1/templates', template());
    for (const [method, path, payload] of [
      ['GET', '', undefined],
      ['GET', '/versions', undefined],
      ['PUT', '', { content: email('x', body('x')) }],
      ['POST', '/archive', undefined],
      ['POST', '/preview', {}],
      ['POST', '/checks', {}],
    ] as const)
      expect((await other.call(method, `/api/v1/templates/${made.id}${path}`, payload)).status).toBe(404);
  });

  it('are taken from the ready-made ones once', async () => {
    const { call } = await open();
    const first = await call('POST', '/api/v1/templates/ready/abandoned_cart');
    const again = await call('POST', '/api/v1/templates/ready/abandoned_cart');
    expect(first).toMatchObject({ status: 200, body: { key: 'abandoned_cart', name: 'Panier abandonné' } });
    expect(again.body.id).toBe(first.body.id);
    const { items } = (await call('GET', '/api/v1/templates/ready?lang=en')).body;
    expect(items.find(({ key }: { key: string }) => key === 'abandoned_cart')).toMatchObject({
      id: first.body.id,
      name: 'Abandoned cart',
    });
    expect((await call('POST', '/api/v1/templates/ready/none')).status).toBe(404);
  });
});

describe('trying a template', () => {
  it('shows it as a customer would get it, also before it is stored', async () => {
    const { call, workspace } = await open();
    const zoe = encodeProfileId(await addPerson(deps, workspace, { firstName: 'zoé' }));
    const { body: made } = await call('POST', '/api/v1/templates', template());
    const stored = await call('POST', `/api/v1/templates/${made.id}/preview`, { profile: zoe });
    expect(stored.body).toMatchObject({ subject: 'Bonjour Zoé', language: 'fr', problems: [] });
    expect(stored.body.html).toContain('Bonjour');
    const content = { ...email('Salut {{ customer.firstName }}', body('x')), fallbackLanguage: 'fr' };
    const draft = await call('POST', `/api/v1/templates/${made.id}/preview`, { profile: zoe, content });
    expect(draft.body.subject).toBe('Salut Zoé');
    const broken = await call('POST', `/api/v1/templates/${made.id}/preview`, {
      content: email('x', body('{% if %}')),
    });
    expect(broken.body).toMatchObject({
      html: null,
      problems: [{ code: 'liquid_error', level: 'error', field: 'mjml' }],
    });
  });

  it('shows no customer to whoever may not see names', async () => {
    const { call, workspace } = await open(['messages.read', 'messages.write']);
    const zoe = encodeProfileId(await addPerson(deps, workspace, { firstName: 'Zoé' }));
    const { body: made } = await call('POST', '/api/v1/templates', template());
    expect((await call('POST', `/api/v1/templates/${made.id}/preview`, { profile: zoe })).status).toBe(403);
    expect((await call('POST', `/api/v1/templates/${made.id}/preview`, {})).body.subject).toBe('Bonjour');
  });

  it('finds what is missing, hard to read, too large, without alternative or without a way out', async () => {
    const { call, workspace } = await open();
    await addPerson(deps, workspace, { firstName: 'Zoé' });
    await addPerson(deps, workspace, {});
    const mjml = `<mj-section background-color="#ffffff"><mj-column>
      <mj-text color="#cccccc">Pâle {{ customer.firstName }} {{ customer.nick | default: "toi" }}</mj-text>
      {% if customer.lastName %}<mj-text>{{ customer.lastName }}</mj-text>{% endif %}
      <mj-image src="https://cdn.example/a.jpg" />
      <mj-button href="{{ customer.nowhere }}">Aller</mj-button>
      <mj-text>{{ typo }}</mj-text>
      <mj-text>${'x'.repeat(110_000)}</mj-text>
    </mj-column></mj-section>`;
    const { body: made } = await call('POST', '/api/v1/templates', template('Un sujet', mjml));
    const { problems, people } = (await call('POST', `/api/v1/templates/${made.id}/checks`, {})).body;
    expect(people).toBe(2);
    const byCode = (code: string) => problems.filter((problem: { code: string }) => problem.code === code);
    expect(byCode('missing_value')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'customer.firstName', people: 1, of: 2 }),
        expect.objectContaining({ what: 'customer.nowhere', people: 2 }),
      ]),
    );
    expect(byCode('missing_value').map(({ what }: { what: string }) => what)).not.toContain('customer.lastName');
    expect(byCode('unknown_variable')).toMatchObject([{ what: 'typo' }]);
    expect(byCode('low_contrast')[0].what).toContain('1.6: #cccccc / #ffffff');
    for (const code of ['no_alt', 'bad_link', 'too_large', 'no_unsubscribe', 'no_sender', 'no_postal_address'])
      expect(byCode(code), code).toHaveLength(1);
  });

  it('has nothing against the ready-made templates once the brand kit is filled in', async () => {
    const { call, workspace } = await open();
    await addProducts(deps, workspace, [{ id: 'p1' }]);
    await addPerson(deps, workspace, { firstName: 'Zoé' });
    const { body: kits } = await call('GET', '/api/v1/brand-kits');
    const kit = {
      ...kits.items[0].kit,
      senderName: 'Maison',
      senderAddress: 'news@shop.example',
      shopUrl: 'https://shop.example',
      postalAddress: '1 rue du Port, Brest',
      footer: 'RCS Brest',
    };
    expect((await call('PUT', '/api/v1/brand-kits/workspace', kit)).status).toBe(200);
    const { items } = (await call('GET', '/api/v1/templates/ready')).body;
    for (const { key } of items) {
      const { body: made } = await call('POST', `/api/v1/templates/ready/${key}`);
      const variables = {
        event: { properties: { products: [{ product_id: 'p1' }] } },
        coupon: { code: 'ABC' },
        confirm_url: 'https://news.shop.example/m/d/1',
      };
      const { problems } = (await call('POST', `/api/v1/templates/${made.id}/checks`, { variables })).body;
      expect(problems, key).toEqual([]);
    }
  });

  it('asks no private network whether a link is alive', async () => {
    const { call } = await open();
    const mjml = body(
      '<a href="http://127.0.0.1:80/x">a</a> <a href="http://169.254.169.254/latest">b</a> <a href="http://localhost/">c</a>',
    );
    const { body: made } = await call('POST', '/api/v1/templates', template('A', mjml));
    const { workspace } = await open();
    expect(workspace).toBeGreaterThan(0);
    const { problems } = (await call('POST', `/api/v1/templates/${made.id}/checks`, { links: true })).body;
    const codes = problems.map(({ code }: { code: string }) => code);
    expect(codes).not.toContain('dead_link');
  });

  it('sends the newest version to one’s own address, in the language asked for', async () => {
    const { call, workspace } = await open();
    const zoe = encodeProfileId(await addPerson(deps, workspace, {}));
    const { body: made } = await call('POST', '/api/v1/templates', template());
    const sent = await call('POST', `/api/v1/templates/${made.id}/test`, {
      to: ['me@shop.example', 'you@shop.example'],
      profile: zoe,
      language: 'fr',
    });
    expect(sent).toMatchObject({ status: 202, body: { messages: [expect.any(String), expect.any(String)] } });
    expect(await deps.pg.rows(listMessages, { workspace })).toMatchObject([
      { kind: 'test', template_id: Number(made.id), template_version: 1, variables: { language: 'fr' } },
      { kind: 'test' },
    ]);
  });
});

describe('looks and pictures', () => {
  it('puts parts in place from the next message on, and refuses templates that hold one that is not there', async () => {
    const { call } = await open();
    expect((await call('POST', '/api/v1/templates', template('A', "{% render 'pied' %}"))).status).toBe(400);
    await call('PUT', '/api/v1/template-parts/pied', { source: body('Pied de page {{ customer.firstName }}') });
    const { body: made } = await call('POST', '/api/v1/templates', template('A', "{% render 'pied' %}"));
    const shown = await call('POST', `/api/v1/templates/${made.id}/preview`, {});
    expect(shown.body.html).toContain('Pied de page');
    expect((await call('GET', '/api/v1/template-parts')).body.items).toMatchObject([{ name: 'pied' }]);
    expect((await call('DELETE', '/api/v1/template-parts/pied')).status).toBe(204);
  });

  it('keeps pictures for whoever has their address, and nothing that only says it is one', async () => {
    const { call, headers } = await open();
    const upload = (bytes: Buffer) => {
      const edge = randomUUID();
      const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`;
      const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${edge}--\r\n`)]);
      const type = { 'content-type': `multipart/form-data; boundary=${edge}` };
      return opened.app.inject({ method: 'POST', url: '/api/v1/assets', headers: { ...headers, ...type }, payload });
    };
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
      'base64',
    );
    const stored = await upload(png);
    expect(stored.statusCode).toBe(201);
    const { url, id } = stored.json();
    expect(url).toBe(`https://news.shop.example/m/i/${id}.png`);
    const shown = await opened.app.inject({ url: new URL(url).pathname });
    expect(shown.headers['content-type']).toBe('image/png');
    expect(shown.rawPayload.equals(png)).toBe(true);
    expect((await upload(Buffer.from('<svg onload="alert(1)">'))).statusCode).toBe(400);
    const other = await open();
    expect((await other.call('DELETE', `/api/v1/assets/${id}`)).status).toBe(404);
    expect((await call('DELETE', `/api/v1/assets/${id}`)).status).toBe(204);
    expect((await opened.app.inject({ url: new URL(url).pathname })).statusCode).toBe(404);
  });

  it('draws what is left until a real end, and only ends that we signed', async () => {
    const link = countdownLinks.link(deps.clock.now().getTime() + 90_000_000, 'fr');
    const shown = await opened.app.inject({ url: new URL(link).pathname });
    expect(shown).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'image/png', 'cache-control': 'no-store' },
    });
    expect(shown.rawPayload.subarray(1, 4).toString()).toBe('PNG');
    expect((await opened.app.inject({ url: '/m/i/countdown/AbcD.png' })).statusCode).toBe(404);
  });

  it('shows messages in a frame that can do nothing', async () => {
    const frame = await opened.app.inject({ url: '/m/frame' });
    expect(frame.headers['content-security-policy']).toMatch(/sandbox allow-scripts$/);
    expect(frame.headers['x-frame-options']).toBe('SAMEORIGIN');
  });
});
