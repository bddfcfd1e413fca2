import { readFile } from 'node:fs/promises';
import {
  describeSegmentDefinition,
  type SegmentNode,
  scoreInputSchema,
  segmentDefinitionSchema,
  segmentLimits,
} from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { createLoadOthers } from '../references/loadOthers.ts';
import { createScore } from '../scores/changeScores.ts';
import { previewSegment } from './askSegment.ts';
import { createSegments, type Segments } from './createSegments.ts';
import { createList } from './saveSegment.ts';

const page = await readFile(new URL('../../../../docs/reference/segments.md', import.meta.url), 'utf8');
/** A JSON block and, behind an arrow, who passes. */
const examples = [...page.matchAll(/```json\n([\s\S]*?)\n```\n→ (.*)/g)].map(([, text = '', people = '']) => ({
  text: text.replaceAll(/\s+/g, ' '),
  definition: segmentDefinitionSchema.parse(JSON.parse(text)),
  people: people.split(', ').toSorted(),
}));

const findPeople = pgQuery({
  name: 'test.segments.findPeople',
  params: { workspace: 'int4' },
  row: { value: 'text', root_id: 'int8' },
  text: `select value, root_id from unify.identifier
         join unify.profile on profile.workspace_id = identifier.workspace_id and profile.id = identifier.profile_id
         where identifier.workspace_id = :workspace and namespace in ('user_id', 'anonymous_id')`,
});

const foreseeRuns = pgQuery({
  name: 'test.segments.foreseeRuns',
  params: { workspace: 'int4' },
  row: {},
  text: `
    with predicted as (
      insert into decide.prediction_scope (workspace_id, site, run_id, tried_run_id) values (:workspace, '', 1, 1)
    ), habitual as (
      insert into decide.habit_run (workspace_id, run_id, at, people) values (:workspace, 1, now(), 3)
    )
    insert into decide.lookalike (workspace_id, name, segment_id, reach, state, run_id, created_at)
    values (:workspace, 'Like L', 1, 0.1, 'ready', 1, now())`,
});

const insertPartner = pgQuery({
  name: 'test.segments.insertPartner',
  params: { workspace: 'int4' },
  row: { id: 'int4' },
  text: `
    insert into decide.outside_provider (workspace_id, key, name, basis, purpose, uses, retention_days, created_at)
    values (:workspace, 'acme', 'Acme', 'consent', 'advertising', '{segments}', 90, now())
    returning id`,
});

/** What the runs of the page found. */
async function foresee(deps: ReturnType<typeof useStores>, workspace: number, idOf: (name: string) => number) {
  const at = '2026-06-15T00:00:00Z';
  const person = (name: string) => ({ workspace_id: workspace, profile_id: idOf(name), run_id: 1 });
  const predicted = (name: string, numbers: object) => ({ ...person(name), site: '', computed_at: at, ...numbers });
  const insert = (table: string, rows: readonly object[]): Promise<void> =>
    deps.ch.insert(table, Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), {
      token: `examples-${table}`,
    });
  await insert('predictions', [
    predicted('ana', {
      order_30: 0.4,
      order_90: 0.7,
      churn: 0.3,
      orders_90: 0.9,
      orders_365: 3.1,
      value_90: 70,
      value_365: 240,
      historic_value: 150.5,
      lifetime_value: 390.5,
      next_order_at: '2026-06-24T00:00:00Z',
      tier: 'top',
    }),
    predicted('ben', {
      order_30: 0.05,
      order_90: 0.15,
      churn: 0.85,
      orders_90: 0.2,
      orders_365: 0.6,
      value_90: 6,
      value_365: 18,
      historic_value: 30,
      lifetime_value: 48,
      tier: 'low',
    }),
  ]);
  await insert('habits', [
    { ...person('ana'), computed_at: at, best_hour: 18, channel: 'web', discount_affinity: 0.6 },
    { ...person('ben'), computed_at: at, best_hour: 9, channel: 'email', discount_affinity: 0.2 },
  ]);
  const drawn = (name: string, dimension: string, place: number, value: string) => ({
    ...person(name),
    dimension,
    place,
    value,
    share: 0.4,
    signals: 3,
  });
  await insert('appetences', [
    drawn('ana', 'category', 1, 'Shoes'),
    drawn('ana', 'category', 2, 'Hats'),
    drawn('ana', 'brand', 1, 'Atlas'),
    drawn('ben', 'category', 1, 'Hats'),
    drawn('ben', 'brand', 1, 'Nord'),
    drawn('dan', 'category', 1, 'Shoes > Running'),
  ]);
  await insert('lookalike_people', [
    { ...person('chloe'), lookalike_id: 1, place: 0.05, score: 2 },
    { ...person('dan'), lookalike_id: 1, place: 0.4, score: 1 },
  ]);
  await deps.pg.run(foreseeRuns, { workspace });
  const partner = await deps.pg.row(insertPartner, { workspace });
  const placed = (name: string, until: string) => ({
    workspace_id: workspace,
    provider_id: partner?.id,
    segment: 'runners',
    profile_id: idOf(name),
    until,
    version: 1,
  });
  // Chloe's has ended; ana does not allow it.
  await insert('outside_people', [
    placed('ana', '1970-01-01 00:00:00.000'),
    placed('ben', '2099-01-01 00:00:00.000'),
    placed('chloe', '2026-06-01 00:00:00.000'),
  ]);
}

