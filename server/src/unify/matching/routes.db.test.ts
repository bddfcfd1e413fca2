import { keyScopes } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { findForeignLeaks } from '../../../test/foreignKey.ts';
import { useApp } from '../../../test/httpApp.ts';
import { type MatchShop, openMatchShop, personTraits, silos } from '../../../test/matching.ts';
import { createKeyHeaders, createPerson } from '../../../test/people.ts';
import { poll } from '../../../test/poll.ts';
import { useStores } from '../../../test/stores.ts';
import { registerUnifyRoutes } from '../routes.ts';
import { defineMatchJobs } from './jobs.ts';
import { registerMatchRoutes } from './routes.ts';

const stores = useStores();
let shop: MatchShop;
const opened = useApp(stores, {
  rooms: (app, govern) => {
    // The shop is opened after the app; routes look it up when they are called.
    const deps = {
      get pg() {
        return stores.pg;
      },
      get ch() {
        return stores.ch;
      },
      get clock() {
        return stores.clock;
      },
      get log() {
        return stores.log;
      },
      get jobs() {
        return stores.jobs;
      },
      pipeline: {
        change: (...given: Parameters<MatchShop['pipeline']['change']>) => shop.pipeline.change(...given),
      },
      get engine() {
        return shop.deps.engine;
      },
      get defaults() {
        return shop.deps.defaults;
      },
      get segments() {
        return shop.deps.segments;
      },
      namesOf: async (users: readonly string[]) =>
        new Map([...(await govern.accounts.findByIds(users))].map(([id, { name }]) => [id, name])),
    };
    registerMatchRoutes(app, deps);
    registerUnifyRoutes(app, {
      pg: stores.pg,
      ch: stores.ch,
      clock: stores.clock,
      log: stores.log,
      jobs: stores.jobs,
      pipeline: deps.pipeline,
      secrets: govern.secrets,
      stores: [],
      whoPasses: async () => [],
    });
  },
});

let headers: Record<string, string>;
let viewer: Record<string, string>;
let marketer: Record<string, string>;
beforeAll(async () => {
  shop = await openMatchShop(stores);
  defineMatchJobs({ ...shop.deps, jobs: stores.jobs }, shop.matching);
  await stores.jobs.start({ workers: true, schedules: false });
  await shop.send(...silos(150, 60));
  headers = (await createPerson(stores, opened, shop.id, 'steward')).headers;
  viewer = (await createPerson(stores, opened, shop.id, 'viewer')).headers;
  marketer = (await createPerson(stores, opened, shop.id, 'marketer')).headers;
});
afterAll(async () => {
  await shop.pipeline.stop();
});

const call = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: object, as = headers) => {
  const answer = await opened.app.inject({ method, url, headers: as, ...(payload !== undefined && { payload }) });
  return { status: answer.statusCode, body: answer.json() };
};
const runTo = async (id: number, state: string) => {
  await poll(
    `run ${id} is ${state}`,
    async () => (await call('GET', `/api/v1/matching/runs/${id}`)).body.state === state,
    { timeoutMs: 60_000 },
  );
  return (await call('GET', `/api/v1/matching/runs/${id}`)).body;
};

