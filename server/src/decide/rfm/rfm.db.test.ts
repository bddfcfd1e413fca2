import { defaultRfmBands, personaKeys, type SegmentNode } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import {
  day,
  factsOf,
  insertRows,
  openWorld,
  orderRow,
  personaByHand,
  scoreAll,
  start,
  type World,
} from '../../../test/buyers.ts';
import { useStores } from '../../../test/stores.ts';
import { decodeProfileId, encodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { compileAlone } from '../segments/catalog.ts';
import { assembleExplanation, assemblePreview } from '../segments/compile/assemble.ts';
import type { OtherCondition } from '../segments/compile/compileSegment.ts';
import { atMoment, type Features } from '../segments/compile/features.ts';
import { never } from '../segments/compile/moment.ts';
import { edgesOfBands, readEdges } from './edges.ts';
import { compilePersonaCondition } from './personaCondition.ts';
import { readMovement, readProfileRfm } from './readMovement.ts';
import { listRfmPeople, readRfm } from './readRfm.ts';
import { refreshRfm } from './refreshRfm.ts';
import { saveRfmSettings } from './sql/rfm.pg.ts';

const deps = useStores();
const refresh = (workspace: number): Promise<void> => {
  const jobs = { ...deps.jobs, send: async (name: string) => void asked.push(name) };
  return refreshRfm({ pg: deps.pg, ch: deps.ch, clock: deps.clock, jobs }, workspace);
};
/** Names of the jobs that were asked for. */
const asked: string[] = [];

async function openShop(seed: number): Promise<World> {
  const world = await openWorld(deps, seed);
  deps.clock.set(new Date(start).toISOString());
  await refresh(world.workspace);
  return world;
}

const insertProfiles = pgQuery({
  name: 'test.insertBuyers',
  params: { workspace: 'int4', ids: 'int8[]', roots: 'int8[]', at: 'timestamptz' },
  row: {},
  text: `insert into unify.profile (workspace_id, id, root_id, first_seen_at, last_seen_at, created_at)
    overriding system value
    select :workspace, id, root, :at, :at, :at from unnest(:ids, :roots) as row (id, root)`,
});

async function segmentOf(world: World, definition: SegmentNode, now: number) {
  const { edges } = await readEdges(deps.pg, world.workspace, '');
  const references = {
    segments: new Map(),
    compileOther: (condition: OtherCondition, features: Features) => {
      if (condition.kind !== 'persona') throw new Error('only personas here');
      return compilePersonaCondition(condition, features, edges);
    },
  };
  const { compiled, features } = compileAlone({ zone: 'UTC', references }, definition);
  return { compiled, features, params: { workspace: world.workspace }, at: new Date(now) };
}

describe('personas', () => {
  it.each([1, 2, 3])('of shop %s are what an independent computation finds, person by person', async (seed) => {
    const world = await openShop(seed);
    const expected = scoreAll(factsOf(world, start), start);
    const rfm = await readRfm(deps, world.workspace);
    expect(rfm.buyers).toBe(expected.size);
    expect(rfm.prospects).toBe(world.people.length - expected.size);
    for (const key of personaKeys) {
      const own = [...expected].filter(([, { persona }]) => persona === key);
      const sum = (pick: 'orders' | 'revenue') => own.reduce((total, [, fact]) => total + fact[pick], 0);
      expect(rfm.personas.find((persona) => persona.key === key)).toMatchObject({
        profiles: own.length,
        orders: sum('orders'),
        revenue: expect.closeTo(sum('revenue'), 2),
      });
      const { items } = await listRfmPeople(deps, world.workspace, { persona: key, limit: 1_000 });
      const found = items.map(({ id }) => decodeProfileId(id));
      expect(found).toEqual(own.map(([person]) => person).sort((one, other) => one - other));
    }
    for (const { r, f, profiles } of rfm.grid)
      expect(profiles).toBe([...expected.values()].filter((one) => one.r === r && one.f === f).length);
    expect(rfm.personas.reduce((sum, { profiles }) => sum + profiles, 0)).toBe(rfm.buyers);
  });

  it('of one site are scored on its own orders, against its own fifths', async () => {
    const world = await openShop(4);
    const expected = scoreAll(factsOf(world, start, 'fr'), start);
    const rfm = await readRfm(deps, world.workspace, 'fr');
    expect(rfm.buyers).toBe(expected.size);
    for (const { key, profiles } of rfm.personas)
      expect(profiles, key).toBe([...expected.values()].filter(({ persona }) => persona === key).length);
  });

  it('follow fixed bands when these are chosen', async () => {
    const world = await openShop(5);
    const { recencyDays, orders, revenue } = defaultRfmBands;
    await deps.pg.run(saveRfmSettings, {
      workspace: world.workspace,
      method: 'bands',
      bands: { ...defaultRfmBands },
      names: { champions: 'Fidèles de la maison' },
      at: deps.clock.now(),
    });
    await refresh(world.workspace);
    const rfm = await readRfm(deps, world.workspace);
    expect(rfm.edges).toEqual(edgesOfBands(defaultRfmBands));
    const reached = (value: number, bands: readonly number[]) => bands.filter((band) => value >= band).length;
    const byHand = [...factsOf(world, start).values()].map((fact) =>
      personaByHand(
        5 - reached((start - fact.last) / day, recencyDays),
        1 + reached(fact.orders, orders),
        1 + reached(fact.revenue, revenue),
      ),
    );
    for (const { key, profiles } of rfm.personas)
      expect(profiles, key).toBe(byHand.filter((persona) => persona === key).length);
    expect(rfm.personas[0]?.name).toBe('Fidèles de la maison');
  });

  it('page through people without losing or repeating anyone', async () => {
    const world = await openShop(6);
    const all = await listRfmPeople(deps, world.workspace, { f: 1, limit: 1_000 });
    const paged: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listRfmPeople(deps, world.workspace, { f: 1, limit: 7, cursor });
      paged.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(paged).toEqual(all.items.map(({ id }) => id));
  });

  it('are zero in an empty workspace, and keep the thresholds they have when nothing changed', async () => {
    const world = await openShop(7);
    const before = await readEdges(deps.pg, world.workspace, '');
    asked.length = 0;
    await refresh(world.workspace);
    expect(await readEdges(deps.pg, world.workspace, '')).toEqual(before);
    expect(asked).toEqual([]);
    const empty = await readRfm(deps, world.workspace, 'nowhere');
    expect(empty).toMatchObject({ buyers: 0, revenue: 0 });
    expect(empty.personas).toHaveLength(personaKeys.length);
  });
});

describe('a segment of personas', () => {
  it('has exactly the people the page of personas counts', async () => {
    const world = await openShop(8);
    const rfm = await readRfm(deps, world.workspace);
    for (const key of [...personaKeys, 'prospects']) {
      const { compiled, features, params, at } = await segmentOf(world, { kind: 'persona', in: [key] }, start);
      const { query, values } = assemblePreview(compiled, features, 1_000);
      const [preview] = await deps.ch.rows({ ...query, text: atMoment(query.text, at) }, { ...values, ...params });
      const counted = rfm.personas.find((persona) => persona.key === key)?.profiles ?? rfm.prospects;
      expect(preview?.alone, key).toEqual([counted]);
    }
  });

  it('names the next moment at which time alone changes the answer, and not before', async () => {
    const world = await openShop(9);
    const explain = async (person: number, now: number) => {
      const { compiled, features, params, at } = await segmentOf(world, { kind: 'persona', in: [...personaKeys] }, now);
      const { query, values } = assembleExplanation(compiled, features);
      const members = [...world.roots].filter(([, root]) => root === person).map(([profile]) => profile);
      const scope = { members, roots: members.map(() => person), people: [person] };
      const [row] = await deps.ch.rows(
        { ...query, text: atMoment(query.text, at) },
        { ...values, ...params, ...scope },
      );
      return { persona: row?.found[0], next: row?.next ?? 0 };
    };
    const { edges } = await readEdges(deps.pg, world.workspace, '');
    const recency = (last: number, now: number) =>
      edges.recencyDays.filter((days) => now - last >= Math.round(days * day)).length;
    const facts = [...factsOf(world, start)].slice(0, 10);
    let moved = 0;
    for (const [person, { last }] of facts) {
      let now = start;
      for (let found = await explain(person, now); found.next !== Number(never); ) {
        expect(recency(last, found.next - 1)).toBe(recency(last, now));
        expect(recency(last, found.next)).toBe(recency(last, now) + 1);
        expect((await explain(person, found.next - 1)).persona).toBe(found.persona);
        now = found.next;
        moved += 1;
        found = await explain(person, now);
      }
      expect(recency(last, now)).toBe(4);
    }
    expect(moved).toBeGreaterThan(5);
  });
});

describe('the movement of personas', () => {
  it('between two days is the comparison of what was found on each', async () => {
    const world = await openShop(10);
    const before = new Map(
      [...scoreAll(factsOf(world, start), start)].map(([person, { persona }]) => [person, persona]),
    );
    const later = start + 3 * day;
    const bought = world.people.slice(0, 30).map((profile, index) => ({
      id: `late-${profile}`,
      profile,
      at: later - 1_000 - index,
      cents: 30_000,
      refundedCents: 0,
      status: 'completed',
      site: 'fr',
    }));
    const cancelled = world.orders
      .filter(({ profile }) => profile === world.people[40])
      .map((order) => ({ ...order, status: 'cancelled' }));
    await insertRows(
      deps,
      'customer_orders',
      [...bought, ...cancelled].map((order) => orderRow(world.workspace, order, 2)),
    );
    const gone = new Set(cancelled.map(({ id }) => id));
    const orders = [...world.orders.filter(({ id }) => !gone.has(id)), ...bought];
    deps.clock.set(new Date(later).toISOString());
    await refresh(world.workspace);
    const after = new Map(
      [...scoreAll(factsOf({ ...world, orders }, later), later)].map(([person, { persona }]) => [person, persona]),
    );
    const expected = new Map<string, number>();
    for (const person of new Set([...before.keys(), ...after.keys()])) {
      const key = `${before.get(person) ?? 'prospects'} ${after.get(person) ?? 'prospects'}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const { flows } = await readMovement(deps, world.workspace, { from: '2026-05-01', to: '2026-05-04' });
    expect(new Map(flows.map(({ from, to, profiles }) => [`${from} ${to}`, profiles]))).toEqual(expected);
  });

  it('reaches back a year at the first look, and a repeat writes nothing', async () => {
    const world = await openShop(11);
    const first = await readMovement(deps, world.workspace, { from: '2025-06-01', to: '2026-05-01' });
    expect(first.first).toBe('2025-05-06');
    const then = Date.parse('2025-05-05T22:00:00Z');
    const early = await readMovement(deps, world.workspace, { from: '2025-05-05', to: '2025-05-06' });
    expect(early.flows.reduce((sum, { profiles }) => sum + profiles, 0)).toBe(factsOf(world, then).size);
    await refresh(world.workspace);
    expect(await readMovement(deps, world.workspace, { from: '2025-06-01', to: '2026-05-01' })).toEqual(first);
    await expect(readMovement(deps, world.workspace, { from: '2026-05-01', to: '2026-05-01' })).rejects.toMatchObject({
      code: 'decide.bad_period',
    });
  });

  it('of one customer is a history that ends with what is now', async () => {
    const world = await openShop(12);
    await deps.pg.run(insertProfiles, {
      workspace: world.workspace,
      ids: [...world.roots.keys()],
      roots: [...world.roots.values()],
      at: new Date(start),
    });
    const expected = scoreAll(factsOf(world, start), start);
    for (const [profile, person] of [...world.roots].slice(195, 215)) {
      const found = await readProfileRfm(deps, world.workspace, encodeProfileId(profile));
      const own = expected.get(person);
      expect(found).toMatchObject({
        persona: own?.persona ?? 'prospects',
        r: own?.r ?? 0,
        f: own?.f ?? 0,
        m: own?.m ?? 0,
        orders: own?.orders ?? 0,
        revenue: expect.closeTo(own?.revenue ?? 0, 2),
        lastOrderAt: own === undefined ? null : new Date(own.last).toISOString(),
      });
      if (own !== undefined) expect(found.history[0]).toMatchObject({ persona: found.persona, r: found.r });
    }
    await expect(readProfileRfm(deps, world.workspace, 'nobody')).rejects.toMatchObject({ kind: 'not_found' });
  });
});
