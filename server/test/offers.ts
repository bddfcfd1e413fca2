import { type LoyaltyRules, type OfferRequest, offerRequestSchema } from '@vitrail/contracts';
import type { Reactor } from '../src/collect/index.ts';
import { claimOffer } from '../src/communicate/offers/claimOffer.ts';
import { claimCodes, generateCodes } from '../src/communicate/offers/coupons.ts';
import { changePoints, readPoints, saveRules } from '../src/communicate/offers/points.ts';
import { createPointTraits } from '../src/communicate/offers/pointTraits.ts';
import { insertPool, listPools } from '../src/communicate/offers/sql/coupons.pg.ts';
import { followOrders } from '../src/communicate/offers/takeOrders.ts';
import { findHolder, findRoots, projectCustomers } from '../src/unify/index.ts';
import type { WorkspaceOverrides } from './builders.ts';
import { openShop } from './shop.ts';
import type { TestDeps } from './stores.ts';

/** An offer that runs, for everybody. */
export const offerWish = (overrides: object = {}): OfferRequest =>
  offerRequestSchema.parse({
    key: 'summer',
    name: 'Summer',
    state: 'active',
    texts: { fr: { title: 'Été' }, en: { title: 'Summer' } },
    ...overrides,
  });

export type OfferShop = Awaited<ReturnType<typeof openOfferShop>>;

/** A shop whose orders bring points and use codes, with points as traits of its customers; on 4 May 2026. */
export async function openOfferShop(
  stores: TestDeps,
  options: WorkspaceOverrides & { reactors?: readonly Reactor[] } = {},
) {
  stores.clock.set('2026-05-04T10:00:00.000Z');
  const [follow, project] = [followOrders(stores), projectCustomers(stores, createPointTraits(stores))];
  const shop = await openShop(stores, {
    ...options,
    project: async (batch) => {
      await follow(batch);
      await project(batch);
    },
  });
  const workspace = shop.id;
  const by = () => ({ workspace, actor: { kind: 'system', id: 'test' } as const });
  /** What changes points goes through the pipeline. */
  const deps = { ...stores, pipeline: shop.pipeline };
  return {
    ...shop,
    by,
    deps,
    async person(name: string): Promise<number> {
      await shop.send({ type: 'identify', userId: name, traits: { email: `${name}@example.fr` } });
      const [profile] = await findHolder(stores.pg, workspace, [`email:${name}@example.fr`]);
      return profile ?? 0;
    },
    order: (name: string, id: string, fields: object = {}, event = 'Order Completed') =>
      shop.send({
        type: 'track',
        event,
        userId: name,
        timestamp: stores.clock.now().toISOString(),
        properties: {
          order_id: id,
          total: 40,
          currency: 'EUR',
          products: [{ product_id: 'lamp', price: 40, quantity: 1 }],
          ...fields,
        },
      }),
    async pool(count = 0): Promise<number> {
      const row = await stores.pg.row(insertPool, { workspace, name: 'Codes', now: stores.clock.now() });
      const id = row?.id ?? 0;
      if (count > 0) await generateCodes(stores.pg, workspace, id, { count, prefix: 'S-', length: 8 });
      return id;
    },
    async remaining(id: number) {
      const found = (await stores.pg.rows(listPools, { workspace })).find((row) => row.id === id);
      return { codes: found?.codes, remaining: found?.remaining, redeemed: found?.redeemed };
    },
    claims: (id: number, keys: readonly string[], profile = 1) =>
      stores.pg.transaction((tx) =>
        claimCodes(tx, {
          workspace,
          pool: id,
          offer: null,
          now: stores.clock.now(),
          expiresAt: null,
          claims: keys.map((key) => ({ key, profile })),
        }),
      ),
    claim: (offer: number, profile: number, key: string) =>
      stores.pg.transaction((tx) =>
        claimOffer(tx, { workspace, offer: String(offer), profile, key, now: stores.clock.now() }),
      ),
    async pointsOf(profile: number) {
      const [row] = await stores.pg.rows(findRoots, { workspace, profiles: [profile] });
      const root = row?.root_id ?? profile;
      return readPoints(stores.pg, { workspace, root, profiles: [profile, root], now: stores.clock.now() });
    },
    /** By hand or at a till. */
    change: (profile: number, points: number, key: string) =>
      changePoints(deps, { workspace, root: profile, profiles: [profile], points, note: 'till', key, actor: 'key:1' }),
    programme: (overrides: Partial<LoyaltyRules> = {}) =>
      saveRules(stores, by(), {
        active: true,
        pointsPerUnit: 1,
        startsAt: '2026-01-01T00:00:00.000Z',
        expiresMonths: 12,
        tiers: [
          { name: 'Gold', from: 100 },
          { name: 'Silver', from: 30 },
        ],
        ...overrides,
      }),
  };
}
