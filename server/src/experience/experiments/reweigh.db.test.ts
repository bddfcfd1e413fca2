import { describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { insertRows } from '../../../test/buyers.ts';
import { experimentBy, experimentRequest, runExperiment } from '../../../test/experiments.ts';
import { useStores } from '../../../test/stores.ts';
import { createRunningExperiments } from './assignables.ts';
import { beginExperiment, closeExperiment } from './changeExperiments.ts';
import { readResults } from './readResults.ts';
import { reweigh } from './reweigh.ts';

const stores = useStores();
const hour = 3_600_000;
const day = 24 * hour;
const started = Date.parse('2026-04-01T08:00:00Z');
const bandit = { allocation: 'bandit', bandit: { every: 'day', minimum: 0.1 } };
let message = 0;

/** People of an arm who were exposed at a moment; every n-th of them ordered an hour later. */
async function come(shop: TestWorkspace, arm: string, from: number, count: number, everyNth: number): Promise<void> {
  const at = stores.clock.now().getTime() - 2 * hour;
  const ids = Array.from({ length: count }, (_, index) => from + index);
  await insertRows(
    stores,
    'events',
    ids.map((profile) => ({
      workspace_id: shop.id,
      profile_id: profile,
      timestamp: at,
      received_at: at,
      message_id: `reweigh-${++message}`,
      type: 'track',
      event: 'Experiment Viewed',
      properties: JSON.stringify({ experiment_id: 'tried', variation_id: arm }),
    })),
  );
  await insertRows(
    stores,
    'orders',
    ids
      .filter((_, index) => index % everyNth === 0)
      .map((profile) => ({
        workspace_id: shop.id,
        order_id: `o${profile}`,
        profile_id: profile,
        ordered_at: at + hour,
        status: 'completed',
        currency: 'EUR',
        total: 40,
        base_total: 40,
        base_refunded: 0,
        version: 1,
      })),
  );
}
const open = async (): Promise<TestWorkspace> => {
  stores.clock.set(new Date(started).toISOString());
  return createWorkspace(stores, { timeZone: 'Europe/Paris' });
};
const weightsOf = async (shop: TestWorkspace) =>
  (await createRunningExperiments(stores).get(shop.id)).find(({ assignable }) => assignable.key === 'tried')?.assignable
    .weights;

describe('a bandit', () => {
  it('follows what does best once a period is over, keeps the minimum, and a repeat changes nothing', async () => {
    const shop = await open();
    const id = await runExperiment(stores, shop, bandit);
    expect(await weightsOf(shop)).toEqual([0.5, 0.5]);
    stores.clock.set(new Date(started + 12 * hour).toISOString());
    await come(shop, 'control', 1_000, 400, 20);
    await come(shop, 'big', 2_000, 400, 5);
    expect(await reweigh(stores, shop.id, id)).toBe('early');
    stores.clock.set(new Date(started + day).toISOString());
    const outcomes = await Promise.all([reweigh(stores, shop.id, id), reweigh(stores, shop.id, id)]);
    expect(outcomes.toSorted()).toEqual(['done', 'early']);
    const [control = 0, big = 0] = (await weightsOf(shop)) ?? [];
    expect(control).toBeCloseTo(0.1, 3);
    expect(big).toBeCloseTo(0.9, 3);
    expect(await reweigh(stores, shop.id, id)).toBe('early');
    stores.clock.set(new Date(started + 2 * day).toISOString());
    expect(await reweigh(stores, shop.id, id)).toBe('done');
    const results = await readResults(stores, shop.id, id);
    expect(results.verdict).toEqual({ code: 'bandit', variation: 'big', metric: 'buyers', change: null });
    expect(results.sampleRatio).toMatchObject({ alarm: false, enough: false });
    expect(results.phases).toMatchObject([
      { phase: 1, people: [400, 400], at: new Date(started + day).toISOString() },
      { phase: 2 },
    ]);
    const [, arm] = results.metrics[0]?.arms ?? [];
    expect(arm).toMatchObject({ decided: false, pValue: null, corrected: null });
    expect(arm?.chanceToWin).toBeGreaterThan(0.99);
  });

  it('waits while there are too few people, and begun anew starts from what was planned', async () => {
    const shop = await open();
    const id = await runExperiment(stores, shop, bandit);
    stores.clock.set(new Date(started + day).toISOString());
    await come(shop, 'control', 1_000, 40, 2);
    await come(shop, 'big', 2_000, 400, 2);
    expect(await reweigh(stores, shop.id, id)).toBe('too_few');
    await come(shop, 'control', 3_000, 400, 50);
    expect(await reweigh(stores, shop.id, id)).toBe('done');
    expect(await weightsOf(shop)).not.toEqual([0.5, 0.5]);
    await closeExperiment(stores, experimentBy(shop), id, 'stopped');
    expect(await reweigh(stores, shop.id, id)).toBe('early');
    await beginExperiment(stores, experimentBy(shop), id);
    expect(await weightsOf(shop)).toEqual([0.5, 0.5]);
  });

  it('is only where the server keeps what people were given', () => {
    expect(() => experimentRequest({ ...bandit, kind: 'flag' })).toThrow('memory');
    expect(() => experimentRequest({ ...bandit, kind: 'experience' })).toThrow('memory');
    expect(experimentRequest({ ...bandit, kind: 'recommendation' }).bandit.minimum).toBe(0.1);
  });
});
