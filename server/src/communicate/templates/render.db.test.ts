import { type TemplateContent, templateContentSchema } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useStores } from '../../../test/stores.ts';
import { addPerson, addProducts, createTestRenderer, linksOf } from '../../../test/templates.ts';
import type { JsonObject } from '../../platform/index.ts';
import { contentOf, readyTemplates } from './ready/readyTemplates.ts';
import type { Renderer, RenderItem } from './render.ts';
import { createTemplate } from './store/saveTemplate.ts';

const deps = useStores();
let renderer: Renderer;
beforeAll(() => {
  renderer = createTestRenderer(deps);
});
afterAll(() => renderer.stop());

const actor = { kind: 'user', id: 'someone' } as const;
let messages = 0;
const item = (profile: number, variables: JsonObject = {}): RenderItem => {
  messages += 1;
  return { message: messages, profile, variant: '', variables, links: linksOf(messages) };
};

async function save(workspace: number, content: unknown, channel: 'email' | 'sms' | 'webhook' | 'webpush' = 'email') {
  const parsed = templateContentSchema.parse(content);
  const { id } = await createTemplate(deps, { workspace, actor, name: 'Test', channel, content: parsed, note: '' });
  return { workspace, template: Number(id), version: 1 };
}
const email = (languages: JsonObject, fallbackLanguage = 'fr') => ({ kind: 'email', fallbackLanguage, languages });

async function renderMail(whose: { workspace: number; template: number; version: number }, one: RenderItem) {
  const [rendered] = await renderer.render({ ...whose, items: [one] });
  if (rendered?.ok !== true || rendered.content.kind !== 'email') throw new Error(JSON.stringify(rendered));
  return rendered.content;
}

