import { keyScopes, segmentLimits } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { dice } from '../../../test/reportShop.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { type TestDeps, useStores } from '../../../test/stores.ts';
import type { Ch } from '../../platform/index.ts';
import { createSegments, type Segments } from './createSegments.ts';
import { defineSegmentJobs } from './jobs.ts';
import { registerSegmentRoutes } from './routes.ts';

const stores = useStores();
/** The real engine, with less time for each question than it usually has. */
const secondsAllowed = { touch: 30, sweep: 120 };
const limited = (ch: Ch): Ch => ({
  ...ch,
  rows: (query, params, options) => {
    const limit = options?.lane === 'heavy' ? secondsAllowed.sweep : secondsAllowed.touch;
    return ch.rows(query, params, { ...options, settings: { ...options?.settings, max_execution_time: limit } });
  },
});
const deps: TestDeps = {
  get ch() {
    return limited(stores.ch);
  },
  get pg() {
    return stores.pg;
  },
  get clock() {
    return stores.clock;
  },
  get jobs() {
    return stores.jobs;
  },
  get log() {
    return stores.log;
  },
  get filesDir() {
    return stores.filesDir;
  },
};
let segments: Segments;
let shop: Shop;
let otherKey: string;
const http = useApp(stores, {
  rooms: (app) => {
    segments = createSegments(deps, async () => ({}));
    registerSegmentRoutes(app, { ...deps, ...segments.deps });
  },
});

beforeAll(async () => {
  stores.clock.set('2026-06-01T12:00:00Z');
  shop = await openShop(stores, { scopes: keyScopes, reactors: [(batch) => segments.react(batch)] });
  otherKey = (await createWorkspace(stores, { scopes: keyScopes })).secretKey;
  defineSegmentJobs(stores, segments);
  await stores.jobs.start({ workers: false, schedules: false });
  await shop.send(
    { type: 'identify', userId: 'u1', traits: { likes: ['x'], plan: 'gold', 'a"b\\c\'d{p1:String}': 'odd', é: 'ü' } },
    { type: 'identify', userId: 'u2', traits: { plan: 'free' } },
    { type: 'track', event: 'Seen', userId: 'u1', properties: { 'a"b\\c\'d{p1:String}': "x'); drop table events --" } },
  );
});
afterAll(async () => {
  await segments.stop();
  await shop.pipeline.stop();
});

async function call(method: 'GET' | 'POST' | 'PUT', path: string, body?: object | string, key = shop.secretKey) {
  const answer = await http.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: {
      authorization: `Bearer ${key}`,
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { payload: body }),
  });
  const json = answer.body === '' || !/json/.test(String(answer.headers['content-type'])) ? null : answer.json();
  return { status: answer.statusCode, code: json?.code ?? null, json };
}
const preview = (definition: unknown) => call('POST', 'segments/preview', { definition });
const trait = (name: string, test: object) => ({ kind: 'trait', trait: name, test });
const is = (value: string) => ({ type: 'text', op: 'is', value });
const everybody = { kind: 'all', of: [] };
const create = async (definition: object): Promise<string> => {
  const { status, json } = await call('POST', 'segments', { name: 'Hostile', definition });
  expect(status).toBe(201);
  await segments.applyWaiting();
  return json.id;
};

/** Groups in groups, written as text: no object nests that deep without trouble of its own. */
const nested = (levels: number): string =>
  `{"definition":${'{"kind":"not","of":'.repeat(levels)}{"kind":"all","of":[]}${'}'.repeat(levels)}}`;

