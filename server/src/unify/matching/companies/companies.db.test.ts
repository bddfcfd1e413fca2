import { afterEach, expect, test } from 'vitest';
import { type MatchShop, openMatchShop, steward } from '../../../../test/matching.ts';
import { useStores } from '../../../../test/stores.ts';
import type { JsonObject } from '../../../platform/index.ts';
import { listCompanyPage } from '../../profiles/listCompanies.ts';
import { decideReview } from '../reviews/decideReview.ts';
import { listReviews } from '../reviews/listReviews.ts';
import { readReview } from '../reviews/readReview.ts';
import { undoDecision } from '../reviews/undoDecision.ts';
import { undoRun } from '../runs/undoRun.ts';

const stores = useStores();
let shop: MatchShop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const trades = ['Verrerie', 'Menuiserie', 'Boulangerie', 'Imprimerie', 'Transports', 'Librairie', 'Fonderie'];
const owners = [
  'Lambert',
  'Morvan',
  'Castel',
  'Aubry',
  'Delmas',
  'Keller',
  'Vidal',
  'Perrin',
  'Royer',
  'Bonnet',
  'Caron',
];
const towns = [
  ['69003', 'Lyon'],
  ['33000', 'Bordeaux'],
  ['59000', 'Lille'],
] as const;

function company(number: number, again = false): JsonObject {
  const [postalCode, city] = towns[number % 3] ?? ['', ''];
  const name = `${trades[number % 7]} ${owners[Math.floor(number / 7) % 11]} ${Math.floor(number / 77) || ''}`.trim();
  return {
    name: again ? `${name.toUpperCase()} S.A.R.L.` : `${name} SARL`,
    ...(!again && { phone: `+3347${String(1_000_000 + number * 7_919).slice(0, 7)}` }),
    domain: `${again ? 'www.' : ''}company${number}.example`,
    address: { street: `${1 + number} rue de l'Industrie`, postalCode, city, country: 'FR' },
  };
}

const groups = (people: number, twice: number) => [
  ...Array.from({ length: people }, (_, number) => ({
    type: 'group',
    groupId: `erp-${number}`,
    userId: `buyer-${number}`,
    traits: company(number),
  })),
  ...Array.from({ length: twice }, (_, number) => ({
    type: 'group',
    groupId: `crm-${number}`,
    userId: `other-${number}`,
    traits: company(number, true),
  })),
];

const pageOf = (q: string) => listCompanyPage(stores.pg, shop.id, { q, limit: 200 });

test('companies are found twice, merged with their people, asked about and taken apart again by the same machinery', async () => {
  shop = await openMatchShop(stores);
  await shop.send(...groups(150, 60));
  expect((await pageOf('')).items).toHaveLength(200);
  const run = await shop.match({ kind: 'company' });
  expect(run).toMatchObject({ state: 'done', kind: 'company' });
  expect(run.merges).toBeGreaterThan(50);
  const merged = (await pageOf('erp-3')).items.find(({ groupId }) => groupId === 'erp-3');
  expect(merged?.members).toBe(2);
  expect((await pageOf('crm-3')).items.filter(({ groupId }) => groupId === 'crm-3')).toEqual([]);
  await undoRun(shop.deps, shop.id, run.id, steward);
  expect((await pageOf('erp-3')).items.find(({ groupId }) => groupId === 'erp-3')?.members).toBe(1);
  expect((await pageOf('crm-3')).items.map(({ groupId }) => groupId)).toContain('crm-3');
});

test('a question about two companies is decided like one about people', async () => {
  shop = await openMatchShop(stores);
  await shop.send(...groups(150, 60));
  await shop.match({ kind: 'company', thresholds: { auto: 1, review: 0.5 } });
  const { items } = await listReviews(shop.deps, shop.id, { state: 'open', kind: 'company', limit: 50 });
  const id = items[0]?.id ?? 0;
  const review = await readReview(shop.deps, shop.id, id, { masked: false });
  expect(review).toMatchObject({ kind: 'company', totals: null });
  expect(review.fields.map(({ field }) => field)).toContain('name');
  const decision = { workspace: shop.id, id, actor: steward, note: null };
  await decideReview(shop.deps, { ...decision, decision: 'merge' });
  expect((await pageOf('')).items.map(({ groupId }) => groupId)).not.toContain(review.right.id);
  await undoDecision(shop.deps, decision);
  await decideReview(shop.deps, { ...decision, decision: 'distinct' });
  await shop.match({ kind: 'company', thresholds: { auto: 0.6, review: 0.5 } });
  const names = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await listCompanyPage(stores.pg, shop.id, { limit: 100, after });
    for (const { groupId } of page.items) names.add(groupId);
    if (page.next === null) break;
    after = page.next;
  }
  expect([names.has(review.left.id), names.has(review.right.id)]).toEqual([true, true]);
});
