import { afterEach, describe, expect, test } from 'vitest';
import { type MatchShop, openMatchShop, otherSilo, silos, steward } from '../../../../test/matching.ts';
import { poll } from '../../../../test/poll.ts';
import { useStores } from '../../../../test/stores.ts';
import { pgQuery } from '../../../platform/index.ts';
import { defineMatchJobs, reconcile } from '../jobs.ts';
import { listReviews } from '../reviews/listReviews.ts';
import { executeRun } from '../runs/executeRun.ts';
import { changePolicy } from '../runs/policy.ts';
import { getRunRow, readRun, thresholdsOf } from '../runs/showRun.ts';
import { listActive } from '../runs/sql/models.pg.ts';
import { activate } from '../runs/startRun.ts';
import { undoRun } from '../runs/undoRun.ts';
import { readState } from '../state.ts';

const stores = useStores();
let shop: MatchShop;
afterEach(async () => {
  await shop.matching.stop();
  await shop.pipeline.stop();
});

const rootOfUser = pgQuery({
  name: 'test.rootOfUser',
  params: { workspace: 'int4', namespace: 'text', value: 'text' },
  row: { root_id: 'int8' },
  text: `select profile.root_id from unify.identifier
    join unify.profile on profile.workspace_id = :workspace and profile.id = identifier.profile_id
    where identifier.workspace_id = :workspace and identifier.namespace = :namespace and identifier.value = :value`,
});
const rootOf = async (namespace: string, value: string): Promise<number> =>
  (await stores.pg.row(rootOfUser, { workspace: shop.id, namespace, value }))?.root_id ?? 0;

/** A shop in which a dry run's model was put in force. */
async function openActive(thresholds = { auto: 0.96, review: 0.9 }): Promise<void> {
  shop = await openMatchShop(stores);
  await shop.send(...silos(150, 60));
  const dry = await shop.run({ dryRun: true, thresholds });
  const row = await getRunRow(stores.pg, shop.id, dry.id);
  const shown = {
    kind: 'people' as const,
    dryRun: true,
    state: row.state,
    finishedAt: row.finished_at,
    model: row.model_version,
    thresholds: thresholdsOf(row),
  };
  const run = await activate(shop.deps, shop.id, shown, true, steward);
  await executeRun(shop.deps, shop.id, run, new AbortController().signal);
  await shop.settle();
  await shop.matching.settle();
}

const arrive = async (number: number): Promise<void> => {
  await shop.send({ type: 'identify', anonymousId: `late-${number}`, traits: otherSilo(number) });
};