describe('a definition that cannot be', () => {
  it.for<[string, unknown]>([
    ['nothing', null],
    ['a text', 'all'],
    ['a list', []],
    ['an unknown kind', { kind: 'everyone' }],
    ['a field too many', { kind: 'all', of: [], also: 1 }],
    [
      'an unknown field of events',
      { kind: 'event', match: { where: [{ field: 'ip', test: is('x') }] }, test: { op: 'gte', value: 1 } },
    ],
    ['a number that is a text', trait('age', { type: 'number', op: 'gt', value: '3' })],
    ['a test of another type', trait('age', { type: 'number', op: 'contains', value: 3 })],
    ['an impossible day', trait('birth', { type: 'date', op: 'on', value: '2026-02-30' })],
    ['a date without offset', trait('birth', { type: 'date', op: 'before', value: '2026-02-03T10:00:00' })],
    ['an empty list', trait('plan', { type: 'text', op: 'in', values: [] })],
    ['an empty any', { kind: 'any', of: [] }],
    ['a sum without a value', { kind: 'event', match: {}, measure: { of: 'sum' }, test: { op: 'gte', value: 1 } }],
    ['a number compared with a moment', { kind: 'order', measure: { of: 'first' }, test: { op: 'gte', value: 1 } }],
    ['a sequence that begins with "not"', { kind: 'sequence', steps: [{ match: {}, not: true }, { match: {} }] }],
    ['an empty duration', { kind: 'profile', field: 'first_seen', test: { op: 'in_last', n: 0, unit: 'day' } }],
    ['an endless text', trait('plan', is('x'.repeat(segmentLimits.text + 1)))],
    [
      'too long a list',
      trait('plan', { type: 'text', op: 'in', values: Array.from({ length: 1_001 }, (_, n) => `v${n}`) }),
    ],
    ['10,000 conditions', { kind: 'all', of: Array.from({ length: 10_000 }, () => trait('plan', is('x'))) }],
    ['a sample of nobody', { kind: 'sample', percent: 0 }],
  ])('%s is refused as a bad request', async ([, definition]) => {
    expect(await preview(definition)).toMatchObject({ status: 400, code: 'http.invalid_request' });
  });

  it('is refused whatever its depth, before anything is done with it', async () => {
    for (const levels of [segmentLimits.depth + 1, 1_000, 20_000]) {
      const { status, code } = await call('POST', 'segments/preview', nested(levels));
      expect([status, code], `${levels} levels`).toEqual([
        400,
        expect.stringMatching(/^http\.(invalid_request|bad_json)$/),
      ]);
    }
  });

  it('names a place that does not exist', async () => {
    for (const segment of ['999999', '0', '-1', '1e3', 'abc', '2147483648', '__proto__']) {
      expect(await preview({ kind: 'segment', segment })).toMatchObject({
        status: 400,
        code: 'decide.reference_unknown',
      });
    }
    expect(await preview({ kind: 'score', score: 'none', test: { op: 'gt', value: 1 } })).toMatchObject({
      status: 400,
    });
  });

  it('holds a regular expression that RE2 refuses, also when nobody would meet it', async () => {
    for (const value of ['(', '[z-a]', '(?=x)x', '(a)\\1', 'a{2000}', '*']) {
      const definition = trait('nobody has it', { type: 'text', op: 'matches', value });
      for (const answer of [await preview(definition), await call('POST', 'segments', { name: 'Bad', definition })]) {
        expect(answer, value).toMatchObject({ status: 400, code: 'decide.pattern_invalid' });
      }
    }
  });
});

