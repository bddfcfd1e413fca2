import { holdoutReportSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { insertRows } from '../../../test/buyers.ts';
import { experimentBy, runExperiment } from '../../../test/experiments.ts';
import { useStores } from '../../../test/stores.ts';
import { customerUnit } from '../assigner/createAssigner.ts';
import { bucketOf } from '../assignment/index.ts';
import { changeExperimentSettings } from '../experiments/changeExperiments.ts';
import { readGlobalHoldout, readLocalHoldout } from './readHoldout.ts';

const stores = useStores();
const hour = 3_600_000;
const started = Date.parse('2026-04-01T08:00:00Z');

async function openShop(customers: readonly number[]) {
  stores.clock.set(new Date(started).toISOString());
  const shop = await createWorkspace(stores, { timeZone: 'Europe/Paris' });
  await insertRows(
    stores,
    'customers',
    customers.map((id) => ({
      workspace_id: shop.id,
      profile_id: id,
      members: [id],
      first_seen: started,
      removed: id % 1_000 === 0,
      version: 1,
    })),
  );
  return shop;
}
const order = (workspace: number, profile: number, at: number, total: number, more: object = {}) => ({
  workspace_id: workspace,
  profile_id: profile,
  order_id: `o${profile}-${at}`,
  ordered_at: at,
  status: 'completed',
  currency: 'EUR',
  total,
  base_total: total,
  base_refunded: 0,
  version: 1,
  ...more,
});

describe('a holdout', () => {
  it('has exactly the people whom assigning holds out, and what they and the others bought since', async () => {
    const customers = Array.from({ length: 6_000 }, (_, index) => 50_001 + index);
    const alive = customers.filter((id) => id % 1_000 !== 0);
    const shop = await openShop(customers);
    const none = holdoutReportSchema.parse(await readGlobalHoldout(stores, shop.id));
    expect(none).toMatchObject({ share: 0, since: null, held: { people: 0 }, buyers: null });
    await changeExperimentSettings(stores, experimentBy(shop), { globalHoldout: 0.07, publishedSegments: [] });
    const isHeld = (id: number): boolean => bucketOf('holdout', customerUnit(id)) < 0.07;
    const held = alive.filter(isHeld);
    // The others order twice as often; one order is from before, one was cancelled, one half refunded.
    const buyers = alive.filter((id, index) => (isHeld(id) ? id % 10 === 0 : index % 5 === 0));
    const [first = 0] = held.filter((id) => !buyers.includes(id));
    await insertRows(stores, 'customer_orders', [
      ...buyers.map((id) => order(shop.id, id, started + hour, 40)),
      order(shop.id, first, started - hour, 500),
      order(shop.id, first, started + hour, 500, { status: 'cancelled' }),
      order(shop.id, buyers.find(isHeld) ?? 0, started + 2 * hour, 100, { base_refunded: 50 }),
    ]);
    stores.clock.set(new Date(started + 24 * hour).toISOString());
    const report = holdoutReportSchema.parse(await readGlobalHoldout(stores, shop.id));
    const heldBuyers = buyers.filter(isHeld).length;
    expect(report).toMatchObject({
      share: 0.07,
      since: new Date(started).toISOString(),
      held: { people: held.length, buyers: heldBuyers, orders: heldBuyers + 1, revenue: heldBuyers * 40 + 50 },
      others: { people: alive.length - held.length, buyers: buyers.length - heldBuyers },
      sampleRatio: { alarm: false, enough: true },
    });
    expect(report.buyers?.relative).toBe(true);
    expect(report.buyers?.value).toBeGreaterThan(0.3);
    expect(report.revenue).not.toBeNull();
    // The same share again is no change; another one counts from then on.
    await changeExperimentSettings(stores, experimentBy(shop), { globalHoldout: 0.07, publishedSegments: ['7'] });
    expect((await readGlobalHoldout(stores, shop.id)).since).toBe(new Date(started).toISOString());
    await changeExperimentSettings(stores, experimentBy(shop), { globalHoldout: 0.1, publishedSegments: [] });
    expect((await readGlobalHoldout(stores, shop.id)).since).toBe(new Date(started + 24 * hour).toISOString());
  });

  it('of one experiment is told where the server assigns, and only there', async () => {
    const customers = Array.from({ length: 999 }, (_, index) => 80_001 + index);
    const shop = await openShop(customers);
    const id = await runExperiment(stores, shop, { holdout: 0.2 });
    const report = await readLocalHoldout(stores, shop.id, id);
    const held = customers.filter((each) => bucketOf('holdout:tried', customerUnit(each)) < 0.2).length;
    expect(report).toMatchObject({ share: 0.2, held: { people: held }, others: { people: 999 - held } });
    const flag = await runExperiment(stores, shop, { key: 'switch', kind: 'flag', holdout: 0.2 });
    await expect(readLocalHoldout(stores, shop.id, flag)).rejects.toMatchObject({
      code: 'experience.holdout_by_client',
    });
  });
});