describe('with a model in force', () => {
  test('who arrives is compared with everybody and joined within seconds, and the day’s merges are undone as one', async () => {
    await openActive();
    shop.matching.start();
    await arrive(100);
    await poll(
      'the newcomer is joined',
      async () => (await rootOf('anonymous_id', 'late-100')) === (await rootOf('user_id', 'web-100')),
    );
    await arrive(101);
    await poll(
      'the next one is joined',
      async () => (await rootOf('anonymous_id', 'late-101')) === (await rootOf('user_id', 'web-101')),
    );
    const { rows } = await stores.pg.pool.query(
      `select id::int from unify.match_run where workspace_id = $1 and trigger = 'live'`,
      [shop.id],
    );
    expect(rows).toHaveLength(1);
    const live = await readRun(stores.pg, shop.id, rows[0].id);
    expect(live).toMatchObject({ trigger: 'live', merges: 2 });
    await undoRun(shop.deps, shop.id, live.id, steward);
    expect(await rootOf('anonymous_id', 'late-100')).not.toBe(await rootOf('user_id', 'web-100'));
    expect(await readState(stores.pg, shop.id, 'people')).toMatchObject({ automatic: false, model: { version: 1 } });
  });

  test('what is likely and not certain is asked, and asked no more when the records say otherwise', async () => {
    await openActive({ auto: 1, review: 0.6 });
    const before = (await listReviews(shop.deps, shop.id, { state: 'open', limit: 200 })).open;
    await arrive(100);
    await shop.matching.settle();
    const { items, open } = await listReviews(shop.deps, shop.id, { state: 'open', limit: 200 });
    expect(open).toBe(before + 1);
    const asked = items.find(({ left, right }) => JSON.stringify([left, right]).includes('other.person100@'));
    expect(asked?.run).toBeNull();
    await shop.send({
      type: 'identify',
      anonymousId: 'late-100',
      traits: {
        firstName: 'Wolfgang',
        lastName: 'Zumthor',
        birthday: '1931-01-02',
        email: 'zumthor@alpen.example',
        address: { street: '9 Seestrasse', postalCode: '8001', city: 'Zürich', country: 'CH' },
      },
    });
    await shop.matching.settle();
    expect((await listReviews(shop.deps, shop.id, { state: 'open', limit: 200 })).open).toBe(before);
  });

  test('a newcomer with another account is not joined by itself: a person is asked', async () => {
    await openActive();
    await shop.send({ type: 'identify', userId: 'second-account', traits: otherSilo(120) });
    await shop.matching.settle();
    expect(await rootOf('user_id', 'second-account')).not.toBe(await rootOf('user_id', 'web-120'));
    const { items } = await listReviews(shop.deps, shop.id, { state: 'open', limit: 200 });
    expect(items.filter(({ veto }) => veto === 'exclusive_differs')).toHaveLength(1);
  });

  test('changes that say nothing about who somebody is are not compared again', async () => {
    await openActive();
    let compared = 0;
    const { scoreRecords } = shop.deps.engine;
    Object.assign(shop.deps.engine, {
      scoreRecords: (...given: Parameters<typeof scoreRecords>) => {
        compared += 1;
        return scoreRecords(...given);
      },
    });
    try {
      await shop.send({ type: 'identify', userId: 'web-5', traits: { favouriteColour: 'blue' } });
      await shop.matching.settle();
      expect(compared).toBe(0);
      await shop.send({ type: 'identify', userId: 'web-5', traits: { lastName: 'Changed' } });
      await shop.matching.settle();
      expect(compared).toBe(1);
    } finally {
      Object.assign(shop.deps.engine, { scoreRecords });
    }
    expect((await readState(stores.pg, shop.id, 'people')).waiting).toBe(0);
  });
});

test('without a model in force nothing is merged, asked or even noted', async () => {
  shop = await openMatchShop(stores);
  await shop.send(...silos(60, 20));
  await shop.run({ dryRun: true });
  await arrive(30);
  await shop.matching.settle();
  expect(await rootOf('anonymous_id', 'late-30')).not.toBe(await rootOf('user_id', 'web-30'));
  expect(await readState(stores.pg, shop.id, 'people')).toMatchObject({
    automatic: false,
    model: null,
    waiting: 0,
    openReviews: 0,
  });
});

test('every night everybody is compared again, by what is in force and never by a newer dry run', async () => {
  await openActive();
  await shop.run({ dryRun: true, fit: true, thresholds: { auto: 0.99, review: 0.5 } });
  const deps = { ...shop.deps, jobs: stores.jobs };
  defineMatchJobs(deps, shop.matching);
  await stores.jobs.start({ workers: false, schedules: false });
  await reconcile(deps, shop.id, 'people');
  // One that waits already is enough.
  await reconcile(deps, shop.id, 'people');
  const { rows } = await stores.pg.pool.query(
    `select model_version, auto_threshold, requested_by from unify.match_run where workspace_id = $1 and trigger = 'nightly'`,
    [shop.id],
  );
  expect(rows).toEqual([{ model_version: 1, auto_threshold: 0.96, requested_by: 'system:matching' }]);
  const active = await stores.pg.rows(listActive, {});
  expect(active.map(({ workspace_id }) => workspace_id)).toContain(shop.id);
  await changePolicy(shop.deps, shop.id, { kind: 'people', automatic: false }, steward);
  const left = await stores.pg.rows(listActive, {});
  expect(left.map(({ workspace_id }) => workspace_id)).not.toContain(shop.id);
  await stores.pg.pool.query(`update unify.match_run set state = 'cancelled' where workspace_id = $1`, [shop.id]);
  await reconcile(deps, shop.id, 'people');
  const none = await stores.pg.pool.query(
    `select 1 from unify.match_run where workspace_id = $1 and state = 'queued'`,
    [shop.id],
  );
  expect(none.rows).toEqual([]);
});