describe('an odd definition', () => {
  it('with names and values that look like SQL means what it says', async () => {
    const name = 'a"b\\c\'d{p1:String}';
    expect((await preview(trait(name, is('ODD')))).json).toMatchObject({ count: 1 });
    expect((await preview(trait('é', is('Ü')))).json).toMatchObject({ count: 1 });
    const where = [{ property: name, test: is("X'); DROP TABLE events --") }];
    const seen = { kind: 'event', match: { events: ['Seen'], where }, test: { op: 'gte', value: 1 } };
    expect((await preview(seen)).json).toMatchObject({ count: 1 });
    for (const odd of ["'", '\\', '`', '{p1:String}', '{now:Int64}', '\u0000x', '\u{1F600}', '%', '--', ');', '\n']) {
      const definition = {
        kind: 'any',
        of: [
          trait(odd, is(odd)),
          { kind: 'consent', purpose: odd, is: 'granted' },
          { kind: 'identifier', namespace: odd, present: true },
          {
            kind: 'event',
            match: { events: [odd], where: [{ property: odd, test: is(odd) }] },
            test: { op: 'gte', value: 1 },
          },
          {
            kind: 'product',
            match: { action: 'bought', where: [{ field: 'brand', test: is(odd) }] },
            test: { op: 'gte', value: 1 },
          },
        ],
      };
      const { status, json } = await call('POST', 'segments/preview', { definition, sql: true });
      expect([status, json?.count], JSON.stringify(odd)).toEqual(
        odd.includes('\u0000') ? [expect.any(Number), expect.anything()] : [200, 0],
      );
    }
    const { json } = await call('POST', 'segments/preview', {
      definition: trait('secretName', is('secretValue')),
      sql: true,
    });
    expect(json.sql).not.toMatch(/secret/i);
  });

  it('with extreme numbers, dates and lengths is counted', async () => {
    const number = (value: number) => trait('plan', { type: 'number', op: 'lt', value });
    for (const value of [1e308, -1e308, 5e-324, 0, Number.MAX_SAFE_INTEGER]) {
      expect(await preview(number(value))).toMatchObject({ status: 200 });
      for (const op of ['eq', 'gt', 'lte']) {
        for (const measure of ['count', 'revenue', 'average']) {
          const condition = {
            kind: 'order',
            measure: { of: measure },
            test: { op, value },
            window: { kind: 'last', n: 1, unit: 'day' },
          };
          expect(await preview(condition)).toMatchObject({ status: 200 });
        }
      }
    }
    for (const value of [
      '1900-01-01',
      '9999-12-31',
      '1900-01-01T00:00:00+14:00',
      '9999-12-31T23:59:59.999-12:00',
      '0001-01-01',
    ]) {
      const window = { kind: 'since', from: value };
      expect(await preview(trait('birth', { type: 'date', op: 'before', value }))).toMatchObject({ status: 200 });
      expect(await preview({ kind: 'event', match: {}, test: { op: 'gte', value: 1 }, window })).toMatchObject({
        status: 200,
      });
      expect(
        await preview({ kind: 'event', match: {}, measure: { of: 'last' }, test: { op: 'before', value } }),
      ).toMatchObject({ status: 200 });
    }
    const longest = { n: 10_000, unit: 'year' };
    expect(
      (
        await preview({
          kind: 'event',
          match: { events: ['Seen'] },
          test: { op: 'gte', value: 1 },
          window: { kind: 'last', ...longest },
        })
      ).json,
    ).toMatchObject({ count: 1 });
    expect(await preview(trait('birth', { type: 'date', op: 'in_next', ...longest }))).toMatchObject({ status: 200 });
    expect(await preview({ kind: 'profile', field: 'first_seen', test: { op: 'in_last', ...longest } })).toMatchObject({
      status: 200,
      json: { count: 2 },
    });
  });

  it('of the largest size is counted, saved and applied', async () => {
    const long = 'x'.repeat(segmentLimits.text);
    const of = Array.from({ length: segmentLimits.conditions }, (_, index) =>
      index % 2 === 0
        ? trait(`name ${index}`, is(`${index}${long}`.slice(0, segmentLimits.text)))
        : {
            kind: 'event',
            match: { events: [`Event ${index}`], where: [{ property: `p${index}`, test: is('x') }] },
            test: { op: 'eq', value: 0 },
            window: { kind: 'last', n: index, unit: 'day' },
          },
    );
    expect((await preview({ kind: 'any', of })).json).toMatchObject({ count: 2 });
    const id = await create({ kind: 'any', of });
    expect((await call('GET', `segments/${id}`)).json).toMatchObject({ state: 'live', size: 2 });
    const steps = Array.from({ length: segmentLimits.steps }, (_, index) => ({
      match: { events: ['Seen'] },
      ...(index > 0 && { within: { n: 1, unit: 'day' } }),
    }));
    expect((await preview({ kind: 'sequence', steps })).json).toMatchObject({ count: 0 });
    await call('POST', `segments/${id}/archive`);
  }, 60_000);
});

describe('segments that refer to each other', () => {
  it('are refused when they come round, however long the way', async () => {
    const a = await create(everybody);
    const b = await create({ kind: 'segment', segment: a });
    const c = await create({ kind: 'not', of: { kind: 'segment', segment: b } });
    for (const segment of [a, b, c]) {
      const answer = await call('PUT', `segments/${a}`, { name: 'Round', definition: { kind: 'segment', segment } });
      expect(answer).toMatchObject({ status: 400, code: 'decide.segment_cycle' });
    }
    expect((await call('GET', `segments/${a}`)).json).toMatchObject({ state: 'live', version: 1 });
    for (const used of [a, b]) {
      const answer = await call('POST', `segments/${used}/archive`);
      expect(answer).toMatchObject({ status: 409, code: 'decide.segment_in_use' });
      expect(answer.json.usedBy[0]).toMatchObject({ kind: 'segment' });
    }
    for (const id of [c, b, a]) expect((await call('POST', `segments/${id}/archive`)).status).toBe(204);
    // What it refers to is at rest: it cannot be taken up before.
    expect(await call('POST', `segments/${b}/restore`)).toMatchObject({
      status: 400,
      code: 'decide.reference_unknown',
    });
    await shop.send({ type: 'track', event: 'Seen', userId: 'u2' });
    for (const id of [a, b]) expect((await call('POST', `segments/${id}/restore`)).status).toBe(204);
    await segments.applyWaiting();
    expect((await call('GET', `segments/${b}`)).json).toMatchObject({ state: 'live', size: 2 });
    for (const id of [b, a]) await call('POST', `segments/${id}/archive`);
  });

  it('may not grow beyond what one may hold by way of another', async () => {
    const conditions = (count: number) => Array.from({ length: count }, (_, n) => trait(`t${n}`, is('x')));
    const a = await create({ kind: 'any', of: conditions(2) });
    const b = await create({
      kind: 'any',
      of: [...conditions(segmentLimits.conditions - 4), { kind: 'segment', segment: a }],
    });
    const definition = { kind: 'any', of: conditions(10) };
    const answer = await call('PUT', `segments/${a}`, { name: 'Larger', definition });
    expect(answer).toMatchObject({ status: 400, code: 'decide.segment_too_large' });
    for (const id of [b, a]) await call('POST', `segments/${id}/archive`);
  });
});