describe('writing e-mails out', () => {
  it('says what is known of each customer, joined from all their profile rows, in their own language', async () => {
    const { id: workspace } = await createWorkspace(deps, { language: 'fr' });
    const marie = await addPerson(deps, workspace, { firstName: 'MARIE-CLAIRE', lastName: 'dupont' });
    const tablet = await addPerson(deps, workspace, { language: 'fr-FR' }, { under: marie });
    const john = await addPerson(deps, workspace, { firstName: 'John', locale: 'en_GB' });
    const mjml = (text: string) => `<mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section>`;
    const template = await save(
      workspace,
      email({
        fr: { subject: 'Bonjour {{ customer.firstName | default: "vous" }}', mjml: mjml('{{ customer.name }}') },
        en: { subject: 'Hello {{ customer.firstName }}', mjml: mjml('{{ customer.name }}') },
      }),
    );
    const stranger = await addPerson(deps, workspace, {});
    const items = [item(tablet), item(john), item(stranger)];
    const rendered = await renderer.render({ ...template, items });
    const contents = rendered.map((one) => (one.ok && one.content.kind === 'email' ? one.content : null));
    expect(contents.map((content) => content?.subject)).toEqual(['Bonjour Marie-Claire', 'Hello John', 'Bonjour vous']);
    expect(contents.map((content) => content?.language)).toEqual(['fr', 'en', 'fr']);
    expect(contents[0]?.toName).toBe('Marie-Claire Dupont');
    expect(contents[0]?.html).toContain('Marie-Claire Dupont');
    expect(contents[0]?.html).toContain('lang="fr"');
    expect(contents[0]?.text).toBe('Marie-Claire Dupont');
  });

  it('lets nothing of a name become markup, a header or another line', async () => {
    const { id: workspace } = await createWorkspace(deps);
    const evil = 'Eve\r\nBcc: all@shop.example <script>alert(1)</script>"\' \u202E';
    const eve = await addPerson(deps, workspace, { firstName: evil, site: 'javascript:alert(1)' });
    const template = await save(
      workspace,
      email({
        fr: {
          subject: 'Bonjour {{ customer.firstName | raw }}',
          html: '<body><p title="{{ customer.firstName }}">{{ customer.firstName | raw }}</p><a href="{{ customer.site }}">moi</a></body>',
        },
      }),
    );
    const mail = await renderMail(template, item(eve));
    expect(mail.subject).not.toMatch(/[\r\n\u202E]/);
    expect(mail.toName).not.toMatch(/[\r\n]/);
    expect(mail.html).not.toContain('<script');
    expect(mail.html).toContain('&lt;script&gt;');
    expect(mail.html).toContain('title="Eve');
    expect(mail.html).toContain('<a href="#">moi</a>');
  });

  it('shows products of the event with what the catalogue knows, and makes every link of them one that can be followed', async () => {
    const { id: workspace } = await createWorkspace(deps, { language: 'fr' });
    await addProducts(deps, workspace, [{ id: 'p1', title: 'Pull <fin> & chaud' }, { id: 'p2' }]);
    const zoe = await addPerson(deps, workspace, { firstName: 'Zoé' });
    const ready = readyTemplates().find(({ key }) => key === 'abandoned_cart');
    if (ready === undefined) throw new Error('no ready-made template for carts');
    const template = await save(workspace, contentOf(ready, 'fr'));
    const cart = [
      { product_id: 'p1', quantity: 2 },
      { product_id: 'unknown', name: 'Écharpe', price: 12.5 },
    ];
    const one = item(zoe, { event: { name: 'Cart Abandoned', properties: { products: cart } } });
    const mail = await renderMail(template, one);
    expect(mail.subject).toBe('Pull <fin> & chaud est encore dans votre panier');
    expect(mail.html).toContain('Pull &lt;fin&gt; &amp; chaud');
    expect(mail.html).toContain('Quantité 2');
    expect(mail.html).toMatch(/<s>50\s€<\/s>\s40\s€/);
    expect(mail.html).toMatch(/Écharpe[\s\S]*12,50\s€/);
    expect(mail.html).toContain(`/m/c/${one.message}.`);
    expect(mail.html).toContain(encodeURIComponent('https://shop.example/p/p1?a=1&b=2'));
    expect(mail.html).not.toMatch(/href="https:\/\/shop\.example/);
    expect(mail.html).not.toMatch(/[\uE000-\uE02F]|\{\{|\{%/);
    expect(mail.html).toContain(one.links.unsubscribe);
    expect(mail.text).toContain('Écharpe');
    expect(mail.text).toContain(one.links.unsubscribe);
    expect(mail.text).not.toContain('<p');
  });
});

describe('what a template may do', () => {
  it('puts in the pixel that tells of opening only where there is one', async () => {
    const { id: workspace } = await createWorkspace(deps);
    const zoe = await addPerson(deps, workspace, {});
    const template = await save(workspace, email({ fr: { subject: 'A', html: '<body><p>Bonjour</p></body>' } }));
    expect((await renderMail(template, item(zoe))).html).toBe('<body><p>Bonjour</p></body>');
    const seen = { ...item(zoe), links: linksOf(1, 'https://news.shop.example/m/o/x') };
    expect((await renderMail(template, seen)).html).toContain('<img src="https://news.shop.example/m/o/x" width="1"');
  });

  it('fails for the one person it cannot be filled in for, and for nobody else', async () => {
    const { id: workspace } = await createWorkspace(deps);
    const people = [];
    for (const size of [1, 1, 2_000_000, 1]) people.push(await addPerson(deps, workspace, { size }));
    const body = '<p>{% for i in (1..customer.size) %}x{% endfor %}</p>';
    const template = await save(workspace, email({ fr: { subject: 'A', html: body } }));
    const rendered = await renderer.render({ ...template, items: people.map((profile) => item(profile)) });
    expect(rendered.map(({ ok }) => ok)).toEqual([true, true, false, true]);
    expect(rendered[2]).toMatchObject({ detail: expect.stringMatching(/more text than a message may hold|too long/) });
  });

  it('reads no files and no other object than what it is given', async () => {
    const { id: workspace } = await createWorkspace(deps);
    const zoe = await addPerson(deps, workspace, {});
    for (const source of [
      '{% include "package.json" %}',
      '{% render "/etc/passwd" %}',
      '{% layout "x" %}',
      '{{ 1 | nothing }}',
    ]) {
      await expect(save(workspace, email({ fr: { subject: 'A', html: source } }))).rejects.toThrow(
        /cannot be filled in/,
      );
    }
    const body =
      '<p>[{{ customer.constructor }}{{ customer.__proto__ }}{{ constructor }}{{ products.constructor.name }}]</p>';
    const template = await save(workspace, email({ fr: { subject: 'A', html: body } }));
    expect((await renderMail(template, item(zoe))).html).toBe('<p>[]</p>');
  });

  it('writes money and days as the person does, in their time zone', async () => {
    const { id: workspace } = await createWorkspace(deps, { currency: 'EUR', timeZone: 'Europe/Paris' });
    const paris = await addPerson(deps, workspace, {});
    const quebec = await addPerson(deps, workspace, { language: 'fr-CA', timezone: 'America/Toronto' });
    const odd = await addPerson(deps, workspace, { timezone: 'Nowhere/Land' });
    const body =
      '{{ 1234.5 | money }}|{{ "10" | money: "USD" }}|{{ "2026-03-29T02:30:00Z" | day: "datetime" }}|{{ "2026-03-29T02:30:00Z" | date: "%H:%M" }}|{{ "soon" | day }}';
    const template = await save(
      workspace,
      email({ fr: { subject: 'A', html: body }, 'fr-CA': { subject: 'A', html: body } }),
    );
    const htmlOf = async (profile: number) => (await renderMail(template, item(profile))).html.replace(/\s/g, ' ');
    expect(await htmlOf(paris)).toBe('1 234,50 €|10 $US|29 mars 2026 à 04:30|04:30|');
    expect(await htmlOf(quebec)).toMatch(/^1 234,50 €\|10 \$ US\|28 mars 2026 à 22 h 30\|22:30\|$/);
    expect(await htmlOf(odd)).toContain('04:30');
  });

  it('writes all ready-made templates out in both languages, without problems of layout', async () => {
    const { id: workspace } = await createWorkspace(deps);
    await addProducts(deps, workspace, [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }]);
    const zoe = await addPerson(deps, workspace, { firstName: 'Zoé' });
    for (const ready of readyTemplates().filter(({ channel }) => channel === 'email')) {
      const template = await save(workspace, contentOf(ready, 'fr'));
      for (const language of ['fr', 'en']) {
        const variables = {
          language,
          confirm_url: 'https://news.shop.example/m/d/1',
          event: { properties: { product_id: 'p1' } },
          coupon: { code: 'ABC-123' },
        };
        const mail = await renderMail(template, item(zoe, variables));
        expect(mail.language).toBe(language);
        expect(mail.html.length).toBeLessThan(40_000);
        expect(mail.html).not.toMatch(/[\uE000-\uE02F]|\{\{|\{%|<mj-/);
        expect(mail.text.length).toBeGreaterThan(50);
      }
    }
  });
});

describe('writing other messages out', () => {
  const render = async (
    content: TemplateContent | object,
    channel: 'sms' | 'webhook' | 'webpush',
    one: RenderItem,
    workspace: number,
  ) => {
    const [rendered] = await renderer.render({ ...(await save(workspace, content, channel)), items: [one] });
    return rendered?.ok === true ? rendered.content : rendered;
  };

  it('fills in texts, notifications and JSON without escaping them as pages', async () => {
    const { id: workspace } = await createWorkspace(deps);
    const zoe = await addPerson(deps, workspace, { firstName: 'Zoé', lastName: 'L’"été' });
    const base = { fallbackLanguage: 'fr' };
    expect(
      await render(
        { ...base, kind: 'text', languages: { fr: { body: 'Salut {{ customer.name }} & co' } } },
        'sms',
        item(zoe),
        workspace,
      ),
    ).toEqual({ kind: 'text', body: 'Salut Zoé L’"été & co' });
    const linked = item(zoe);
    const { shorten, unsubscribe } = linked.links;
    const written = 'Voir https://a.example/1, https://b.example ou https://a.example/1. STOP : {{ unsubscribe_url }}';
    expect(
      await render({ ...base, kind: 'text', languages: { fr: { body: written } } }, 'sms', linked, workspace),
    ).toEqual({
      kind: 'text',
      body: `Voir ${shorten('https://a.example/1', 0)}, ${shorten('https://b.example', 1)} ou ${shorten('https://a.example/1', 0)}. STOP : ${unsubscribe}`,
    });
    const push = {
      title: 'A\n{{ customer.firstName }}',
      body: 'b',
      url: 'https://shop.example/{{ customer.firstName }}',
      data: { k: '{{ language }}' },
    };
    const one = item(zoe);
    expect(await render({ ...base, kind: 'push', languages: { fr: push } }, 'webpush', one, workspace)).toEqual({
      kind: 'push',
      title: 'A Zoé',
      body: 'b',
      url: one.links.shorten('https://shop.example/Zoé', 0),
      data: { k: 'fr' },
    });
    const body = { who: '{{ customer.name }}', n: 3, list: ['{{ 2 | plus: 2 }}', null, { deep: 'x' }] };
    expect(
      await render({ ...base, kind: 'json', languages: { fr: { body } } }, 'webhook', item(zoe), workspace),
    ).toEqual({
      kind: 'json',
      body: { who: 'Zoé L’"été', n: 3, list: ['4', null, { deep: 'x' }] },
    });
  });
});
