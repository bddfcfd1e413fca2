import { segmentDefinitionSchema } from '@vitrail/contracts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { personTraits, reacted, steward } from '../../../test/matching.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { createSegments, defineSegmentJobs, type Segments } from '../../decide/index.ts';
import { createSegment } from '../../decide/segments/saveSegment.ts';
import { chQuery, pgQuery } from '../../platform/index.ts';
import { cutMerges } from './cutMerges.ts';
import { joinCustomers } from './joinCustomers.ts';
import { listStandingMerges } from './sql/joinCustomers.pg.ts';
import { undoMerge } from './undoMerge.ts';

const stores = useStores();
let shop: Shop;
let segments: Segments;
beforeAll(async () => {
  segments = createSegments(stores, async () => ({}));
  defineSegmentJobs(stores, segments);
  await stores.jobs.start({ workers: false, schedules: false });
});
afterAll(() => segments.stop());
afterEach(async () => {
  await shop.pipeline.stop();
});

const readAll = pgQuery({
  name: 'test.everythingOfProfiles',
  params: { workspace: 'int4' },
  row: { what: 'text', rows: 'jsonb' },
  text: `
    select 'profiles' as what, jsonb_agg(to_jsonb(p) order by id) as rows from unify.profile p where workspace_id = :workspace
    union all
    select 'identifiers', jsonb_agg(to_jsonb(i) order by namespace, value, profile_id) from unify.identifier i
      where workspace_id = :workspace
    union all
    select 'orders', jsonb_agg(to_jsonb(o) order by order_id) from unify."order" o where workspace_id = :workspace
    union all
    select 'memberships', jsonb_agg(jsonb_build_array(profile_id, segment_id) order by profile_id, segment_id)
      from decide.membership where workspace_id = :workspace`,
});
const readCustomers = chQuery({
  name: 'test.customersOfShop',
  params: { workspace: 'UInt32' },
  row: { profile_id: 'UInt64', members: 'Array(UInt64)', traits: 'String' },
  text: `
    select profile_id, arraySort(members) as members, toString(mapSort(traits)) as traits from customers final
    where workspace_id = {workspace:UInt32} and not removed order by profile_id`,
});
const everything = async () => ({
  postgres: (await stores.pg.rows(readAll, { workspace: shop.id })).toSorted((a, b) => (a.what < b.what ? -1 : 1)),
  clickhouse: await stores.ch.rows(readCustomers, { workspace: shop.id }),
});

/** Numbers that look random and are the same each time (Mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const people = 1_300;

async function openBusyShop(): Promise<void> {
  shop = await openShop(stores, { reactors: [(batch) => segments.react(batch)] });
  for (const [name, definition] of Object.entries({
    Lyon: { kind: 'trait', trait: 'address.city', test: { type: 'text', op: 'is', value: 'Lyon' } },
    'Two orders': { kind: 'order', test: { op: 'gte', value: 2 } },
  })) {
    const save = { workspace: shop.id, name, description: '', actor: steward };
    await createSegment(
      { ...segments.deps, jobs: stores.jobs },
      { ...save, definition: segmentDefinitionSchema.parse(definition) },
    );
  }
  for (let from = 0; from < people; from += 325) {
    const numbers = Array.from({ length: 325 }, (_, index) => from + index);
    await shop.send(
      ...numbers.map((number) => ({ type: 'identify', userId: `u${number}`, traits: personTraits(number) })),
      ...numbers
        .filter((number) => number % 3 > 0)
        .map((number) => ({
          type: 'track',
          event: 'Order Completed',
          userId: `u${number}`,
          properties: { order_id: `o${number}`, total: number, currency: 'EUR', products: [] },
        })),
    );
  }
  await segments.applyWaiting();
}

const settle = () => reacted(stores, shop.id);

const change = (left: number, right: number, run: number | null) => ({
  left,
  right,
  kind: 'probable' as const,
  run,
  evidence: {},
  explicit: true,
});

test('a thousand random merges, undone in random order one by one, leave everything as it was', async () => {
  await openBusyShop();
  const before = await everything();
  const roll = dice(7);
  const ids = before.clickhouse.map(({ profile_id }) => profile_id);
  const pick = (): number => ids[Math.floor(roll() * ids.length)] ?? 0;
  const merges: number[] = [];
  while (merges.length < 1_000) {
    const wanted = Array.from({ length: 250 }, () => change(pick(), pick(), null));
    await shop.pipeline.change(shop.id, async (tx, version) => {
      const joined = await joinCustomers(tx, { workspace: shop.id, version, at: stores.clock.now(), wanted });
      merges.push(...joined.outcomes.flatMap((each) => (each.outcome === 'merged' ? [each.merge] : [])));
      return joined;
    });
  }
  await settle();
  expect((await everything()).clickhouse.length).toBe(people - merges.length);
  for (const [at, merge] of merges.entries()) {
    const other = Math.floor(roll() * (at + 1));
    merges[at] = merges[other] ?? 0;
    merges[other] = merge;
  }
  for (const merge of merges)
    await undoMerge(
      { ...stores, clock: stores.clock, pipeline: shop.pipeline },
      { workspace: shop.id, merge, actor: steward },
    );
  await settle();
  expect(await everything()).toEqual(before);
}, 240_000);

test('a run undone at once leaves what others merged before, between and after', async () => {
  await openBusyShop();
  const roll = dice(11);
  const ids = (await everything()).clickhouse.map(({ profile_id }) => profile_id);
  const pick = (): number => ids[Math.floor(roll() * ids.length)] ?? 0;
  const join = (count: number, run: number | null) =>
    shop.pipeline.change(shop.id, (tx, version) =>
      joinCustomers(tx, {
        workspace: shop.id,
        version,
        at: stores.clock.now(),
        wanted: Array.from({ length: count }, () => change(pick(), pick(), run)),
      }),
    );
  await join(100, null);
  await settle();
  const before = await everything();
  await join(300, 42);
  await shop.pipeline.change(shop.id, async (tx, version) => {
    const merges = await tx.rows(listStandingMerges, { workspace: shop.id, run: 42, limit: 1_000 });
    expect(merges.length).toBeGreaterThan(200);
    return cutMerges(tx, { workspace: shop.id, version, at: stores.clock.now(), actor: 'user:steward', merges });
  });
  await settle();
  expect(await everything()).toEqual(before);
}, 120_000);