describe('a segment that takes too long', () => {
  it('is set aside with its age, alone, and keeps nobody waiting', async () => {
    const quick = await create({ kind: 'event', match: { events: ['Quick'] }, test: { op: 'gte', value: 1 } });
    // After each letter any of hundreds of ways is still open.
    const pattern = 'a[ab]{900}c|(a+)+$';
    const heavy = await create({
      kind: 'event',
      match: {
        events: ['Heavy'],
        where: [{ property: 'text', test: { type: 'text', op: 'matches', value: pattern } }],
      },
      test: { op: 'gte', value: 1 },
    });
    const roll = dice(1);
    const text = Array.from({ length: 25_000 }, () => 'ab'[roll(2)]).join('');
    secondsAllowed.touch = 0.5;
    await shop.send(
      ...Array.from({ length: 8 }, (_, n) => ({
        type: 'track',
        event: 'Heavy',
        userId: 'u1',
        properties: { text: `${text}${n}` },
      })),
      { type: 'track', event: 'Quick', userId: 'u1' },
    );
    secondsAllowed.touch = 30;
    expect((await call('GET', `segments/${heavy}`)).json).toMatchObject({
      state: 'stale',
      evaluatedAt: expect.any(String),
    });
    expect((await call('GET', `segments/${quick}`)).json).toMatchObject({ state: 'live', size: 1 });
    secondsAllowed.sweep = 0.5;
    expect((await call('POST', `segments/${heavy}/restore`)).status).toBe(204);
    await segments.applyWaiting();
    await segments.recompute();
    secondsAllowed.sweep = 120;
    expect((await call('GET', `segments/${heavy}`)).json).toMatchObject({ state: 'stale' });
    expect((await call('GET', `segments/${quick}`)).json).toMatchObject({ state: 'live', size: 1 });
    for (const id of [quick, heavy]) await call('POST', `segments/${id}/archive`);
  }, 90_000);
});

describe('another workspace', () => {
  it('sees and does nothing here', async () => {
    const id = await create(everybody);
    const list = (await call('POST', 'segments/lists', { name: 'List' })).json.id;
    const [member] = (await call('GET', `segments/${id}/members`)).json.items;
    const read = ['', '/members', '/members.csv', '/trend', '/reach', '/versions'];
    for (const path of read)
      expect((await call('GET', `segments/${id}${path}`, undefined, otherKey)).status, path).toBe(404);
    for (const [path, body] of [
      [`segments/${id}/archive`, undefined],
      [`segments/${id}/restore`, undefined],
      [`segments/${id}/explain`, { profile: member.id }],
      [`segments/lists/${list}/members`, { add: [member.id] }],
      ['segments/overlap', { segments: [id] }],
      ['segments/explain', { definition: everybody, profile: member.id }],
    ] as const) {
      expect((await call('POST', path, body, otherKey)).status, path).toBe(404);
    }
    expect((await call('PUT', `segments/${id}`, { name: 'Taken', definition: everybody }, otherKey)).status).toBe(404);
    const refers = { definition: { kind: 'segment', segment: id } };
    expect(await call('POST', 'segments/preview', refers, otherKey)).toMatchObject({
      code: 'decide.reference_unknown',
    });
    expect((await call('GET', `profiles/${member.id}/segments`, undefined, otherKey)).status).toBe(404);
    expect((await call('GET', 'segments', undefined, otherKey)).json).toEqual({ items: [], next: null });
    const own = await call('POST', 'segments/lists', { name: 'Own', profiles: [member.id] }, otherKey);
    expect(own).toMatchObject({ status: 201, json: { added: 0, unknown: 1 } });
    const vocabulary = (await call('GET', 'segments/vocabulary', undefined, otherKey)).json;
    expect(vocabulary).toMatchObject({ traits: [], events: [], consents: [], namespaces: [] });
    expect((await call('POST', 'segments/preview', { definition: everybody }, otherKey)).json).toMatchObject({
      count: 0,
      total: 0,
    });
  });
});
