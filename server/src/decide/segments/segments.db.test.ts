import { type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { poll } from '../../../test/poll.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { decodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { undoMerge } from '../../unify/merges/undoMerge.ts';
import { explainSegment, previewSegment } from './askSegment.ts';
import { createSegments, type Segments } from './createSegments.ts';
import { defineSegmentJobs } from './jobs.ts';
import { listMemberPage, readSegment, readTrend } from './readSegments.ts';
import { archiveSegment, createList, createSegment, updateSegment } from './saveSegment.ts';

const listMergesOf = pgQuery({
  name: 'test.listMergesOf',
  params: { workspace: 'int4', loser: 'int8' },
  row: { id: 'int8' },
  text: `select id from unify.merge where workspace_id = :workspace and loser_id = :loser and undone_at is null`,
});
const actor = { kind: 'user', id: 'test' } as const;
const day = 86_400_000;
const read = (definition: unknown): SegmentNode => segmentDefinitionSchema.parse(definition);
const bought = (op: string, value: number, days?: number): unknown => ({
  kind: 'order',
  test: { op, value },
  ...(days !== undefined && { window: { kind: 'last', n: days, unit: 'day' } }),
});

/** A shop whose segments run, at a moment that stands still; call inside `describe`. */
function useSegments() {
  const deps = useStores();
  let shop: Shop;
  let segments: Segments;
  beforeAll(async () => {
    segments = createSegments(deps, async () => ({}));
    shop = await openShop(deps, { reactors: [(batch) => segments.react(batch)] });
    defineSegmentJobs(deps, segments);
    await deps.jobs.start({ workers: false, schedules: false });
    deps.clock.set('2026-06-01T12:00:00Z');
  });
  afterAll(async () => {
    await segments.stop();
    await shop.pipeline.stop();
  });

  const at = (ago: number): string => new Date(deps.clock.now().getTime() - ago * day).toISOString();
  const order = (user: string, id: string, ago: number, total = 50) => ({
    type: 'track',
    event: 'Order Completed',
    userId: user,
    timestamp: at(ago),
    properties: {
      order_id: id,
      total,
      currency: 'EUR',
      products: [{ product_id: `P-${id}`, category: 'Chaussures', brand: 'Atlas', quantity: 2, price: total / 2 }],
    },
  });
  const create = async (definition: unknown): Promise<string> => {
    const { id } = await createSegment(
      { ...segments.deps, jobs: deps.jobs },
      { workspace: shop.id, ...save, definition: read(definition) },
    );
    await segments.applyWaiting();
    return id;
  };
  const preview = (definition: unknown) =>
    previewSegment(segments.deps, { workspace: shop.id, definition: read(definition), sql: false });
  const sizeOf = async (id: string): Promise<number> => (await readSegment(segments.deps, shop.id, id)).size;
  return {
    deps,
    at,
    order,
    create,
    preview,
    sizeOf,
    get shop() {
      return shop;
    },
    get segments() {
      return segments;
    },
    get user() {
      return { ...segments.deps, jobs: deps.jobs };
    },
  };
}

const save = { name: 'A segment', description: '', actor };

describe('segments', () => {
  const running = useSegments();
  const { deps, at, order, create, preview, sizeOf } = running;

  it('count exactly, part by part, and name some members', async () => {
    await running.shop.send(
      { type: 'identify', userId: 'u1', traits: { likes: ['Running', 'yoga'], age: 31 } },
      { type: 'identify', userId: 'u2', traits: { likes: ['golf'], age: 55 } },
      { type: 'identify', userId: 'u3', traits: { city: 'Lyon' } },
      order('u1', 'o1', 10),
      order('u1', 'o2', 20),
      order('u2', 'o3', 100),
    );
    const answer = await preview({
      kind: 'all',
      of: [
        bought('gte', 2, 90),
        { kind: 'trait', trait: 'likes', test: { type: 'list', op: 'has_any', values: ['running'] } },
      ],
    });
    expect(answer).toMatchObject({
      count: 1,
      total: 3,
      conditions: [
        { path: '', count: 1, together: 1 },
        { path: 'of.0', count: 1, together: 1 },
        { path: 'of.1', count: 1, together: 1 },
      ],
    });
    expect(answer.sample).toHaveLength(1);
    expect(await preview(bought('eq', 0))).toMatchObject({ count: 1 });
    expect(await preview({ kind: 'all', of: [] })).toMatchObject({ count: 3 });
    const lines = {
      kind: 'product',
      match: {
        action: 'bought',
        where: [{ field: 'category', test: { type: 'text', op: 'contains', value: 'CHAUSS' } }],
      },
      measure: { of: 'quantity' },
      test: { op: 'gte', value: 4 },
    };
    expect(await preview(lines)).toMatchObject({ count: 1 });
  });

  it('move with events and with time, and say why', async () => {
    const id = await create(bought('gte', 2, 30));
    expect(await sizeOf(id)).toBe(1);
    await running.shop.send(order('u2', 'o4', 1), order('u2', 'o5', 2));
    expect(await sizeOf(id)).toBe(2);
    const [member] = (await listMemberPage(running.segments.deps, running.shop.id, id, { limit: 1 })).items;
    const explanation = await explainSegment(running.segments.deps, {
      workspace: running.shop.id,
      definition: read(bought('gte', 2, 30)),
      profile: member?.id ?? '',
      masked: false,
    });
    expect(explanation).toMatchObject({ member: true, conditions: [{ pass: true, found: '2' }] });
    expect(decodeProfileId(member?.id ?? '')).not.toBeNull();
    // o2 leaves its window after ten more days.
    expect(explanation.next).toBe(new Date(Date.parse(at(20)) + 30 * day).toISOString());
    // Moments that far away are found by the nightly recompute before them, which changes nothing.
    deps.clock.advance(9 * day);
    expect(await running.segments.recompute()).toBe(0);
    expect(await sizeOf(id)).toBe(2);
    deps.clock.advance(day + 1);
    await running.segments.askDue();
    expect(await sizeOf(id)).toBe(1);
    expect(await running.segments.recompute()).toBe(0);
    expect((await readTrend(running.segments.deps, running.shop.id, id, 30)).days.at(-1)).toMatchObject({
      exited: 1,
      size: 1,
    });
  });

  it('apply a new version at once and refuse what cannot be', async () => {
    const id = await create(bought('gte', 1));
    expect(await sizeOf(id)).toBe(2);
    const { user } = running;
    await updateSegment(user, { workspace: running.shop.id, id, ...save, definition: read(bought('eq', 0)) });
    expect(await sizeOf(id)).toBe(2);
    await running.segments.applyWaiting();
    expect(await sizeOf(id)).toBe(1);
    const stale = { workspace: running.shop.id, id, ...save, definition: read(bought('eq', 3)), basedOn: 1 };
    await expect(updateSegment(user, stale), 'somebody saved version 2 meanwhile').rejects.toMatchObject({
      code: 'decide.segment_changed',
      details: { version: 2 },
    });
    await running.segments.applyWaiting();
    expect(await sizeOf(id)).toBe(1);
    const self = read({ kind: 'segment', segment: id });
    await expect(
      updateSegment(user, { workspace: running.shop.id, id, ...save, definition: self }),
    ).rejects.toMatchObject({
      code: 'decide.segment_cycle',
    });
    const other = await create({ kind: 'not', of: { kind: 'segment', segment: id } });
    expect(await sizeOf(other)).toBe(2);
    await expect(archiveSegment(user, { workspace: running.shop.id, actor, id })).rejects.toMatchObject({
      code: 'decide.segment_in_use',
    });
    await archiveSegment(user, { workspace: running.shop.id, actor, id: other });
    await archiveSegment(user, { workspace: running.shop.id, actor, id });
    expect(await sizeOf(id)).toBe(0);
  });
});

describe('segments of lists, sequences and merged people', () => {
  const running = useSegments();
  const { deps, create, preview, sizeOf } = running;

  it('follow lists', async () => {
    await running.shop.send(...['l1', 'l2', 'l3'].map((userId) => ({ type: 'identify', userId, traits: { age: 30 } })));
    const { user } = running;
    const all = await preview({ kind: 'all', of: [] });
    const list = await createList(user, { workspace: running.shop.id, ...save, profiles: all.sample.slice(0, 2) });
    expect(list).toMatchObject({ added: 2, unknown: 0 });
    expect(await preview({ kind: 'segment', segment: list.id })).toMatchObject({ count: 2 });
    expect(await preview({ kind: 'segment', segment: list.id, member: false })).toMatchObject({ count: 1 });
  });

  it('find sequences, also those that something ends', async () => {
    const step = (event: string, user: string, minutes: number) => ({
      type: 'track',
      event,
      userId: user,
      timestamp: new Date(deps.clock.now().getTime() - minutes * 60_000).toISOString(),
      properties: { cart_id: `cart-${user}` },
    });
    await running.shop.send(
      step('Product Added', 's1', 120),
      step('Product Added', 's2', 120),
      step('Checkout Started', 's2', 100),
      step('Product Added', 's3', 30),
    );
    const abandoned = {
      kind: 'sequence',
      steps: [
        { match: { events: ['Product Added'] } },
        { match: { events: ['Checkout Started'] }, not: true, within: { n: 1, unit: 'hour' } },
      ],
      sameProperty: 'cart_id',
    };
    expect(await preview(abandoned)).toMatchObject({ count: 1 });
    const id = await create(abandoned);
    expect(await sizeOf(id)).toBe(1);
    deps.clock.advance(31 * 60_000);
    await running.segments.askDue();
    expect(await sizeOf(id)).toBe(2);
    const started = {
      kind: 'sequence',
      steps: [
        { match: { events: ['Product Added'] } },
        { match: { events: ['Checkout Started'] }, within: { n: 30, unit: 'minute' } },
      ],
    };
    expect(await preview(started)).toMatchObject({ count: 1 });
  });

  it('follow a merge without an exit', async () => {
    await running.shop.send(
      { type: 'identify', userId: 'm1', traits: { plan: 'gold' } },
      { type: 'track', event: 'Wishlist Viewed', anonymousId: 'a-1' },
    );
    const id = await create({ kind: 'event', match: { events: ['Wishlist Viewed'] }, test: { op: 'gte', value: 1 } });
    expect(await sizeOf(id)).toBe(1);
    const before = (await listMemberPage(running.segments.deps, running.shop.id, id, { limit: 5 })).items[0];
    deps.clock.advance(60_000);
    await running.shop.send({ type: 'identify', anonymousId: 'a-1', userId: 'm1', traits: {} });
    expect(await sizeOf(id)).toBe(1);
    const after = (await listMemberPage(running.segments.deps, running.shop.id, id, { limit: 5 })).items;
    expect(after).toMatchObject([{ since: before?.since }]);
    expect(after[0]?.id).not.toBe(before?.id);
    const told = (await readTrend(running.segments.deps, running.shop.id, id, 1)).days.at(-1);
    expect(told).toMatchObject({ entered: 1, exited: 0 });
    expect(await running.segments.recompute()).toBe(0);
  });

  it('give back what a person was in when the merge is undone, lists as well, and say no entry twice', async () => {
    await running.shop.send(
      { type: 'identify', userId: 'u1', traits: { plan: 'gold' } },
      { type: 'track', event: 'Catalogue Opened', anonymousId: 'a-2' },
    );
    const opened = { kind: 'event', match: { events: ['Catalogue Opened'] }, test: { op: 'gte', value: 1 } };
    const noPlan = {
      kind: 'all',
      of: [opened, { kind: 'trait', trait: 'plan', test: { type: 'any', op: 'not_exists' } }],
    };
    const [id, leaving] = [await create(opened), await create(noPlan)];
    const [loser] = (await listMemberPage(running.segments.deps, running.shop.id, id, { limit: 5 })).items;
    const list = await createList(running.user, { workspace: running.shop.id, ...save, profiles: [loser?.id ?? ''] });
    const membersOf = async (segment: string) =>
      (await listMemberPage(running.segments.deps, running.shop.id, segment, { limit: 5 })).items;
    const today = async (segment: string) =>
      (await readTrend(running.segments.deps, running.shop.id, segment, 1)).days.at(-1);
    deps.clock.advance(60_000);

    await running.shop.send({ type: 'identify', anonymousId: 'a-2', userId: 'u1', traits: {} });
    const [winner] = await membersOf(id);
    expect(winner?.id).not.toBe(loser?.id);
    expect(await membersOf(list.id)).toMatchObject([{ id: winner?.id }]);
    expect(await today(leaving), 'who has a plan now has left').toMatchObject({ size: 0, entered: 1, exited: 1 });

    deps.clock.advance(60_000);
    const [merge] = await deps.pg.rows(listMergesOf, {
      workspace: running.shop.id,
      loser: decodeProfileId(loser?.id ?? '') ?? 0,
    });
    await undoMerge(
      { clock: deps.clock, pipeline: running.shop.pipeline },
      { workspace: running.shop.id, merge: merge?.id ?? 0, actor },
    );
    await poll('the un-merge has reacted', async () => (await membersOf(list.id))[0]?.id === loser?.id);
    expect(await membersOf(id)).toEqual([loser]);
    expect(await membersOf(list.id)).toMatchObject([{ id: loser?.id }]);
    expect(await today(id), 'the entry of before the merge stands').toMatchObject({ size: 1, entered: 1 });
    expect(await today(leaving)).toMatchObject({ size: 1, entered: 2, exited: 1 });
    expect(await running.segments.recompute()).toBe(0);
  });
});
