import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, insertRows } from '../../../test/buyers.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { useHabitRun } from '../habits/sql/habits.pg.ts';
import { createDecidedData } from '../segments/index.ts';
import { readProfilePredictions } from './readProfile.ts';
import { compileShopDays, compileShopSummary } from './score/compileShop.ts';
import { insertPredictionRun, notePublished, savePredictionFit, usePredictionRun } from './sql/predictions.pg.ts';

const deps = useStores();
const at = new Date('2026-05-01T09:30:00Z');
let shop: Shop;
let person = 0;
let run = 0;

beforeAll(async () => {
  shop = await openShop(deps, { timeZone: 'Europe/Paris' });
  await shop.send({ type: 'identify', userId: 'one', traits: { email: 'one@example.org' } });
  const { rows } = await deps.pg.pool.query('select id::int from unify.profile where workspace_id = $1', [shop.id]);
  person = rows[0].id;
  const queued = await deps.pg.row(insertPredictionRun, {
    workspace: shop.id,
    trigger: 'manual',
    at,
    actor: 'user:me',
  });
  run = queued?.id ?? 0;
});
afterAll(() => shop.pipeline.stop());

async function usePredictions(): Promise<void> {
  await insertRows(deps, 'predictions', [
    {
      workspace_id: shop.id,
      site: '',
      profile_id: person,
      run_id: run,
      computed_at: at.toISOString(),
      order_30: 0.25,
      order_90: 0.5,
      churn: 0.5,
      orders_90: 0.8,
      orders_90_high: 2,
      orders_365: 2.5,
      orders_365_high: 6,
      value_90: 40,
      value_90_high: 90,
      value_365: 120.456,
      value_365_low: 20,
      value_365_high: 300,
      historic_value: 200,
      lifetime_value: 320.456,
      next_order_at: new Date(at.getTime() + 40 * day).toISOString(),
      next_order_from: new Date(at.getTime() + 5 * day).toISOString(),
      next_order_to: new Date(at.getTime() + 200 * day).toISOString(),
      tier: 'top',
    },
  ]);
  const scope = { workspace: shop.id, site: '', run };
  const result = {
    training: null,
    models: {},
    backtests: [],
    rates: null,
    value30: null,
    tiers: [],
    atRisk: { customers: 0, worth: 0 },
  };
  const fit = { currency: 'EUR', at, served: 'mbgnbd', reasons: ['season_unknown'], people: 1, result };
  await deps.pg.run(savePredictionFit, { ...scope, ...fit });
  await deps.pg.row(usePredictionRun, { ...scope, used: true });
  await deps.pg.row(notePublished, { ...scope, at, horizon: 90, since: at });
  await insertRows(deps, 'published_predictions', [
    {
      workspace_id: shop.id,
      site: '',
      run_id: run,
      profile_id: person,
      computed_at: at.toISOString(),
      order_90: 0.5,
      orders_90: 0.8,
    },
  ]);
}

async function useHabits(): Promise<void> {
  const row = { workspace_id: shop.id, profile_id: person, run_id: 7 };
  await insertRows(deps, 'habits', [
    {
      ...row,
      computed_at: at.toISOString(),
      best_hour: 19,
      hour_signals: 12,
      channel: 'email',
      channels: { email: 0.75, web: 0.25 },
      discount_affinity: 0.4,
      discount_orders: 5,
    },
  ]);
  await insertRows(deps, 'appetences', [
    { ...row, dimension: 'category', place: 1, value: 'Boots', share: 0.5, signals: 8 },
    { ...row, dimension: 'category', place: 2, value: 'Sandals', share: 0.25, signals: 3 },
    { ...row, dimension: 'brand', place: 1, value: 'Northwind', share: 0.625, signals: 9 },
  ]);
  await deps.pg.row(useHabitRun, { workspace: shop.id, run: 7, at, people: 1 });
}

