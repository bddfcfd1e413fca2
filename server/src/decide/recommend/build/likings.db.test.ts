import { describe, expect, it } from 'vitest';
import { insertRows } from '../../../../test/buyers.ts';
import { ask, build, eventRow, fresh, openShop, signal, start } from '../../../../test/recommendShop.ts';
import { type TestDeps, useStores } from '../../../../test/stores.ts';
import { readSettings } from '../settings.ts';
import { addLikings, countLikings, findReference } from './likings.ts';
import { spaceOf } from './names.ts';
import { refresh } from './refresh.ts';
import { likingSignals, type SignalScope } from './signals.ts';

const deps = useStores();
const minute = 60_000;
const columns = ['popular', 'viewed', 'recent', 'former'] as const;
const row = {
  place: 'String',
  item: 'UInt32',
  popular: 'Float64',
  viewed: 'Float64',
  recent: 'Float64',
  former: 'Float64',
} as const;

async function readKept({ ch }: TestDeps, workspace: number) {
  const text = `
    select toString(place) as place, item, ${columns.map((name) => `sum(${name}) as ${name}`).join(', ')}
    from (select * from ${spaceOf(ch, workspace).prefix}_likings final where since >= 0)
    group by place, item order by place, item`;
  return ch.rows({ name: 'test.readLikings', text, params: {}, row }, {});
}

describe('how much products are liked', () => {
  it('adds up to the same when only what is new is read', async () => {
    const { workspace, people } = await openShop(deps, 20, 60);
    await build(deps, workspace);
    const space = spaceOf(deps.ch, workspace);
    const reference = await findReference(space, start);
    expect(reference).toBe(start);
    for (let minutes = 5; minutes <= 15; minutes += 5) {
      deps.clock.set(new Date(start + minutes * minute).toISOString());
      const at = start + minutes * minute - 30_000;
      const did = (person: number, event: string, product: string, when = at) => ({
        ...eventRow(workspace, people[person] ?? 0, event, when, { product_id: product, site: 'fr' }),
        received_at: new Date(at).toISOString(),
      });
      await insertRows(deps, 'events', [
        did(1, 'Product Viewed', 'p1'),
        did(1, 'Product Added', 'p1'),
        did(minutes, 'Product Viewed', 'p2'),
        // Sent a day late.
        did(3, 'Product Viewed', 'p7', at - 86_400_000),
      ]);
      expect(await refresh(deps, workspace, signal)).toBe('refreshed');
    }
    const now = deps.clock.now();
    const scope: SignalScope = { workspace, settings: await readSettings(deps.pg, workspace), now };
    const all = likingSignals(space, scope, { reference: start, from: null, to: now.getTime() });
    const text = `select toString(place) as place, * except (place) from (${all.text}) order by place, item`;
    const counted = await deps.ch.rows({ name: 'test.countLikings', text, params: all.params, row }, all.values);
    const kept = await readKept(deps, workspace);
    expect(kept.map(({ place, item }) => [place, item])).toEqual(counted.map(({ place, item }) => [place, item]));
    for (const [index, each] of counted.entries()) {
      for (const name of columns) expect(kept[index]?.[name]).toBeCloseTo(each[name], 9);
    }
    expect(counted.some(({ place }) => place === 'fr')).toBe(true);
  });

  it('is the same after the last step is repeated, and counted anew after a stop in the middle', async () => {
    const { workspace, people } = await openShop(deps, 12, 30);
    await build(deps, workspace);
    const space = spaceOf(deps.ch, workspace);
    deps.clock.set(new Date(start + 5 * minute).toISOString());
    const now = deps.clock.now();
    await insertRows(deps, 'events', [
      eventRow(workspace, people[0] ?? 0, 'Product Viewed', start + minute, { product_id: 'p1' }),
    ]);
    const scope: SignalScope = { workspace, settings: await readSettings(deps.pg, workspace), now };
    const span = { from: start, to: now.getTime(), reference: start };
    await addLikings(space, { ...scope, members: people }, { ...span, version: start + 1 });
    const once = await readKept(deps, workspace);
    await addLikings(space, { ...scope, members: people }, { ...span, version: start + 2 });
    expect(await readKept(deps, workspace)).toEqual(once);
    const stop = new AbortController();
    const stopped = countLikings(space, scope, { to: now.getTime(), version: start + 3 }, { signal: stop.signal });
    stop.abort(new Error('killed'));
    await expect(stopped).rejects.toThrow('killed');
    expect(await findReference(space, now.getTime())).toBeNull();
    const before = await ask(deps, workspace, { strategy: 'popular', limit: 5 }, fresh(deps));
    expect(before.items).toHaveLength(5);
    expect(await refresh(deps, workspace, signal)).toBe('refreshed');
    expect(await findReference(space, now.getTime())).toBe(now.getTime());
  });
});
