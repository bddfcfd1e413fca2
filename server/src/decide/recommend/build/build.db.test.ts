import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../../test/builders.ts';
import { insertRows } from '../../../../test/buyers.ts';
import {
  actor,
  addPeople,
  addProducts,
  ask,
  build,
  changeProducts,
  day,
  eventRow,
  fresh,
  hour,
  joinPeople,
  openShop,
  signal,
  start,
} from '../../../../test/recommendShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { exportFromRecommendations } from '../personalData.ts';
import { readReport } from '../report.ts';
import { createRule } from '../saveSettings.ts';
import { executeBuild, startBuild } from './executeRun.ts';
import { refresh } from './refresh.ts';

const deps = useStores();

describe('what happens between two builds', () => {
  it('is taken in by a refresh: new products, and what people did with them', async () => {
    const { workspace, people } = await openShop(deps, 20, 60);
    await build(deps, workspace);
    expect(await refresh(deps, workspace, signal)).toBe('nothing');
    await addProducts(deps, workspace, ['new'], () => 'Women > Kind 1');
    deps.clock.advance(hour);
    const at = deps.clock.now().getTime() - 60_000;
    await insertRows(
      deps,
      'events',
      people
        .slice(0, 30)
        .flatMap((person) =>
          ['new', 'p5'].map((product) => eventRow(workspace, person, 'Product Added', at, { product_id: product })),
        ),
    );
    expect(await refresh(deps, workspace, signal)).toBe('refreshed');
    const similar = await ask(deps, workspace, { product: ['new'], limit: 3 });
    expect(similar.items.map(({ product }) => product.productId)).toContain('p5');
    expect(similar.items[0]?.strategy).toBe('similar');
    const trending = await ask(deps, workspace, { strategy: 'trending', limit: 3 });
    expect(trending.items.map(({ product }) => product.productId)).toContain('new');
    expect(await refresh(deps, workspace, signal)).toBe('nothing');
  });

  it('is followed by a process that has everything in memory, and so are rules and a catalogue that grew', async () => {
    const { workspace, people } = await openShop(deps, 20, 60);
    await build(deps, workspace);
    const asking = fresh(deps);
    const similar = async () => {
      const { items } = await ask(deps, workspace, { product: ['p5'], limit: 12, strategy: 'similar' }, asking);
      return items.filter(({ strategy }) => strategy === 'similar').map(({ product }) => product.productId);
    };
    const before = await similar();
    expect(before).not.toContain('a-new-one');
    // Comes before all others in the order of the catalogue.
    await addProducts(deps, workspace, ['a-new-one'], () => 'Women > Kind 3');
    deps.clock.advance(hour / 2);
    const at = deps.clock.now().getTime() - 60_000;
    await insertRows(
      deps,
      'events',
      people
        .slice(0, 40)
        .flatMap((person) =>
          ['a-new-one', 'p5'].map((product) =>
            eventRow(workspace, person, 'Product Added', at, { product_id: product }),
          ),
        ),
    );
    expect(await refresh(deps, workspace, signal)).toBe('refreshed');
    asking.shelves.forget(workspace);
    const after = await similar();
    expect(after[0]).toBe('a-new-one');
    expect(after.filter((product) => before.includes(product)).length).toBeGreaterThan(before.length / 2);
    await createRule(deps, workspace, actor, {
      name: 'away',
      effect: { kind: 'bury' },
      match: { products: ['a-new-one'], categories: [], brands: [] },
      strategies: [],
      enabled: true,
    });
    asking.shelves.forget(workspace);
    expect(await similar()).not.toContain('a-new-one');
  });

  it('counts at once when people turn out to be one, and no longer when they do not', async () => {
    const { workspace } = await openShop(deps, 20, 40);
    await build(deps, workspace);
    const [kept = 0, joined = 0] = await addPeople(deps, workspace, 2);
    await insertRows(deps, 'events', [
      eventRow(workspace, joined, 'Product Viewed', start - hour, { product_id: 'p3' }),
    ]);
    const viewed = async () => {
      const { items } = await ask(deps, workspace, {
        profile: encodeProfileId(kept),
        strategy: 'recently_viewed',
        limit: 1,
      });
      return items[0]?.strategy;
    };
    expect(await viewed()).not.toBe('recently_viewed');
    await deps.pg.run(joinPeople, { workspace, id: joined, root: kept });
    expect(await viewed()).toBe('recently_viewed');
    await deps.pg.run(joinPeople, { workspace, id: joined, root: joined });
    expect(await viewed()).not.toBe('recently_viewed');
  });
});

