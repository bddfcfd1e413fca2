import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cartJourney, journeyActor, useJourneys } from '../../../test/journeys.ts';
import { createProductImporter } from '../../collect/catalog/importProducts.ts';
import type { Product } from '../../collect/catalog/product.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { createList } from '../../decide/segments/saveSegment.ts';
import { pgQuery } from '../../platform/index.ts';
import { readTrace } from './readTrace.ts';

const findPerson = pgQuery({
  name: 'test.findTriggeredPerson',
  params: { workspace: 'int4', value: 'text' },
  row: { id: 'int8' },
  text: `select profile_id as id from unify.identifier where workspace_id = :workspace and value = :value`,
});
const readTrait = pgQuery({
  name: 'test.readJourneyTrait',
  params: { workspace: 'int4', profile: 'int8', name: 'text' },
  row: { value: 'text?', source: 'text?' },
  text: `select traits->:name->>'value' as value,
           (select name from collect.source where id = (traits->:name->>'source')::int) as source
         from unify.profile where workspace_id = :workspace and id = :profile`,
});
const insertOffer = pgQuery({
  name: 'test.insertJourneyOffer',
  params: { workspace: 'int4', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `insert into communicate.offer (workspace_id, key, name, state, definition, created_by, created_at, updated_at)
         values (:workspace, 'vip', 'VIP', 'active', '{}', 'test', :at, :at) returning id`,
});
const countListed = pgQuery({
  name: 'test.countJourneyListed',
  params: { workspace: 'int4', segment: 'int4' },
  row: { people: 'int8' },
  text: `select count(*) as people from decide.membership where workspace_id = :workspace and segment_id = :segment`,
});
const noteFeedback = pgQuery({
  name: 'test.noteJourneyFeedback',
  params: { workspace: 'int4', kind: 'text', at: 'timestamptz' },
  row: {},
  text: `insert into communicate.feedback (workspace_id, message_id, kind, at, dedupe_key)
         select :workspace, id, :kind, :at, 'test' from communicate.message
         where workspace_id = :workspace and origin = 'journey' order by id desc limit 1`,
});

const track = (userId: string, event: string, properties = {}) => ({ type: 'track', userId, event, properties });
const just = (template: string, changes: object = {}) =>
  cartJourney(template, {
    entry: {},
    exits: [],
    start: 'tell',
    nodes: { tell: { kind: 'message', channel: 'email', template, next: 'end' }, end: { kind: 'exit' } },
    ...changes,
  });

const boots: Product = {
  productId: 'M-42',
  groupId: 'M',
  title: 'Boots',
  description: null,
  brand: null,
  category: null,
  link: null,
  imageLink: null,
  gtin: null,
  size: '42',
  color: null,
  availability: 'in_stock',
  stock: 5,
  price: null,
  site: null,
  attributes: {},
};

describe('journeys begun by the calendar', () => {
  const world = useJourneys('2026-06-01T05:00:00Z');
  const { happens, until, messages } = world;

  it('reach people on the days around theirs, once, at the hour of the shop', async () => {
    await happens(
      { type: 'identify', userId: 'june5', traits: { birthday: '1990-06-05' } },
      { type: 'identify', userId: 'june9', traits: { birthday: '1985-06-09T00:00:00Z' } },
      { type: 'identify', userId: 'none', traits: { birthday: 'soon' } },
    );
    const template = await world.template();
    await world.begin(just(template, { trigger: { kind: 'date', trait: 'birthday', days: -3, hour: '09:00' } }));
    await until('2026-06-02T06:59:00Z');
    expect(await messages()).toHaveLength(0);
    await until('2026-06-02T07:00:00Z');
    expect(await messages()).toHaveLength(1);
    await until('2026-06-02T09:00:00Z');
    expect(await messages()).toHaveLength(1);
    for (const day of ['03', '04', '05', '06', '07']) await until(`2026-06-${day}T07:00:00Z`);
    expect(await messages()).toHaveLength(2);
  });

  it('take in everyone they are for, each time', async () => {
    const template = await world.template();
    const before = (await messages()).length;
    await world.begin(
      just(template, {
        trigger: { kind: 'schedule', every: { unit: 'week', day: 1 }, hour: '10:00' },
        entry: { audience: { kind: 'trait', trait: 'birthday', test: { type: 'any', op: 'exists' } } },
      }),
    );
    await until('2026-06-08T08:00:00Z');
    expect((await messages()).length - before).toBe(2);
    await until('2026-06-12T08:00:00Z');
    expect((await messages()).length - before).toBe(2);
    await until('2026-06-15T08:00:00Z');
    expect((await messages()).length - before).toBe(4);
  });
});

describe('journeys begun by products', () => {
  const world = useJourneys('2026-06-01T08:00:00Z');
  const { deps, happens, messages } = world;
  const feed = async (availability: 'in_stock' | 'out_of_stock', amount: string): Promise<void> => {
    const importer = createProductImporter(deps, {
      workspaceId: world.shop.id,
      runId: randomUUID(),
      site: '',
      full: true,
    });
    await deps.pg.transaction((tx) =>
      importer.apply(tx, [{ ...boots, availability, price: { amount, currency: 'EUR', sale: null } }], []),
    );
    await deps.pg.transaction((tx) => importer.finish(tx));
    await world.journeys.work();
  };

  it('tell whoever was after it that it is back or costs less, once for each time', async () => {
    await feed('out_of_stock', '100.0000');
    await happens(
      track('size', 'Product Viewed', { product_id: 'M-42' }),
      track('model', 'Product Viewed', { product_id: 'M' }),
      track('other', 'Product Viewed', { product_id: 'X' }),
      { ...track('long_ago', 'Product Viewed', { product_id: 'M-42' }), timestamp: '2026-01-01T00:00:00Z' },
    );
    const template = await world.template();
    const interest = { events: ['Product Viewed'], within: { n: 60, unit: 'day' } };
    await world.begin(just(template, { trigger: { kind: 'product', change: 'back_in_stock', interest } }));
    await world.begin(just(template, { trigger: { kind: 'product', change: 'price_drop', interest } }));
    await feed('in_stock', '100.0000');
    expect(await messages()).toHaveLength(2);
    expect((await messages())[0]?.variables).toMatchObject({
      event: { properties: { product_id: 'M-42', size: '42' } },
    });
    await feed('in_stock', '100.0000');
    expect(await messages()).toHaveLength(2);
    await feed('in_stock', '80.0000');
    expect(await messages()).toHaveLength(4);
  });
});

describe('steps of journeys', () => {
  const world = useJourneys('2026-06-01T08:00:00Z');
  const { deps, happens, until, messages } = world;
  const idOf = async (value: string): Promise<number> =>
    (await deps.pg.row(findPerson, { workspace: world.shop.id, value }))?.id ?? 0;
  const traceOf = async (id: string, who: string) =>
    (await readTrace(deps, { workspace: world.shop.id, id, profile: encodeProfileId(await idOf(who)) })).runs[0];

  it('set and count traits, put on lists, give codes and lead into another journey', async () => {
    const saver = { ...world.segments.deps, jobs: deps.jobs };
    const at = { workspace: world.shop.id, actor: journeyActor };
    const list = await createList(saver, { ...at, name: 'VIP', description: '', profiles: [] });
    const template = await world.template();
    const offer = await deps.pg.row(insertOffer, { workspace: world.shop.id, at: deps.clock.now() });
    const second = await world.begin(just(template, { trigger: { kind: 'api' } }), 'Second');
    const id = await world.begin({
      trigger: { kind: 'event', event: 'Became VIP' },
      start: 'tier',
      nodes: {
        tier: {
          kind: 'update',
          traits: [
            { trait: 'vip_tier', value: 1 },
            { trait: 'visits', op: 'add', value: 1 },
            { trait: 'size', value: { run: 'event.properties.size' } },
          ],
          next: 'list',
        },
        list: { kind: 'list', list: list.id, change: 'add', next: 'code' },
        code: { kind: 'coupon', offer: String(offer?.id), next: 'mail' },
        mail: { kind: 'message', channel: 'email', template, next: 'other' },
        other: { kind: 'journey', journey: second, next: 'end' },
        end: { kind: 'exit' },
      },
    });
    await happens(track('vip', 'Became VIP', { size: '42' }));
    await happens(track('vip', 'Became VIP', { size: '43' }));
    world.shop.pipeline.ring();
    await world.shop.settle();
    const trait = async (name: string) =>
      deps.pg.row(readTrait, { workspace: world.shop.id, profile: await idOf('vip'), name });
    expect(await trait('vip_tier')).toEqual({ value: '1', source: 'Journeys' });
    expect((await trait('size'))?.value).toBe('43');
    expect((await trait('visits'))?.value).toBe('2');
    expect((await deps.pg.row(countListed, { workspace: world.shop.id, segment: Number(list.id) }))?.people).toBe(1);
    const run = await traceOf(id, 'vip');
    expect(run?.steps.map(({ outcome }) => outcome)).toEqual([
      'entered',
      'updated',
      'listed',
      'coupon',
      'queued',
      'sent_on',
      'ended',
    ]);
    const sent = (await messages()).find(({ step }) => step === 'mail');
    expect(sent?.variables).toMatchObject({
      event: { properties: { size: '42' } },
      journey: { coupons: { code: 'CODE-code' } },
    });
    expect((await traceOf(second, 'vip'))?.steps.at(-1)?.outcome).toBe('ended');
  });

  it('split by what became of a message of this run', async () => {
    const template = await world.template();
    const id = await world.begin({
      trigger: { kind: 'event', event: 'Invited' },
      start: 'mail',
      nodes: {
        mail: { kind: 'message', channel: 'email', template, next: 'days' },
        days: { kind: 'wait', until: { kind: 'duration', n: 1, unit: 'hour' }, next: 'opened' },
        opened: { kind: 'split', split: { by: 'message', message: 'mail', was: 'opened', yes: 'yes', no: 'no' } },
        yes: { kind: 'exit' },
        no: { kind: 'exit' },
      },
    });
    await happens(track('reader', 'Invited'));
    await deps.pg.run(noteFeedback, { workspace: world.shop.id, kind: 'opened', at: deps.clock.now() });
    await happens(track('ignorer', 'Invited'));
    await until(new Date(deps.clock.now().getTime() + 3_700_000).toISOString());
    expect((await traceOf(id, 'reader'))?.steps.at(-1)?.node).toBe('yes');
    expect((await traceOf(id, 'ignorer'))?.steps.at(-1)?.node).toBe('no');
  });

  it('go the same way by chance every time, and all the better one once it has won', async () => {
    const id = await world.begin({
      trigger: { kind: 'event', event: 'Tested' },
      start: 'chance',
      nodes: {
        chance: {
          kind: 'split',
          split: {
            by: 'random',
            branches: [
              { name: 'A', weight: 1, next: 'a' },
              { name: 'B', weight: 1, next: 'b' },
            ],
            winner: { after: 10 },
          },
        },
        a: { kind: 'exit' },
        b: { kind: 'exit' },
      },
      goal: { when: { kind: 'event', event: 'Won' }, within: { n: 3, unit: 'day' } },
    });
    const people = Array.from({ length: 60 }, (_, index) => `t${index}`);
    await happens(...people.map((who) => track(who, 'Tested')));
    const ways = await Promise.all(people.map(async (who) => (await traceOf(id, who))?.steps.at(-1)?.node));
    expect(ways.filter((way) => way === 'a').length).toBeGreaterThan(10);
    expect(ways.filter((way) => way === 'b').length).toBeGreaterThan(10);
    const winners = people.filter((_, index) => ways[index] === 'b');
    await happens(...winners.map((who) => track(who, 'Won')));
    const later = Array.from({ length: 20 }, (_, index) => `l${index}`);
    await happens(...later.map((who) => track(who, 'Tested')));
    const after = await Promise.all(later.map(async (who) => (await traceOf(id, who))?.steps.at(-1)?.node));
    expect(new Set(after)).toEqual(new Set(['b']));
  });
});
