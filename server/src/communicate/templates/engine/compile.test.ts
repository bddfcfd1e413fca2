import { brandKitSchema, type TemplateContent, templateContentSchema, wrapBareText } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../load/people.ts';
import { compile } from './compile.ts';
import { FieldRenderer } from './renderFields.ts';

const kit = brandKitSchema.parse({ senderName: 'Maison "Ré"', primary: '#123456' });
const mail = (text: object): TemplateContent =>
  templateContentSchema.parse({ kind: 'email', fallbackLanguage: 'fr', languages: { fr: { subject: 'S', ...text } } });
const parts = new Map([
  ['pied', '<mj-section><mj-column><mj-text>Pied</mj-text></mj-column></mj-section>'],
  ['anneau', "{% render 'anneau' %}"],
]);
const compileMail = (text: object) => compile({ key: 'k', content: mail(text), language: 'fr', kit, parts });
const fieldOf = async (text: object, name: string): Promise<string> =>
  (await compileMail(text)).compiled.fields.find((field) => field.name === name)?.source ?? '';

const section = (inner: string): string => `<mj-section><mj-column>${inner}</mj-column></mj-section>`;

describe('laying a mail out', () => {
  it('leaves Liquid in, wherever it stood: in attributes with quotes, in conditions, between sections', async () => {
    const mjml = `{% if a < b and c > "d" %}${section(
      `<mj-button href="{{ x | default: "y" }}">{{ label }}</mj-button>{% if z %}<mj-text>z</mj-text>{% endif %}`,
    )}{% endif %}`;
    const html = await fieldOf({ mjml }, 'html');
    for (const token of [
      '{% if a < b and c > "d" %}',
      '{{ x | default: "y" }}',
      '{{ label }}',
      '{% if z %}',
      '{% endif %}',
    ])
      expect(html).toContain(token);
    expect(html.indexOf('{% if a')).toBeLessThan(html.indexOf('{{ label }}'));
    expect(html.lastIndexOf('{% endif %}')).toBeGreaterThan(html.indexOf('{{ label }}'));
  });

  it('puts in what is the same for everybody, and loads nothing from elsewhere', async () => {
    const mjml = `<mjml><mj-head><mj-attributes><mj-all font-family="Roboto" /></mj-attributes></mj-head><mj-body>${section(
      '<mj-button background-color="{{ brand.primary }}">{{brand.senderName}}</mj-button>',
    )}{% render 'pied' %}</mj-body></mjml>`;
    const html = await fieldOf({ mjml }, 'html');
    expect(html).toContain('#123456');
    expect(html).toContain('Maison &quot;Ré&quot;');
    expect(html).toContain('Pied');
    expect(html).not.toMatch(/fonts\.googleapis|<link|@import/);
  });

  it('never ends in a part that holds itself, and names what is not there', async () => {
    for (const [name, said] of [
      ['anneau', 'holds itself'],
      ['rien', 'no part “rien”'],
    ]) {
      const { problems } = await compileMail({ mjml: `{% render '${name}' %}` });
      expect(problems).toMatchObject([
        { code: 'liquid_error', field: 'mjml', fatal: true, what: expect.stringContaining(said ?? '') },
      ]);
    }
  });

  it('reads no files for mj-include', async () => {
    const html = await fieldOf({ mjml: `<mj-include path="/etc/passwd" />${section('<mj-text>a</mj-text>')}` }, 'html');
    expect(html).not.toContain('root:');
  });

  it('makes a text part with links, without pictures and styles', async () => {
    const mjml = section(
      '<mj-image src="https://c.example/a.jpg" href="https://a.example" alt="A" /><mj-text>Bonjour {{ x }}, <a href="https://b.example/?a=1&amp;b=2">voir</a></mj-text>',
    );
    const text = await fieldOf({ mjml, preheader: 'avant' }, 'text');
    expect(text).toMatch(/^Bonjour \{\{ x \}\}, voir <\uE010\d\uE011https:\/\/b\.example\/\?a=1&b=2\uE012>$/);
  });

  it('shows the preheader once, escaped, with its Liquid', async () => {
    const html = await fieldOf({ html: '<body class="a"><p>x</p></body>', preheader: '{{ a }} & <b>' }, 'html');
    expect(html).toMatch(/^<body class="a"><div class="preheader"[^>]*>\{\{ a \}\} &amp; &lt;b&gt;/);
  });

  it('tells which names it asks for', async () => {
    const mjml = section(
      '<mj-text>{% assign q = customer.x %}{{ q }}{% for p in products %}{{ p.title }}{% endfor %}</mj-text>',
    );
    const { compiled } = await compileMail({ mjml, subject: '{{ points.balance }}' });
    expect([...compiled.asks].toSorted()).toEqual(['customer', 'points', 'products']);
  });
});

describe('Liquid', () => {
  it('escapes what capture kept once more rather than not at all', () => {
    const renderer = new FieldRenderer();
    const source = '{% capture a %}{{ x }}{% endcapture %}{{ a }}';
    renderer.load('k', [{ name: 'html', source, writing: 'page' }]);
    const speech = { language: 'fr', timeZone: 'UTC', currency: 'EUR', now: 0 };
    const [outcome] = renderer.render('k', [{ context: { x: '<i>' }, speech }]);
    expect(outcome).toEqual({ ok: true, texts: ['&amp;lt;i&amp;gt;'] });
  });
});

it('only bare text between elements is wrapped', () => {
  const inside = '<mj-body><mj-section><mj-column><mj-text>a <b>b</b></mj-text></mj-column></mj-section></mj-body>';
  expect(wrapBareText(inside)).toBe(inside);
  expect(wrapBareText('<mj-body>x<mj-section>y</mj-section></mj-body>z')).toBe(
    '<mj-body><mj-raw>x</mj-raw><mj-section><mj-raw>y</mj-raw></mj-section></mj-body>z',
  );
});

it('the nearest language is written in', () => {
  const written = ['fr', 'en', 'pt-BR'];
  for (const [wanted, chosen] of [
    ['fr', 'fr'],
    ['FR', 'fr'],
    ['en_GB', 'en'],
    ['pt', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['de', 'fr'],
    [null, 'fr'],
  ] as const)
    expect(chooseLanguage(written, wanted, 'fr')).toBe(chosen);
});