const shoes = { product_id: 'P1', category: 'Shoes', brand: 'Atlas' };
const hats = { category: 'Hats', brand: 'Nord' };
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
const consent = (email: boolean) => ({ consent: { categoryPreferences: { email } } });

/** The shop of the page. Times are those of Paris in summer; in winter an hour more or less changes no answer. */
const calls = [
  {
    type: 'identify',
    userId: 'ana',
    timestamp: '2026-04-01T10:00:00+02:00',
    traits: {
      email: 'ana@example.org',
      plan: 'Gold',
      age: 34,
      likes: ['Running', 'Yoga'],
      points: { balance: 230, tier: 'Gold' },
      vip: true,
      birthday: '1990-06-18',
      renewal: '2026-06-20',
      address: { city: 'Lyon' },
    },
    context: consent(true),
  },
  {
    type: 'identify',
    userId: 'ben',
    timestamp: '2026-01-10T10:00:00+01:00',
    traits: {
      plan: 'Silver plus',
      age: '27',
      likes: ['Golf'],
      points: { balance: 20 },
      vip: 'no',
      birthday: '1996-02-29',
      renewal: '2026-05-01',
      address: { city: 'Nantes' },
    },
    context: consent(false),
  },
  {
    type: 'identify',
    userId: 'chloe',
    timestamp: '2026-03-01T10:00:00+01:00',
    traits: { plan: 'gold trial', age: 'unknown', birthday: '1985-12-24' },
  },
  track('ana', 'Order Completed', '2026-04-20T10:00', {
    order_id: 'o1',
    total: 30.1,
    products: [{ product_id: 'P3', quantity: 1, price: 30.1, ...hats }],
  }),
  track('ana', 'Product Viewed', '2026-06-10T10:00', { ...shoes, color: 'Red', price: 60.2 }),
  track('ana', 'Product Added', '2026-06-12T18:00', { ...shoes, cart_id: 'c1' }),
  track('ana', 'Checkout Started', '2026-06-12T18:20', { cart_id: 'c1' }),
  track('ana', 'Order Completed', '2026-06-12T18:30', {
    order_id: 'o2',
    total: 120.4,
    coupon: 'SUMMER',
    products: [{ ...shoes, quantity: 2, price: 60.2 }],
  }),
  track('ben', 'Order Completed', '2026-01-10T11:00', {
    order_id: 'o3',
    total: 80,
    products: [{ product_id: 'P2', quantity: 1, price: 80, ...hats }],
  }),
  track('ben', 'Order Refunded', '2026-01-12T11:00', { order_id: 'o3', total: 50 }),
  { ...track('ben', 'Email Opened', '2026-05-20T10:00', {}), context: { userAgent: phone } },
  track('ben', 'Product Added', '2026-06-13T09:00', { product_id: 'P2', cart_id: 'c2', ...hats }),
  track('ben', 'Checkout Started', '2026-06-13T09:10', { cart_id: 'c3' }),
  track('chloe', 'Product Viewed', '2026-03-01T11:00', { product_id: 'P2', price: 12, ...hats }),
  track('chloe', 'Order Completed', '2026-06-01T10:00', { order_id: 'o4', total: 45 }),
  track('chloe', 'Order Cancelled', '2026-06-01T12:00', { order_id: 'o4' }),
  {
    type: 'page',
    name: 'Home',
    anonymousId: 'dan',
    timestamp: '2026-06-15T10:00:00+02:00',
    context: { campaign: { source: 'google' } },
  },
  {
    type: 'track',
    event: 'Product Viewed',
    anonymousId: 'dan',
    timestamp: '2026-06-15T10:05:00+02:00',
    properties: { ...shoes, color: 'dark red', price: 59.9 },
  },
];

function track(userId: string, event: string, at: string, properties: object) {
  return {
    type: 'track',
    event,
    userId,
    timestamp: `${at}:00+02:00`,
    properties: { currency: 'EUR', ...properties },
  };
}

