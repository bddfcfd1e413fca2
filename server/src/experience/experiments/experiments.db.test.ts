import { randomUUID } from 'node:crypto';
import {
  type ExperimentRequest,
  experienceRequestSchema,
  experimentBreakdownSchema,
  experimentRequestSchema,
  experimentResultsSchema,
} from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useStores } from '../../../test/stores.ts';
import { assign } from '../assignment/index.ts';
import { createExperience } from '../experiences/changeExperiences.ts';
import { createRandom } from '../statistics/simulate.ts';
import { createRunningExperiments } from './assignables.ts';
import {
  beginExperiment,
  changeExperimentSettings,
  closeExperiment,
  createExperiment,
  editExperiment,
  writeLearning,
} from './changeExperiments.ts';
import { getExperiment, pageExperiments } from './readExperiments.ts';
import { readBreakdown, readResults } from './readResults.ts';

const stores = useStores();
const started = Date.parse('2026-04-01T08:00:00Z');
const hour = 3_600_000;
const dayMs = 24 * hour;

const wish = (over: object = {}): ExperimentRequest =>
  experimentRequestSchema.parse({
    key: 'home-banner',
    name: 'Home banner',
    kind: 'experience',
    variations: [
      { key: 'control', name: 'As it is', weight: 0.5 },
      { key: 'big', name: 'Big', weight: 0.5 },
    ],
    metrics: [
      { key: 'buyers', name: 'Buyers', type: 'share', measure: { of: 'orders' }, role: 'primary', windowDays: 7 },
      { key: 'revenue', name: 'Revenue', type: 'mean', measure: { of: 'revenue' }, windowDays: 7, cap: 0.99 },
      {
        key: 'basket',
        name: 'Basket',
        type: 'ratio',
        measure: { of: 'revenue' },
        denominator: { of: 'orders' },
        windowDays: 7,
      },
      { key: 'added', name: 'Added', type: 'mean', measure: { of: 'event', event: 'Product Added' }, windowDays: 7 },
    ],
    ...over,
  });
const by = (workspace: TestWorkspace) => ({ workspace: workspace.id, actor: { kind: 'system', id: 'test' } }) as const;

interface Person {
  readonly id: number;
  readonly exposures: readonly { readonly at: number; readonly properties: object; readonly profile?: number }[];
  readonly added: readonly number[];
  readonly orders: readonly {
    readonly at: number;
    readonly total: number;
    readonly refunded?: number;
    readonly status?: string;
  }[];
}
const lines = (rows: readonly object[]): Buffer => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));

async function openShop(
  people: readonly Person[],
  roots: readonly (readonly [number, number])[] = [],
): Promise<TestWorkspace> {
  stores.clock.set(new Date(started).toISOString());
  const shop = await createWorkspace(stores, {
    timeZone: 'Europe/Paris',
    scopes: ['experience.read', 'experience.write'],
  });
  const insert = (table: string, rows: readonly object[]) =>
    rows.length === 0 ? undefined : stores.ch.insert(table, lines(rows), { token: randomUUID() });
  const event = (profile: number, at: number, name: string, properties: object) => ({
    workspace_id: shop.id,
    profile_id: profile,
    timestamp: at,
    received_at: at,
    message_id: randomUUID(),
    type: 'track',
    event: name,
    device_type: profile % 2 === 0 ? 'mobile' : 'desktop',
    properties: JSON.stringify(properties),
  });
  await insert(
    'events',
    people.flatMap(({ id, exposures, added }) => [
      ...exposures.map(({ at, properties, profile }) => event(profile ?? id, at, 'Experiment Viewed', properties)),
      ...added.map((at) => event(id, at, 'Product Added', {})),
    ]),
  );
  await insert(
    'orders',
    people.flatMap(({ id, orders }) =>
      orders.map(({ at, total, refunded = 0, status = 'completed' }, index) => ({
        workspace_id: shop.id,
        order_id: `o-${id}-${index}`,
        profile_id: id,
        ordered_at: at,
        status,
        currency: 'EUR',
        total,
        base_total: total,
        base_refunded: refunded,
        version: 1,
      })),
    ),
  );
  await insert(
    'profile_root',
    roots.map(([profile_id, root_id]) => ({ workspace_id: shop.id, profile_id, root_id, version: 1 })),
  );
  return shop;
}

async function begin(shop: TestWorkspace, request = wish()): Promise<number> {
  const id = await createExperiment(stores, by(shop), request);
  await beginExperiment(stores, by(shop), id);
  return id;
}
const seen = (variation: unknown, at = started + hour) => ({
  at,
  properties: { experiment_id: 'home-banner', variation_id: variation },
});

