import {
  type MeasureTest,
  type ScoreDefinition,
  type ScoreDefinitionInput,
  scoreDefinitionSchema,
} from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { createKeyHeaders } from '../../../test/people.ts';
import { useStores } from '../../../test/stores.ts';
import { decodeProfileId, encodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { compileAlone } from '../segments/catalog.ts';
import { assembleExplanation, assemblePreview } from '../segments/compile/assemble.ts';
import { atMoment } from '../segments/compile/features.ts';
import { never } from '../segments/compile/moment.ts';
import { compileProfileScore } from './compilePreview.ts';
import { previewScore } from './readScores.ts';
import { registerScoreRoutes } from './routes.ts';
import { compileScoreCondition } from './scoreCondition.ts';

const deps = useStores();
const opened = useApp(deps, { rooms: (app) => registerScoreRoutes(app, deps) });
const start = Date.parse('2026-05-01T09:30:00Z');
const day = 86_400_000;

interface Person {
  readonly id: number;
  readonly city: string;
  readonly mail: boolean;
  readonly events: readonly { name: string; at: number; color: string; bot: boolean }[];
  readonly orders: readonly { at: number; total: number; status: string }[];
}

let seed = 0;
const random = (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
const some = <T>(most: number, make: () => T): T[] => Array.from({ length: Math.floor(random() * (most + 1)) }, make);
const ago = (days: number): number => start - Math.floor(random() * days * day) - 1;

let workspaces = 0;
async function openShop(): Promise<{ workspace: number; people: Person[] }> {
  const { id: workspace } = await createWorkspace(deps, { timeZone: 'UTC' });
  deps.clock.set(new Date(start).toISOString());
  workspaces += 1;
  seed = workspaces;
  const people = Array.from(
    { length: 80 },
    (_, index): Person => ({
      id: workspaces * 1_000 + index,
      city: random() < 0.5 ? 'Lyon' : '',
      mail: random() < 0.5,
      events: some(12, () => ({
        name: random() < 0.6 ? 'Email Opened' : 'Cart Abandoned',
        at: ago(200),
        color: random() < 0.5 ? 'red' : 'blue',
        bot: random() < 0.1,
      })),
      orders: some(4, () => ({
        at: ago(400),
        total: Math.floor(random() * 200),
        status: random() < 0.2 ? 'cancelled' : 'completed',
      })),
    }),
  );
  const iso = (ms: number): string => new Date(ms).toISOString();
  const insert = (table: string, rows: readonly object[]) =>
    deps.ch.insert(table, Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), {
      token: `${table} ${workspace}`,
    });
  await insert(
    'customers',
    people.map(({ id, city, mail }) => ({
      workspace_id: workspace,
      profile_id: id,
      members: [id],
      traits: city === '' ? {} : { city },
      consents: mail ? { email: true } : {},
      namespaces: [],
      first_seen: iso(start - 900 * day),
      removed: false,
      version: 1,
    })),
  );
  await insert(
    'events',
    people.flatMap(({ id, events }) =>
      events.map(({ name, at, color, bot }, index) => ({
        workspace_id: workspace,
        profile_id: id,
        timestamp: iso(at),
        received_at: iso(at),
        message_id: `${id}-${index}`,
        type: 'track',
        event: name,
        bot,
        properties: JSON.stringify({ color }),
      })),
    ),
  );
  await insert(
    'customer_orders',
    people.flatMap(({ id, orders }) =>
      orders.map(({ at, total, status }, index) => ({
        workspace_id: workspace,
        profile_id: id,
        order_id: `${id}-${index}`,
        ordered_at: iso(at),
        status,
        total,
        base_total: total,
        version: 1,
      })),
    ),
  );
  return { workspace, people };
}

const definition = scoreDefinitionSchema.parse({
  signals: [
    { kind: 'event', name: 'Opens', match: { events: ['Email Opened'] }, points: 4, halfLifeDays: 14, cap: 9 },
    {
      kind: 'event',
      name: 'Abandoned red carts',
      match: {
        events: ['Cart Abandoned'],
        where: [{ property: 'color', test: { type: 'text', op: 'is', value: 'red' } }],
      },
      points: -3,
      halfLifeDays: 60,
    },
    {
      kind: 'order',
      name: 'Large orders',
      match: { where: [{ field: 'total', test: { op: 'gte', value: 100 } }] },
      points: 10,
      withinDays: 180,
      cap: 15,
    },
    {
      kind: 'fact',
      name: 'From Lyon',
      test: { kind: 'trait', trait: 'city', test: { type: 'text', op: 'is', value: 'lyon' } },
      points: 2.5,
    },
    { kind: 'fact', name: 'May be mailed', test: { kind: 'consent', purpose: 'email', is: 'granted' }, points: 1 },
  ],
  levels: [
    { name: 'Cold', from: 0 },
    { name: 'Warm', from: 5 },
    { name: 'Hot', from: 12 },
  ],
} satisfies ScoreDefinitionInput);

/** The same rules, added up by hand. */
function byHand({ city, mail, events, orders }: Person, now: number): { value: number; parts: number[] } {
  const fade = (at: number, halfLife: number): number => 0.5 ** ((now - at) / (halfLife * day));
  const opens = events.filter(({ name, bot }) => name === 'Email Opened' && !bot);
  const carts = events.filter(({ name, color, bot }) => name === 'Cart Abandoned' && color === 'red' && !bot);
  const large = orders.filter(
    ({ at, total, status }) => status === 'completed' && total >= 100 && at > now - 180 * day,
  );
  const parts = [
    Math.min(
      9,
      opens.reduce((sum, { at }) => sum + 4 * fade(at, 14), 0),
    ),
    carts.reduce((sum, { at }) => sum - 3 * fade(at, 60), 0),
    Math.min(15, large.length * 10),
    city === 'Lyon' ? 2.5 : 0,
    mail ? 1 : 0,
  ];
  return { value: parts.reduce((sum, part) => sum + part, 0), parts };
}

const scopeOf = (workspace: number, id: number, now: number) => ({
  workspace,
  now,
  members: [id],
  roots: [id],
  people: [id],
});

async function ask(workspace: number, id: number, now: number, of: ScoreDefinition, test: MeasureTest) {
  const references = {
    segments: new Map(),
    compileOther: (_condition: { kind: string }, features: Parameters<typeof compileScoreCondition>[2], zone: string) =>
      compileScoreCondition({ kind: 'score', score: '1', test }, of, features, zone),
  };
  const { compiled, features } = compileAlone({ zone: 'UTC', references }, { kind: 'score', score: '1', test });
  const { query, values } = assembleExplanation(compiled, features);
  const { now: _, ...scope } = scopeOf(workspace, id, now);
  const [row] = await deps.ch.rows({ ...query, text: atMoment(query.text, new Date(now)) }, { ...values, ...scope });
  return { pass: row?.pass[0] === 1, next: row?.next ?? 0 };
}

describe('a score', () => {
  it('gives each person what the rules, added up by hand, give', async () => {
    const { workspace, people } = await openShop();
    for (const now of [start, start + 40 * day]) {
      for (const person of people.slice(0, 40)) {
        const { query, values } = compileProfileScore(definition, 'UTC');
        const [row] = await deps.ch.rows(query, { ...values, ...scopeOf(workspace, person.id, now) });
        const expected = byHand(person, now);
        expect(row?.value).toBeCloseTo(expected.value, 5);
        expected.parts.forEach((part, index) => {
          expect(row?.points[index]).toBeCloseTo(part, 5);
        });
        expect(row?.level).toBe([0, 5, 12].filter((from) => expected.value >= from).length);
      }
    }
  });

  it('never passes a threshold by time alone before the moment it names', async () => {
    const { workspace, people } = await openShop();
    let crossed = 0;
    for (const person of people.slice(0, 12)) {
      for (const test of [
        { op: 'gte', value: 5 },
        { op: 'lt', value: 3 },
      ] satisfies MeasureTest[]) {
        let now = start;
        for (let asked = 0; asked < 12; asked += 1) {
          const { pass, next } = await ask(workspace, person.id, now, definition, test);
          expect(next).toBeGreaterThan(now);
          const until = Math.min(next, start + 2_000 * day);
          for (const part of [0.25, 0.5, 0.9]) {
            const { value } = byHand(person, Math.floor(now + (until - now) * part));
            const near = Math.abs(value - test.value) < 1e-5;
            expect(near || (test.op === 'gte' ? value >= test.value : value < test.value) === pass).toBe(true);
          }
          if (next >= Number(never) || until !== next) break;
          const then = await ask(workspace, person.id, next, definition, test);
          if (then.pass !== pass) crossed += 1;
          now = next;
        }
      }
    }
    expect(crossed).toBeGreaterThan(3);
  });

  it('names the very moment when one half-life alone decides', async () => {
    const { workspace, people } = await openShop();
    const fading = scoreDefinitionSchema.parse({
      signals: [{ kind: 'event', name: 'Opens', match: { events: ['Email Opened'] }, points: 4, halfLifeDays: 14 }],
    } satisfies ScoreDefinitionInput);
    const test = { op: 'gte', value: 1 } satisfies MeasureTest;
    let decided = 0;
    for (const { id } of people.slice(0, 30)) {
      const first = await ask(workspace, id, start, fading, test);
      if (!first.pass) {
        expect(first.next).toBe(Number(never));
        continue;
      }
      let at = first.next;
      // Two edges lie around a threshold: what rounds to it, and what does not.
      let then = await ask(workspace, id, at, fading, test);
      if (then.pass) {
        at = then.next;
        then = await ask(workspace, id, at, fading, test);
      }
      expect(then.pass).toBe(false);
      expect((await ask(workspace, id, at - 2_000, fading, test)).pass).toBe(true);
      decided += 1;
    }
    expect(decided).toBeGreaterThan(5);
  });

  it('stays between its smallest and largest value', async () => {
    const { workspace, people } = await openShop();
    const bounded = { ...definition, min: 0, max: 10 };
    const preview = await previewScore(deps, workspace, bounded);
    const values = people.map((person) => Math.min(10, Math.max(0, byHand(person, start).value)));
    expect(preview.lowest).toBeCloseTo(Math.min(...values), 1);
    expect(preview.highest).toBeCloseTo(Math.max(...values), 1);
  });

  it('is previewed over everybody: levels, steps, signals, the best', async () => {
    const { workspace, people } = await openShop();
    const preview = await previewScore(deps, workspace, definition);
    const scored = people.map((person) => ({ id: person.id, ...byHand(person, start) }));
    expect(preview.people).toBe(people.length);
    expect(preview.scored).toBe(scored.filter(({ value }) => Math.abs(value) > 1e-6).length);
    expect(preview.buckets.reduce((sum, { profiles }) => sum + profiles, 0)).toBe(people.length);
    for (const { from, to, profiles } of preview.buckets)
      expect(scored.filter(({ value }) => value >= from && value < to).length).toBe(profiles);
    const inLevel = (from: number, to: number) => scored.filter(({ value }) => value >= from && value < to).length;
    expect(preview.levels).toEqual([
      { name: null, profiles: inLevel(-1e9, 0) },
      { name: 'Cold', profiles: inLevel(0, 5) },
      { name: 'Warm', profiles: inLevel(5, 12) },
      { name: 'Hot', profiles: inLevel(12, 1e9) },
    ]);
    preview.signals.forEach(({ profiles }, index) => {
      expect(profiles).toBe(scored.filter(({ parts }) => parts[index] !== 0).length);
    });
    const [best] = scored.toSorted((one, other) => other.value - one.value);
    expect(decodeProfileId(preview.best[0]?.id ?? '')).toBe(best?.id);
  });

  it('is previewed in an empty workspace', async () => {
    const { id } = await createWorkspace(deps);
    expect(await previewScore(deps, id, definition)).toMatchObject({ people: 0, scored: 0, mean: 0, buckets: [] });
  });

  it('used as a condition has the people whose score is so', async () => {
    const { workspace, people } = await openShop();
    const test = { op: 'between', from: 5, to: 12 } satisfies MeasureTest;
    const references = {
      segments: new Map(),
      compileOther: (_: object, features: Parameters<typeof compileScoreCondition>[2], zone: string) =>
        compileScoreCondition({ kind: 'score', score: '1', test }, definition, features, zone),
    };
    const { compiled, features } = compileAlone({ zone: 'UTC', references }, { kind: 'score', score: '1', test });
    const { query, values } = assemblePreview(compiled, features, 100);
    const [preview] = await deps.ch.rows(
      { ...query, text: atMoment(query.text, new Date(start)) },
      { ...values, workspace },
    );
    const expected = people.filter((person) => {
      const { value } = byHand(person, start);
      return value >= 5 && value <= 12;
    });
    expect(preview?.alone[0]).toBe(expected.length);
  });
});

const insertSegment = pgQuery({
  name: 'test.insertScoreSegment',
  params: { workspace: 'int4', definition: 'jsonb', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    with segment as (
      insert into decide.segment (workspace_id, name, kind, state, version, created_by, created_at, updated_at)
      values (:workspace, 'Hot leads', 'dynamic', 'live', 1, 'test', :at, :at) returning workspace_id, id
    )
    insert into decide.segment_version (workspace_id, segment_id, version, definition, at, by_actor)
    select workspace_id, id, 1, :definition, :at, 'test' from segment returning segment_id as id`,
});
const readState = pgQuery({
  name: 'test.readScoreSegment',
  params: { workspace: 'int4', id: 'int4' },
  row: { state: 'text' },
  text: `select state from decide.segment where workspace_id = :workspace and id = :id`,
});
const insertProfile = pgQuery({
  name: 'test.insertScoredProfile',
  params: { workspace: 'int4', id: 'int8', at: 'timestamptz' },
  row: {},
  text: `insert into unify.profile (workspace_id, id, root_id, created_at, first_seen_at, last_seen_at)
    overriding system value values (:workspace, :id, :id, :at, :at, :at)`,
});

describe('the routes of scores', () => {
  it('make, change and remove one; what uses it follows and protects it', async () => {
    await deps.jobs.define({ name: 'decide.applySegments', run: async () => ({ done: true }) });
    await deps.jobs.start({ workers: false, schedules: false });
    const { workspace, people } = await openShop();
    const headers = await createKeyHeaders(deps, workspace, ['analytics.read', 'segments.write', 'profiles.read']);
    const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
      const answer = await opened.app.inject({ method, url, headers, ...(payload && { payload }) });
      return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
    };
    const made = await call('POST', '/api/v1/scores', { name: 'Interest', definition });
    expect(made).toMatchObject({ status: 201, body: { name: 'Interest', version: 1, usedBy: [] } });
    const { id } = made.body;
    expect((await call('POST', '/api/v1/scores', { name: 'interest', definition })).body.code).toBe(
      'decide.score_name_taken',
    );

    const condition = { kind: 'all', of: [{ kind: 'score', score: id, test: { op: 'gte', value: 5 } }] };
    const segment = await deps.pg.row(insertSegment, { workspace, definition: condition, at: deps.clock.now() });
    const changed = await call('PUT', `/api/v1/scores/${id}`, {
      name: 'Interest',
      definition: { ...definition, max: 50 },
    });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, usedBy: [{ name: 'Hot leads' }] } });
    expect(await deps.pg.row(readState, { workspace, id: segment?.id ?? 0 })).toEqual({ state: 'building' });
    expect(await call('DELETE', `/api/v1/scores/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'decide.score_in_use' },
    });

    const person = people.find(({ city, mail }) => city === 'Lyon' && mail);
    if (person === undefined) throw new Error('nobody lives in Lyon');
    await deps.pg.run(insertProfile, { workspace, id: person.id, at: new Date(start) });
    const [score] = (await call('GET', `/api/v1/profiles/${encodeProfileId(person.id)}/scores`)).body;
    const expected = byHand(person, start);
    expect(score).toMatchObject({ name: 'Interest', value: expect.closeTo(expected.value, 2) });
    expect(score.signals).toContainEqual({ name: 'From Lyon', points: 2.5, matches: null });
    expect(score.signals.every(({ points }: { points: number }) => points !== 0)).toBe(true);

    const other = await call('POST', '/api/v1/scores', { name: 'Other', definition });
    expect((await call('DELETE', `/api/v1/scores/${other.body.id}`)).status).toBe(204);
    expect((await call('GET', `/api/v1/scores/${other.body.id}`)).status).toBe(404);
    expect((await call('GET', '/api/v1/scores')).body.items).toHaveLength(1);
  });

  it('refuse rules that make no sense', async () => {
    const { id } = await createWorkspace(deps);
    const headers = await createKeyHeaders(deps, id, ['analytics.read']);
    const preview = async (changes: object) =>
      (
        await opened.app.inject({
          method: 'POST',
          url: '/api/v1/scores/preview',
          headers,
          payload: { definition: { ...definition, ...changes } },
        })
      ).statusCode;
    expect(await preview({})).toBe(200);
    expect(await preview({ signals: [] })).toBe(400);
    expect(await preview({ min: 5, max: 5 })).toBe(400);
    expect(
      await preview({
        levels: [
          { name: 'A', from: 3 },
          { name: 'B', from: 2 },
        ],
      }),
    ).toBe(400);
    expect(await preview({ signals: [{ ...definition.signals[0], points: 0 }] })).toBe(400);
    expect(await preview({ signals: [{ ...definition.signals[0], kind: 'magic' }] })).toBe(400);
  });
});
