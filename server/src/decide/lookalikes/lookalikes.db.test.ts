import { segmentDefinitionSchema } from '@vitrail/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { refreshHabits } from '../habits/refreshHabits.ts';
import { createLoadOthers } from '../references/loadOthers.ts';
import { previewSegment } from '../segments/askSegment.ts';
import { createSegments, type Segments } from '../segments/createSegments.ts';
import { createList, createSegment } from '../segments/saveSegment.ts';
import { createLookalike, editLookalike, removeLookalike } from './changeLookalikes.ts';
import { getLookalike } from './readLookalikes.ts';
import { scoreLookalike } from './scoreLookalike.ts';

const stores = useStores();
/** Jobs are carried out by the tests themselves. */
const deps = () => ({
  ...stores,
  pg: stores.pg,
  ch: stores.ch,
  clock: stores.clock,
  jobs: { ...stores.jobs, send: async () => undefined },
});
let shop: Shop;
let segments: Segments;
afterEach(async () => {
  await segments.stop();
  await shop.pipeline.stop();
});
const actor = { kind: 'system', id: 'test' } as const;

const findUsers = pgQuery({
  name: 'test.lookalikes.findUsers',
  params: { workspace: 'int4', users: 'text[]' },
  row: { profile_id: 'int8' },
  text: `select profile_id from unify.identifier
    where workspace_id = :workspace and namespace = 'user_id' and value = any(:users)`,
});

async function listOf(name: string, users: readonly string[]): Promise<string> {
  const rows = await stores.pg.rows(findUsers, { workspace: shop.id, users });
  const profiles = rows.map(({ profile_id }) => encodeProfileId(profile_id));
  const saved = { workspace: shop.id, actor, name, description: '', profiles };
  return (await createList({ ...segments.deps, jobs: deps().jobs }, saved)).id;
}

/** 600 people: every third likes boots and buys; of those who like boots one in three is on the list "runners". */
async function openBootShop(): Promise<string> {
  segments = createSegments(stores, createLoadOthers(stores.pg));
  shop = await openShop(stores, { reactors: [segments.react] });
  stores.clock.set('2026-05-20T12:00:00Z');
  const calls = Array.from({ length: 600 }, (_, index) => {
    const userId = `u${index}`;
    const timestamp = `2026-05-${String(1 + (index % 19)).padStart(2, '0')}T10:00:00Z`;
    const category = index % 3 === 0 ? 'Boots' : index % 3 === 1 ? 'Hats' : 'Bags';
    const seen = {
      type: 'track',
      event: 'Product Viewed',
      userId,
      timestamp,
      properties: { product_id: category, category },
    };
    const bought = {
      type: 'track',
      event: 'Order Completed',
      userId,
      timestamp,
      properties: { order_id: `o${index}`, total: 100 + (index % 7), currency: 'EUR' },
    };
    return index % 3 === 0 ? [seen, bought] : [seen];
  }).flat();
  for (let from = 0; from < calls.length; from += 200) await shop.send(...calls.slice(from, from + 200));
  await refreshHabits(deps(), shop.id);
  const runners = Array.from({ length: 600 }, (_, index) => index).filter((index) => index % 9 === 0);
  return listOf(
    'Runners',
    runners.map((index) => `u${index}`),
  );
}

describe('a lookalike audience', () => {
  it('takes those who are most like the segment, never its own people, and says how well on a hidden part', async () => {
    const list = await openBootShop();
    const by = { workspace: shop.id, actor };
    const id = await createLookalike(deps(), by, { segment: list, reach: 0.2 });
    await scoreLookalike(deps(), shop.id, id);
    const lookalike = await getLookalike(stores, shop.id, id);
    expect(lookalike).toMatchObject({ state: 'ready', reason: null, seeds: 67, candidates: 533, people: 106 });
    expect(lookalike.quality?.auc).toBeGreaterThan(0.8);
    expect(lookalike.quality?.curve.find(({ reach }) => reach === 0.3)?.found).toBeGreaterThan(0.9);
    const definition = segmentDefinitionSchema.parse({ kind: 'lookalike', lookalike: String(id) });
    const count = async (node: object): Promise<number> => {
      const parsed = segmentDefinitionSchema.parse(node);
      const answer = await previewSegment(segments.deps, { workspace: shop.id, definition: parsed, sql: false });
      return answer.count;
    };
    expect(await count(definition)).toBe(106);
    const bought = { kind: 'order', test: { op: 'gte', value: 1 } };
    expect(await count({ kind: 'all', of: [definition, bought] })).toBe(106);
    expect(await count({ kind: 'all', of: [definition, { kind: 'segment', segment: list }] })).toBe(0);
    // 133 others buy boots: a wider reach takes others as well.
    await editLookalike(deps(), by, id, { reach: 0.4 });
    expect(await count(definition)).toBe(213);
    expect(await count({ kind: 'all', of: [definition, bought] })).toBe(133);
  });

  it('is refused with a reason when there are too few to learn from, or nothing to learn', async () => {
    const list = await openBootShop();
    const by = { workspace: shop.id, actor };
    const few = await listOf('Few', ['u1', 'u2']);
    const tooFew = await createLookalike(deps(), by, { segment: few, reach: 0.1 });
    await scoreLookalike(deps(), shop.id, tooFew);
    expect(await getLookalike(stores, shop.id, tooFew)).toMatchObject({
      state: 'refused',
      reason: 'too_few_seeds',
      seeds: 2,
      people: 0,
    });
    await expect(createLookalike(deps(), by, { segment: '999', reach: 0.1 })).rejects.toMatchObject({
      code: 'decide.reference_unknown',
    });
    expect(list).not.toBe(few);
  });

  it('waits until somebody has counted who is in the segment', async () => {
    await openBootShop();
    const by = { workspace: shop.id, actor };
    const definition = segmentDefinitionSchema.parse({ kind: 'order', test: { op: 'gte', value: 1 } });
    const asked = { ...by, name: 'Buyers', description: '', definition };
    const { id: buyers } = await createSegment({ ...segments.deps, jobs: deps().jobs }, asked);
    const id = await createLookalike(deps(), by, { segment: buyers, reach: 0.1 });
    expect(await scoreLookalike(deps(), shop.id, id)).toBe('waiting');
    expect(await getLookalike(stores, shop.id, id)).toMatchObject({ state: 'queued', reason: null });
    await segments.applyWaiting();
    expect(await scoreLookalike(deps(), shop.id, id)).toBe('ended');
    expect(await getLookalike(stores, shop.id, id)).toMatchObject({ state: 'ready', seeds: 200 });
  });

  it('stays while a segment asks for it', async () => {
    const list = await openBootShop();
    const by = { workspace: shop.id, actor };
    const id = await createLookalike(deps(), by, { segment: list, reach: 0.1 });
    const definition = segmentDefinitionSchema.parse({ kind: 'lookalike', lookalike: String(id) });
    await createSegment(
      { ...segments.deps, jobs: deps().jobs },
      { ...by, name: 'Like runners', description: '', definition },
    );
    await expect(removeLookalike(deps(), by, id)).rejects.toMatchObject({ code: 'decide.lookalike_in_use' });
  });
});