describe('results', () => {
  it('agree with sums made by hand over a random shop', async () => {
    const random = createRandom(11);
    const whole = (sides: number): number => Math.floor(random() * sides);
    const people = Array.from({ length: 1_200 }, (_, index): Person => {
      const first = started + hour + whole(5 * 24) * hour;
      const arm = random() < 0.5 ? 'control' : 'big';
      return {
        id: 1_000 + index,
        exposures: [seen(arm, first), ...(random() < 0.3 ? [seen(arm, first + hour)] : [])],
        added: Array.from({ length: whole(4) }, () => first + (whole(40) - 20) * 12 * hour),
        orders: Array.from({ length: random() < 0.3 ? 1 + whole(2) : 0 }, () => ({
          at: first + (whole(40) - 20) * 12 * hour + 60_000,
          total: 10 + whole(200),
          refunded: random() < 0.1 ? 5 : 0,
          status: random() < 0.1 ? 'cancelled' : 'completed',
        })),
      };
    });
    const shop = await openShop(people);
    const id = await begin(shop);
    stores.clock.set(new Date(started + 20 * dayMs).toISOString());
    const results = experimentResultsSchema.parse(await readResults(stores, shop.id, id));

    const armOf = ({ exposures }: Person) => Object(exposures[0]?.properties).variation_id;
    for (const [place, arm] of ['control', 'big'].entries()) {
      const own = people.filter((person) => armOf(person) === arm);
      const sold = own.map(({ exposures, orders }) => {
        const first = exposures[0]?.at ?? 0;
        return orders.filter(({ at, status }) => status !== 'cancelled' && at >= first && at < first + 7 * dayMs);
      });
      const nets = sold.map((list) => list.reduce((sum, { total, refunded = 0 }) => sum + total - refunded, 0));
      const orders = sold.reduce((sum, list) => sum + list.length, 0);
      const revenue = nets.reduce((sum, net) => sum + net, 0);
      const added = own.reduce((sum, { exposures, added: times }) => {
        const first = exposures[0]?.at ?? 0;
        return sum + times.filter((at) => at >= first && at < first + 7 * dayMs).length;
      }, 0);
      expect(results.people[place]).toMatchObject({ variation: arm, people: own.length, planned: 0.5 });
      const metric = (key: string) => results.metrics.find(({ metric: name }) => name === key)?.arms[place];
      expect(metric('buyers')?.value).toBeCloseTo(sold.filter((list) => list.length > 0).length / own.length, 9);
      expect(metric('basket')?.value).toBeCloseTo(revenue / orders, 6);
      expect(metric('added')?.total).toBe(added);
      const cap = results.metrics.find(({ metric: name }) => name === 'revenue')?.cappedAt ?? 0;
      expect(cap).toBeGreaterThan(100);
      expect(metric('revenue')?.total).toBeCloseTo(
        nets.reduce((sum, net) => sum + Math.min(net, cap), 0),
        6,
      );
    }
    expect(results.days.flatMap(({ people: counts }) => counts).reduce((sum, count) => sum + count, 0)).toBe(1_200);
    expect(results).toMatchObject({
      crossed: 0,
      unknown: 0,
      sampleRatio: { alarm: false, enough: true },
      currency: 'EUR',
    });
    const { groups } = experimentBreakdownSchema.parse(
      await readBreakdown(stores, shop.id, id, { grouping: { by: 'column', column: 'device_type' }, metric: 'added' }),
    );
    expect(groups.map(({ group }) => group).toSorted()).toEqual(['desktop', 'mobile']);
    const total = groups.flatMap(({ metric }) => metric.arms).reduce((sum, arm) => sum + arm.total, 0);
    const { arms } = results.metrics.find(({ metric }) => metric === 'added') ?? { arms: [] };
    expect(total).toBe(arms.reduce((sum, arm) => sum + arm.total, 0));
  });

  it('count a customer once, whatever devices they used, and apart who was shown two variations', async () => {
    const late = started + 2 * hour;
    const shop = await openShop(
      [
        // The phone and the laptop of one customer saw the same; the order came from the laptop.
        { id: 11, exposures: [seen('big')], added: [], orders: [] },
        { id: 12, exposures: [seen('big', late)], added: [], orders: [{ at: late + hour, total: 50 }] },
        // Another one's two devices were shown different things before signing in.
        { id: 21, exposures: [seen('control')], added: [], orders: [] },
        { id: 22, exposures: [seen('big', late)], added: [], orders: [{ at: late + hour, total: 70 }] },
        // By place, by GrowthBook's names, and a variation nobody knows.
        {
          id: 31,
          exposures: [{ at: late, properties: { experimentId: 'home-banner', variationId: '0' } }],
          added: [],
          orders: [],
        },
        {
          id: 32,
          exposures: [{ at: late, properties: { experimentKey: 'home-banner', variationKey: 1 } }],
          added: [],
          orders: [],
        },
        { id: 41, exposures: [seen('gone')], added: [], orders: [] },
        // Of another experiment, and from before it began.
        {
          id: 51,
          exposures: [{ at: late, properties: { experiment_id: 'other', variation_id: 'big' } }],
          added: [],
          orders: [],
        },
        { id: 61, exposures: [seen('big', started - hour)], added: [], orders: [] },
      ],
      [
        [12, 11],
        [22, 21],
      ],
    );
    const id = await begin(shop);
    stores.clock.set(new Date(started + dayMs).toISOString());
    const results = await readResults(stores, shop.id, id);
    expect(results.people.map(({ people }) => people)).toEqual([1, 2]);
    expect(results).toMatchObject({ crossed: 1, unknown: 1, verdict: { code: 'too_few' } });
    const [control, big] = results.metrics[0]?.arms ?? [];
    expect([control?.total, big?.total]).toEqual([0, 1]);
  });

  it('call a large difference, and raise the alarm when people are divided wrongly', async () => {
    const make = (count: number, from: number, arm: string, everyNth: number): Person[] =>
      Array.from({ length: count }, (_, index) => ({
        id: from + index,
        exposures: [seen(arm)],
        added: [],
        orders: index % everyNth === 0 ? [{ at: started + 2 * hour, total: 40 }] : [],
      }));
    const shop = await openShop([...make(1_500, 10_000, 'control', 20), ...make(1_500, 20_000, 'big', 8)]);
    const id = await begin(shop);
    stores.clock.set(new Date(started + dayMs).toISOString());
    const results = await readResults(stores, shop.id, id);
    expect(results.verdict).toMatchObject({ code: 'winner', variation: 'big', metric: 'buyers' });
    expect(results.weights[1]?.weight).toBeGreaterThan(0.9);
    const uneven = await openShop([...make(1_500, 10_000, 'control', 20), ...make(1_100, 20_000, 'big', 8)]);
    const other = await begin(uneven);
    stores.clock.set(new Date(started + dayMs).toISOString());
    const alarmed = await readResults(stores, uneven.id, other);
    expect(alarmed).toMatchObject({ verdict: { code: 'sample_ratio' }, sampleRatio: { alarm: true } });
  });
});