describe('predictions of a customer', () => {
  it('are nothing before the first run, and of nobody not found', async () => {
    const none = await readProfilePredictions(deps, shop.id, encodeProfileId(person));
    expect(none).toMatchObject({
      at: null,
      model: null,
      reasons: [],
      order90: null,
      value: null,
      categories: [],
      channel: null,
    });
    await expect(readProfilePredictions(deps, shop.id, encodeProfileId(999_999))).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('hold chances, dates in local days, orders, values, tier and habits', async () => {
    await usePredictions();
    await useHabits();
    const found = await readProfilePredictions(deps, shop.id, encodeProfileId(person));
    expect(found).toMatchObject({
      run: String(run),
      model: 'mbgnbd',
      reasons: ['season_unknown'],
      order30: 0.25,
      churn: { value: 0.5, horizonDays: 90 },
      nextOrder: { at: '2026-06-10', from: '2026-05-06', to: '2026-11-17' },
      orders: { in365: { expected: 2.5, low: 0, high: 6 } },
      value: { in365: { expected: 120.46, low: 20, high: 300 } },
      lifetimeValue: { historic: 200, predicted: 120.46, total: 320.46 },
      tier: 'top',
      categories: [
        { value: 'Boots', share: 0.5, signals: 8 },
        { value: 'Sandals', share: 0.25, signals: 3 },
      ],
      brands: [{ value: 'Northwind', share: 0.625, signals: 9 }],
      channel: { best: 'email', shares: { email: 0.75, web: 0.25 } },
      bestHour: { hour: 19, own: 12 },
      discount: { affinity: 0.4, orders: 5 },
    });
  });

  it('are given out with the rest of what is held, and go with an erasure', async () => {
    const data = createDecidedData(deps);
    const subject = { workspaceId: shop.id, profileIds: [person], identifiers: [], orderIds: [] };
    expect(await data.export(subject)).toMatchObject({ predictions: [{ tier: 'top', bestHour: { hour: 19 } }] });
    await data.erase(subject);
    for (const table of ['predictions', 'published_predictions', 'habits', 'appetences']) {
      const count = { name: 'test.countForeseen', params: {}, row: { left: 'UInt64' } } as const;
      const [row] = await deps.ch.rows(
        { ...count, text: `select count() as left from ${table} where profile_id = ${person}` },
        {},
      );
      expect(row?.left).toBe(0);
    }
  });
});

describe('order days of a shop', () => {
  it('are net of refunds, local, of the root, and without what was cancelled or given back', async () => {
    const order = (profile: number, id: string, ordered: string, money: number, more: object = {}) => ({
      workspace_id: shop.id + 1_000,
      profile_id: profile,
      order_id: id,
      ordered_at: ordered,
      site: 'fr',
      status: 'completed',
      currency: 'EUR',
      total: money,
      base_total: money,
      version: 1,
      ...more,
    });
    await insertRows(deps, 'customer_orders', [
      order(71, 'a', '2026-01-01T10:00:00Z', 50),
      // In Paris it is the 5th already; the same day as the next one, of another row of the same customer.
      order(71, 'b', '2026-01-04T23:30:00Z', 20),
      order(72, 'c', '2026-01-05T12:00:00Z', 30, { base_refunded: 5, refunded: 5 }),
      order(72, 'd', '2026-01-09T12:00:00Z', 40, { base_refunded: 60, refunded: 60 }),
      order(71, 'e', '2026-01-10T12:00:00Z', 40, { status: 'cancelled' }),
      order(71, 'f', '2026-01-12T12:00:00Z', 0),
      order(71, 'g', '2026-01-15T12:00:00Z', 9, { base_total: null }),
      order(71, 'h', '2026-06-01T12:00:00Z', 9),
      order(73, 'i', '2026-01-15T12:00:00Z', 30, { base_refunded: 30, refunded: 30 }),
    ]);
    await insertRows(deps, 'profile_root', [
      { workspace_id: shop.id + 1_000, profile_id: 72, root_id: 71, version: 1 },
    ]);
    const scope = { workspace: shop.id + 1_000, site: '', zone: 'Europe/Paris', now: at.getTime() };
    const { query, values } = compileShopDays(scope, 1);
    const first = Math.floor(Date.parse('2026-01-01') / day);
    expect(await deps.ch.rows(query, values)).toEqual([
      { person: '71', day: first, value: 50 },
      { person: '71', day: first + 4, value: 45 },
      { person: '71', day: first + 11, value: 0 },
      { person: '71', day: first + 14, value: null },
    ]);
    const summary = compileShopSummary(scope);
    // Three repeat orders, of two the value is known; what was given back beyond its order counts in what was spent.
    expect(await deps.ch.rows(summary.query, summary.values)).toEqual([
      { person: 71, x: 3, tx: 14, age: 120, valued: 2, mean: 22.5, value: 95 / 3, spent: 75 },
    ]);
  });
});
