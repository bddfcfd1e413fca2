import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { experimentBy, listExposures, runExperiment } from '../../../test/experiments.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import {
  beginExperiment,
  changeExperimentSettings,
  closeExperiment,
  editExperiment,
} from '../experiments/changeExperiments.ts';
import { getExperiment } from '../experiments/readExperiments.ts';
import { createAssigner } from './createAssigner.ts';

const stores = useStores();
let shop: Shop;
beforeEach(async () => {
  stores.clock.set('2026-05-20T12:00:00Z');
  shop = await openShop(stores);
});
afterEach(() => shop.pipeline.stop());

const rowsOf = pgQuery({
  name: 'test.assigner.rowsOf',
  params: { workspace: 'int4', values: 'text[]' },
  row: { value: 'text', profile_id: 'int8', root_id: 'int8' },
  text: `select identifier.value, identifier.profile_id, profile.root_id
    from unify.identifier join unify.profile on profile.workspace_id = :workspace and profile.id = identifier.profile_id
    where identifier.workspace_id = :workspace and identifier.value = any(:values) order by identifier.value`,
});
const kind = 'message';
const ask = (roots: readonly number[]) => ({ workspace: shop.id, kind, experiment: 'tried', roots }) as const;

async function people(count: number): Promise<number[]> {
  const names = Array.from({ length: count }, (_, index) => `u${String(index).padStart(4, '0')}`);
  const timestamp = stores.clock.now().toISOString();
  await shop.send(...names.map((userId) => ({ type: 'identify', userId, timestamp })));
  return (await stores.pg.rows(rowsOf, { workspace: shop.id, values: names })).map(({ root_id }) => root_id);
}
/** A process of its own: what runs is read anew. */
const assign = (roots: readonly number[]) =>
  stores.pg.transaction((tx) => createAssigner(stores).assign(tx, ask(roots)));
const expose = (profiles: readonly number[]) =>
  stores.pg.transaction((tx) => createAssigner(stores).expose(tx, { ...ask([]), profiles }));
const exposures = async () => [...(await stores.ch.rows(listExposures, { workspace: shop.id, experiment: 'tried' }))];

describe('customers', () => {
  it('are divided as planned, the same way whoever asks, and a preview keeps nothing', async () => {
    await runExperiment(stores, shop, { holdout: 0.1 });
    const roots = await people(300);
    const foreseen = await createAssigner(stores).foresee(ask(roots));
    const given = await assign(roots);
    expect(given).toEqual(foreseen);
    expect(given.size).toBeGreaterThan(240);
    expect(given.size).toBeLessThan(295);
    const big = [...given.values()].filter((variation) => variation === 'big').length;
    expect(big / given.size).toBeGreaterThan(0.4);
    expect(big / given.size).toBeLessThan(0.6);
    expect(await createAssigner(stores).foresee({ ...ask(roots), kind: 'journey' })).toEqual(new Map());
    expect(await createAssigner(stores).variations(shop.id, kind, 'tried')).toEqual(['control', 'big']);
    expect(await createAssigner(stores).variations(shop.id, kind, 'other')).toBeNull();
  });

  it('keep what they were given when they turn out to be somebody known, and are held out later', async () => {
    await runExperiment(stores, shop);
    const timestamp = stores.clock.now().toISOString();
    await shop.send(
      ...Array.from({ length: 20 }, (_, index) => ({ type: 'page', anonymousId: `d${index}`, timestamp })),
      ...Array.from({ length: 20 }, (_, index) => ({ type: 'identify', userId: `p${index}`, timestamp })),
    );
    const names = Array.from({ length: 20 }, (_, index) => [`d${index}`, `p${index}`]);
    const before = new Map(
      (await stores.pg.rows(rowsOf, { workspace: shop.id, values: names.flat() })).map((row) => [
        row.value,
        row.root_id,
      ]),
    );
    const given = await assign([...before.values()]);
    // Later by a minute, so that the devices' rows come first.
    await shop.send(
      ...names.map(([anonymousId = '', userId = '']) => ({ type: 'identify', anonymousId, userId, timestamp })),
    );
    await changeExperimentSettings(stores, experimentBy(shop), { globalHoldout: 0.5, publishedSegments: [] });
    const after = await stores.pg.rows(rowsOf, { workspace: shop.id, values: names.map(([device = '']) => device) });
    const joined = await assign(after.map(({ root_id }) => root_id));
    expect(joined.size).toBe(20);
    for (const { value, root_id } of after) {
      const own = [before.get(value), before.get(value.replace('d', 'p'))].map((root) => given.get(root ?? 0));
      expect(own).toContain(joined.get(root_id));
    }
    const strangers = await people(60);
    const some = await assign(strangers);
    expect(some.size).toBeGreaterThan(10);
    expect(some.size).toBeLessThan(50);
  });

  it('are told of once, whoever hands it to them and however often', async () => {
    await runExperiment(stores, shop);
    const roots = await people(6);
    const given = await assign(roots);
    const some = roots.slice(0, 4);
    await Promise.all([expose(some), expose(some.toReversed())]);
    await expose(some);
    shop.pipeline.ring();
    await expect.poll(exposures, { timeout: 20_000 }).toHaveLength(4);
    expect(await exposures()).toEqual(
      some
        .map((root) => ({ profile_id: root, variation: given.get(root) }))
        .toSorted((a, b) => a.profile_id - b.profile_id),
    );
    // Rolled back with whatever handed it over: as if it never was.
    await expect(
      stores.pg.transaction(async (tx) => {
        await createAssigner(stores).expose(tx, { ...ask([]), profiles: roots });
        throw new Error('the mail was not handed over');
      }),
    ).rejects.toThrow('not handed over');
    await expose(roots.slice(4, 5));
    shop.pipeline.ring();
    await expect.poll(exposures, { timeout: 20_000 }).toHaveLength(5);
  });

  it('two who assign at once agree, and a run begun anew forgets the one before', async () => {
    const id = await runExperiment(stores, shop);
    const roots = await people(50);
    const [one, other] = await Promise.all([assign(roots), assign(roots.toReversed())]);
    expect(new Map([...other].toSorted())).toEqual(new Map([...one].toSorted()));
    await closeExperiment(stores, experimentBy(shop), id, 'stopped');
    expect(await assign(roots)).toEqual(new Map());
    const { definition } = await getExperiment(stores, shop.id, id);
    await expect(
      editExperiment(stores, experimentBy(shop), id, { ...definition, allocation: 'bandit' }),
    ).rejects.toMatchObject({ code: 'experience.experiment_begun' });
    await beginExperiment(stores, experimentBy(shop), id);
    await assign(roots);
    await expose(roots);
    shop.pipeline.ring();
    await expect.poll(exposures, { timeout: 20_000 }).toHaveLength(50);
  });
});