describe('over HTTP', () => {
  test('a steward tries, runs, decides and undoes', async () => {
    expect((await call('POST', '/api/v1/matching/runs', { dryRun: false })).body.code).toBe('unify.dry_run_needed');
    const dry = await call('POST', '/api/v1/matching/runs', {
      dryRun: true,
      thresholds: { auto: 0.99999, review: 0.5 },
    });
    expect(dry.status).toBe(202);
    const shown = await runTo(dry.body.id, 'done');
    expect(shown.report.merges + shown.report.asks).toBeGreaterThan(30);
    const real = await call('POST', '/api/v1/matching/activate', { run: dry.body.id });
    expect(real.status).toBe(202);
    await runTo(real.body.id, 'done');
    expect((await call('GET', '/api/v1/matching')).body).toMatchObject({ automatic: true, model: { version: 1 } });
    const reviews = (await call('GET', '/api/v1/reviews?state=open')).body;
    const [first] = reviews.items;
    expect(first.left.name).toMatch(/ /);
    const decided = await call('POST', `/api/v1/reviews/${first.id}`, { decision: 'merge' });
    expect(decided.body).toMatchObject({ state: 'merged', canUndo: true });
    expect(decided.body.votes[0].by.name).toBe('The steward');
    expect((await call('POST', `/api/v1/reviews/${first.id}/undo`)).body.state).toBe('open');
    const household = await call('GET', `/api/v1/profiles/${first.left.id}/household`);
    expect(household.body.size).toBeGreaterThanOrEqual(1);
    const undone = await call('POST', `/api/v1/matching/runs/${real.body.id}/undo`);
    expect(undone.body).toMatchObject({ state: 'undone', merges: 0 });
    expect((await call('GET', '/api/v1/matching')).body.automatic).toBe(false);
    const audit = await stores.pg.pool.query(`select action from govern.audit where workspace_id = $1`, [shop.id]);
    const actions = audit.rows.map((row) => row.action);
    for (const action of [
      'matching.dry_run_started',
      'matching.activated',
      'matching.run_started',
      'review.decided',
      'review.reopened',
      'matching.run_undone',
    ])
      expect(actions).toContain(action);
  });

  test('a question is given to whoever may decide, and to nobody else', async () => {
    const [first] = (await call('GET', '/api/v1/reviews')).body.items;
    const other = await createPerson(stores, opened, shop.id, 'steward');
    const listed = await call('GET', '/api/v1/reviews/assignees');
    expect(listed.body.items).toContainEqual({ id: other.id, name: 'The steward' });
    expect(listed.body.items).toHaveLength(2);
    expect(JSON.stringify(listed.body)).not.toContain('@');
    const given = await call('PUT', `/api/v1/reviews/${first.id}/assignee`, { assignee: other.id });
    expect(given.body.assignee).toEqual({ id: other.id, name: 'The steward' });
    const { id: reader } = await createPerson(stores, opened, shop.id, 'viewer');
    const refused = await call('PUT', `/api/v1/reviews/${first.id}/assignee`, { assignee: reader });
    expect(refused).toMatchObject({ status: 400, body: { code: 'unify.no_colleague' } });
    expect((await call('GET', '/api/v1/reviews/assignees', undefined, viewer)).status).toBe(403);
  });

  test('who may not see personal data sees that there is a question, not about whom', async () => {
    const [first] = (await call('GET', '/api/v1/reviews')).body.items;
    for (const url of [
      '/api/v1/matching',
      '/api/v1/matching/runs',
      '/api/v1/reviews',
      `/api/v1/reviews/${first.id}`,
      `/api/v1/profiles/${first.left.id}/household`,
      '/api/v1/households',
    ]) {
      const { status, body } = await call('GET', url, undefined, viewer);
      expect(status, url).toBe(200);
      const text = JSON.stringify(body);
      for (const number of [0, 1, 2, 3]) expect(text, url).not.toContain(String(personTraits(number).email));
      expect(text, url).not.toContain('@');
      expect(text, url).not.toContain(first.left.name);
    }
  });

  test('only those who may are allowed to decide and to run', async () => {
    const [first] = (await call('GET', '/api/v1/reviews')).body.items;
    for (const as of [viewer, marketer]) {
      expect((await call('POST', `/api/v1/reviews/${first.id}`, { decision: 'merge' }, as)).status).toBe(403);
      expect((await call('POST', '/api/v1/matching/runs', { dryRun: true }, as)).status).toBe(403);
    }
  });

  test('comparisons can be edited for the next fit, and a wrong one is refused', async () => {
    const { body } = await call('GET', '/api/v1/matching/settings');
    expect(body.edited).toBe(false);
    const settings = { ...body.settings, largestCluster: 10 };
    expect((await call('PUT', '/api/v1/matching/settings', { settings })).body).toMatchObject({
      edited: true,
      settings: { largestCluster: 10 },
    });
    const wrong = { ...settings, comparisons: [] };
    expect((await call('PUT', '/api/v1/matching/settings', { settings: wrong })).status).toBe(400);
    expect((await call('PUT', '/api/v1/matching/settings', { settings: null })).body.edited).toBe(false);
  });

  test('credentials of another workspace show nothing and change nothing here', async () => {
    const [first] = (await call('GET', '/api/v1/reviews')).body.items;
    const [run] = (await call('GET', '/api/v1/matching/runs')).body.items;
    const there = await createWorkspace(stores, { name: 'Nosy shop' });
    const nosy = await createPerson(stores, opened, there.id, 'owner');
    const attack = {
      app: opened.app,
      ids: {
        id: first.left.id,
        profile: first.left.id,
        version: 1,
        '/api/v1/matching/runs id': run.id,
        run: run.id,
        model: 1,
        '/api/v1/reviews id': first.id,
        '/api/v1/merges id': 1,
        assignee: 'steward',
        identifier: `email:${personTraits(0).email}`,
      },
      marks: [String(personTraits(0).email), first.left.name, first.left.id],
    };
    const before = await stores.pg.pool.query('select * from unify.review where workspace_id = $1 order by id', [
      shop.id,
    ]);
    expect((await findForeignLeaks({ ...attack, headers: nosy.headers })).leaks).toEqual([]);
    const byKey = await findForeignLeaks({ ...attack, headers: await createKeyHeaders(stores, there.id, keyScopes) });
    expect(byKey.leaks).toEqual([]);
    expect(byKey.called).toBeGreaterThan(20);
    const after = await stores.pg.pool.query('select * from unify.review where workspace_id = $1 order by id', [
      shop.id,
    ]);
    expect(after.rows).toEqual(before.rows);
  });
});