describe('an experiment on an experience', () => {
  it('is divided as the experience is, and its views are the exposures', async () => {
    const shop = await openShop([
      { id: 90, exposures: [], added: [], orders: [{ at: started + 2 * hour, total: 40 }] },
    ]);
    const bar = { kind: 'bar', texts: { en: { title: 'Free delivery' } } };
    await createExperience(
      stores,
      by(shop),
      experienceRequestSchema.parse({
        key: 'delivery',
        name: 'Delivery',
        control: 0.5,
        variants: [{ key: 'big', name: 'Big', weight: 1, content: bar }],
      }),
    );
    const refused = async (over: object) => begin(shop, wish(over)).catch(({ code }: { code: string }) => code);
    expect(await refused({ key: 'a', target: 'nothing' })).toBe('experience.target_unknown');
    const uneven = [
      { key: 'control', name: 'Nothing', weight: 0.4 },
      { key: 'big', name: 'Big', weight: 0.6 },
    ];
    expect(await refused({ key: 'b', target: 'delivery', variations: uneven })).toBe('experience.target_differs');
    expect(await refused({ key: 'c', kind: 'recommendation', target: 'home' })).toBe('experience.target_differs');
    const id = await begin(shop, wish({ target: 'delivery' }));
    const view = (profile: number, experience: string, variant: string) => ({
      workspace_id: shop.id,
      profile_id: profile,
      timestamp: started + hour,
      received_at: started + hour,
      message_id: randomUUID(),
      type: 'track',
      event: 'Experience Viewed',
      properties: JSON.stringify({ experience, variant }),
    });
    const views = [
      view(90, 'delivery', 'big'),
      view(91, 'delivery', ''),
      view(92, 'delivery', ''),
      view(93, 'other', 'big'),
    ];
    await stores.ch.insert('events', lines(views), { token: randomUUID() });
    stores.clock.set(new Date(started + dayMs).toISOString());
    const results = await readResults(stores, shop.id, id);
    expect(results.people.map(({ people }) => people)).toEqual([2, 1]);
    expect(results.metrics[0]?.arms.map(({ total }) => total)).toEqual([0, 1]);
  });
});

