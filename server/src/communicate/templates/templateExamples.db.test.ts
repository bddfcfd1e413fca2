import { readFileSync } from 'node:fs';
import { templateContentSchema } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useStores } from '../../../test/stores.ts';
import { addPerson, addProducts, createTestRenderer, linksOf } from '../../../test/templates.ts';
import { pgQuery } from '../../platform/index.ts';
import type { Renderer } from './render.ts';
import { changeKit, readKits } from './store/brandKits.ts';

const insertOrder = pgQuery({
  name: 'test.insertTemplateOrder',
  params: { workspace: 'int4', id: 'text', profile: 'int8', at: 'timestamptz', total: 'numeric' },
  row: {},
  text: `insert into unify."order" (workspace_id, order_id, profile_id, source_id, status, ordered_at, content_at, currency, total, base_total, version)
    values (:workspace, :id, :profile, 1, 'completed', :at, :at, 'EUR', :total, :total, 1)`,
});

const page = readFileSync(new URL('../../../../docs/reference/templates.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```liquid\n([\s\S]*?)\n→ ?(.*)\n```/g)].map(([, source = '', said = '']) => ({
  source,
  said,
}));

const deps = useStores();
let renderer: Renderer;
let workspace = 0;
let zoe = 0;
beforeAll(async () => {
  deps.clock.set('2026-06-15T10:00:00Z');
  renderer = createTestRenderer(deps);
  workspace = (await createWorkspace(deps, { language: 'fr', timeZone: 'Europe/Paris' })).id;
  zoe = await addPerson(deps, workspace, { firstName: 'zoé', lastName: 'MARTIN', city: 'Lyon', language: 'fr' });
  await addProducts(deps, workspace, [
    { id: 'p1', title: 'Pull & bonnet' },
    { id: 'p2', title: 'Écharpe' },
  ]);
  for (const [id, at, total] of [
    ['o1', '2026-04-20T10:00:00Z', '80.5'],
    ['o2', '2026-06-01T10:00:00Z', '40'],
  ] as const)
    await deps.pg.run(insertOrder, { workspace, id, profile: zoe, at: new Date(at), total });
  const [first] = await readKits(deps, workspace);
  if (first === undefined) throw new Error('a workspace without a kit');
  const kit = { ...first.kit, senderName: 'Maison', postalAddress: '1 rue du Port, Brest' };
  await changeKit(deps, { workspace, actor: { kind: 'user', id: 'someone' }, site: 'workspace', kit });
});
afterAll(() => renderer.stop());

const event = {
  name: 'Cart Abandoned',
  properties: {
    cart_id: 'c1',
    products: [
      { product_id: 'p1', quantity: 2 },
      { product_id: 'x9', name: 'Gants', price: 12.5, quantity: 1 },
    ],
  },
};

/** As a text, and as a page for those that speak of markup. Links as they are written, before they are shortened. */
async function fill(source: string): Promise<string> {
  const asPage = source.includes('| raw');
  const content = templateContentSchema.parse(
    asPage
      ? { kind: 'email', fallbackLanguage: 'fr', languages: { fr: { subject: 'A', html: source } } }
      : { kind: 'text', fallbackLanguage: 'fr', languages: { fr: { body: source } } },
  );
  const [rendered] = await renderer.renderContent({
    workspace,
    content,
    key: source,
    items: [
      { message: 1, profile: zoe, variant: '', variables: { event }, links: { ...linksOf(1), shorten: (url) => url } },
    ],
  });
  if (rendered?.ok !== true) throw new Error(JSON.stringify(rendered));
  if (rendered.content.kind === 'email') return rendered.content.html;
  return rendered.content.kind === 'text' ? rendered.content.body : '';
}

describe('the examples of the reference page', () => {
  it('are there', () => {
    expect(examples.length).toBeGreaterThan(12);
  });

  it.each(examples)('$source', async ({ source, said }) => {
    expect((await fill(source)).replace(/\s+/g, ' ').trim()).toBe(said.replace(/\s+/g, ' ').trim());
  });
});