/** Operators, measures, windows and kinds in a definition, as `test.text.is`, `measure.sum`. */
function wordsIn(part: unknown, under = ''): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const word = (of: 'kind' | 'op' | 'of' | 'type' | 'is' | 'action'): string[] => {
    const value = of in part ? Object.entries(part).find(([key]) => key === of)?.[1] : undefined;
    if (typeof value !== 'string') return [];
    const type = of === 'op' && 'type' in part && typeof part.type === 'string' ? `${part.type}.` : '';
    return [`${under}.${type}${value}`];
  };
  const nested = Object.entries(part).flatMap(([key, each]) => wordsIn(each, Array.isArray(part) ? under : key));
  return [...word('kind'), ...word('op'), ...word('of'), ...word('is'), ...word('action'), ...nested];
}

const document: { readonly $defs?: Readonly<Record<string, unknown>> } = describeSegmentDefinition();

/** The same words, as many as the schema allows. */
function wordsAllowed(schema: unknown, under = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((each) => wordsAllowed(each, under));
  if ('$ref' in schema) return wordsAllowed(document.$defs?.[String(schema.$ref).replace('#/$defs/', '')], under);
  const properties: Record<string, unknown> =
    'properties' in schema && typeof schema.properties === 'object' ? { ...schema.properties } : {};
  const values = (name: string): string[] => {
    const found = properties[name];
    if (typeof found !== 'object' || found === null) return [];
    if ('const' in found && typeof found.const === 'string') return [found.const];
    return 'enum' in found && Array.isArray(found.enum) ? found.enum.filter((each) => typeof each === 'string') : [];
  };
  const [type] = values('type');
  const own = [
    ...values('op').map((op) => `${under}.${type === undefined ? '' : `${type}.`}${op}`),
    ...['kind', 'of', 'is', 'action'].flatMap((name) => values(name).map((value) => `${under}.${value}`)),
  ];
  const nested = Object.entries(schema).flatMap(([key, each]) => {
    if (key === '$defs') return [];
    if (key !== 'properties') return wordsAllowed(each, under);
    return Object.entries(properties).flatMap(([name, property]) => wordsAllowed(property, name));
  });
  return [...own, ...nested];
}

describe('docs/reference/segments.md', () => {
  const deps = useStores();
  let shop: Shop;
  let segments: Segments;
  const names = new Map<string, string>();
  beforeAll(async () => {
    deps.clock.set('2026-06-15T10:00:00Z');
    segments = createSegments(deps, createLoadOthers(deps.pg));
    shop = await openShop(deps);
    await shop.send(...calls);
    const roots = new Map<string, number>();
    for (const { value, root_id } of await deps.pg.rows(findPeople, { workspace: shop.id })) {
      names.set(encodeProfileId(root_id), value);
      roots.set(value, root_id);
    }
    const profiles = [...names].filter(([, name]) => ['ben', 'dan'].includes(name)).map(([id]) => id);
    const edit = { workspace: shop.id, actor: { kind: 'user', id: 'test' } as const };
    const list = await createList(
      { ...segments.deps, jobs: deps.jobs },
      { ...edit, name: 'L', description: '', profiles },
    );
    const match = { events: ['Product Viewed'] };
    const input = scoreInputSchema.parse({
      name: 'Interest',
      definition: { signals: [{ kind: 'event', name: 'Views', points: 10, match }] },
    });
    const score = await createScore(deps, edit, input);
    expect([list.id, score.id]).toEqual(['1', '1']);
    await foresee(deps, shop.id, (name) => roots.get(name) ?? 0);
  });
  afterAll(async () => {
    await segments.stop();
    await shop.pipeline.stop();
  });

  const passing = async (definition: SegmentNode): Promise<string[]> => {
    const { sample, count } = await previewSegment(segments.deps, { workspace: shop.id, definition, sql: false });
    expect(sample).toHaveLength(count);
    return sample.map((id) => names.get(id) ?? id).toSorted();
  };

  it.for(examples)('says who passes $text', async ({ definition, people }) => {
    expect(await passing(definition)).toEqual(people);
  });

  it('has an example of every condition, operator, measure and window', () => {
    const shown = new Set(examples.flatMap(({ definition }) => wordsIn(definition)));
    const allowed = new Set(wordsAllowed(document));
    expect(allowed.size).toBeGreaterThan(60);
    expect([...allowed].filter((word) => !shown.has(word))).toEqual([]);
  });

  it('states every limit', () => {
    const limits = Object.values(segmentLimits).map((limit) => `| ${limit.toLocaleString('en')}`);
    expect(limits.filter((limit) => !page.includes(limit))).toEqual([]);
  });
});