describe('an experiment', () => {
  it('keeps its key for ever and refuses what would move people once it has begun', async () => {
    const shop = await openShop([]);
    const id = await begin(shop);
    await expect(createExperiment(stores, by(shop), wish())).rejects.toMatchObject({
      code: 'experience.experiment_key_taken',
    });
    const other = [
      { key: 'control', name: 'As it is', weight: 0.4 },
      { key: 'big', name: 'Big', weight: 0.6 },
    ];
    await expect(editExperiment(stores, by(shop), id, wish({ variations: other }))).rejects.toMatchObject({
      code: 'experience.experiment_begun',
    });
    await editExperiment(stores, by(shop), id, wish({ name: 'Banner', hypothesis: 'Bigger sells' }));
    expect((await getExperiment(stores, shop.id, id)).definition).toMatchObject({
      name: 'Banner',
      hypothesis: 'Bigger sells',
    });
    await closeExperiment(stores, by(shop), id, 'stopped');
    await writeLearning(stores, by(shop), id, { result: 'won', variation: 'big', note: 'Kept.' });
    await closeExperiment(stores, by(shop), id, 'archived');
    expect((await pageExperiments(stores, shop.id, { words: '' })).items).toEqual([]);
    const [kept] = (await pageExperiments(stores, shop.id, { words: 'BANNER', states: ['archived'] })).items;
    expect(kept).toMatchObject({
      state: 'archived',
      learning: { result: 'won', variation: 'big', note: 'Kept.', verdict: { code: 'inconclusive' }, people: 0 },
    });
    const learnt = (words: string) => pageExperiments(stores, shop.id, { words, learnt: true });
    await begin(shop, wish({ key: 'running', hypothesis: 'Kept in mind' }));
    expect((await learnt('kept')).items.map(({ definition }) => definition.key)).toEqual(['home-banner']);
    expect((await learnt('nothing of the kind')).items).toEqual([]);
  });

  it('begun again counts from then on alone', async () => {
    const shop = await openShop([{ id: 7, exposures: [seen('big')], added: [], orders: [] }]);
    const id = await begin(shop);
    stores.clock.set(new Date(started + 2 * dayMs).toISOString());
    await closeExperiment(stores, by(shop), id, 'stopped');
    expect((await readResults(stores, shop.id, id)).people.map(({ people }) => people)).toEqual([0, 1]);
    await beginExperiment(stores, by(shop), id);
    stores.clock.set(new Date(started + 3 * dayMs).toISOString());
    expect((await readResults(stores, shop.id, id)).people.map(({ people }) => people)).toEqual([0, 0]);
    expect((await getExperiment(stores, shop.id, id)).bucketVersion).toBe(1);
  });

  it('shares a group with others so that nobody is in two, and says when there is no room', async () => {
    const shop = await openShop([]);
    const group = (share: number) => ({ group: { name: 'home', share } });
    await begin(shop, wish({ key: 'one', ...group(0.5) }));
    await begin(shop, wish({ key: 'two', ...group(0.4), holdout: 0.1 }));
    const third = await createExperiment(stores, by(shop), wish({ key: 'three', ...group(0.2) }));
    await expect(beginExperiment(stores, by(shop), third)).rejects.toMatchObject({ code: 'experience.group_full' });
    await changeExperimentSettings(stores, by(shop), { globalHoldout: 0.1, publishedSegments: [] });
    const running = await createRunningExperiments(stores).get(shop.id);
    const counts = { both: 0, one: 0, two: 0, held: 0 };
    for (let person = 0; person < 4_000; person++) {
      const answers = running.map(({ assignable }) => assign(assignable, { person: `p${person}` }));
      const inOne = answers[0]?.variation !== null;
      const inTwo = answers[1]?.variation !== null;
      if (inOne && inTwo) counts.both += 1;
      if (inOne) counts.one += 1;
      if (inTwo) counts.two += 1;
      if (answers.every(({ reason }) => reason === 'global_holdout')) counts.held += 1;
    }
    expect(counts.both).toBe(0);
    expect(counts.one / 4_000).toBeCloseTo(0.5 * 0.9, 1);
    expect(counts.two / 4_000).toBeCloseTo(0.4 * 0.9 * 0.9, 1);
    expect(counts.held / 4_000).toBeCloseTo(0.1, 1);
  });
});