describe('what must not break', () => {
  it('a catalogue of three products', async () => {
    const { workspace } = await openShop(deps, 3, 12);
    await build(deps, workspace);
    const { items, eligible } = await ask(deps, workspace, { limit: 10 });
    expect({ count: items.length, eligible }).toEqual({ count: 3, eligible: 3 });
    expect((await ask(deps, workspace, { product: ['p0'], limit: 10 })).items).toHaveLength(2);
  });

  it('a shop where nothing was ever built, or nothing ever happened', async () => {
    const { id: workspace } = await createWorkspace(deps);
    expect((await ask(deps, workspace, {})).items).toEqual([]);
    await build(deps, workspace);
    await addProducts(deps, workspace, ['a', 'b'], () => 'One');
    expect((await ask(deps, workspace, {})).items.map(({ reason }) => reason.text)).toEqual([
      'From our shelves',
      'From our shelves',
    ]);
    expect(await refresh(deps, workspace, signal)).toBe('refreshed');
  });

  it('all products out of stock', async () => {
    const { workspace, products } = await openShop(deps, 12, 24);
    await build(deps, workspace);
    await deps.pg.run(changeProducts, {
      workspace,
      ids: products,
      availability: 'out_of_stock',
      removed: null,
      at: deps.clock.now(),
    });
    expect(await ask(deps, workspace, {})).toMatchObject({ items: [], eligible: 0 });
    expect((await ask(deps, workspace, { inStock: false })).items).toHaveLength(10);
  });

  it('a customer with 50,000 views', async () => {
    const { workspace, products, people } = await openShop(deps, 200, 30);
    const [busy = 0] = people;
    const rows = Array.from({ length: 50_000 }, (_, n) =>
      eventRow(workspace, busy, 'Product Viewed', start - n * 60_000, { product_id: products[n % 200] ?? 'p0' }),
    );
    await insertRows(deps, 'events', rows);
    await build(deps, workspace);
    const held = await exportFromRecommendations(deps, workspace, [busy]);
    expect(held.recommendationInterests).toHaveLength(100);
    const { items } = await ask(deps, workspace, { profile: encodeProfileId(busy), limit: 10 });
    expect(items).toHaveLength(10);
  });

  it('a bad feed that deletes the catalogue: what left is kept, with an alarm, until somebody says otherwise', async () => {
    const { workspace, products } = await openShop(deps, 40, 40);
    await build(deps, workspace);
    deps.clock.advance(hour);
    const at = deps.clock.now();
    await deps.pg.run(changeProducts, { workspace, ids: products.slice(5), availability: 'in_stock', removed: at, at });
    expect((await ask(deps, workspace, {})).eligible).toBe(40);
    deps.clock.advance(day);
    await build(deps, workspace);
    const report = await readReport(fresh(deps), workspace);
    expect(report.catalogue.alarm).toMatch(/^The catalogue fell from 40 products to 5\./);
    expect((await ask(deps, workspace, {})).eligible).toBe(40);
    await build(deps, workspace, 'manual');
    expect((await ask(deps, workspace, {})).eligible).toBe(5);
    expect((await readReport(fresh(deps), workspace)).catalogue.alarm).toBeNull();
  });

  it('two builds at once, and one that is stopped', async () => {
    const { workspace } = await openShop(deps, 8, 16);
    const run = await startBuild(deps, workspace, actor);
    await expect(startBuild(deps, workspace, actor)).rejects.toMatchObject({ kind: 'conflict' });
    const stop = new AbortController();
    stop.abort(new Error('shutting down'));
    await expect(executeBuild(deps, workspace, run, stop.signal)).rejects.toThrow('shutting down');
    // The job is given out again.
    expect(await executeBuild(deps, workspace, run, signal)).toEqual({ done: true });
  });
});
