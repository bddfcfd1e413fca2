import { afterEach, describe, expect, test } from 'vitest';
import { type MatchShop, openMatchShop, otherSilo, personTraits, silos, steward } from '../../../../test/matching.ts';
import { useStores } from '../../../../test/stores.ts';
import { Fault, pgQuery } from '../../../platform/index.ts';
import type { MatchDeps } from '../subject.ts';
import { executeRun } from './executeRun.ts';
import { listRunLinks, readRun } from './showRun.ts';
import { startRun } from './startRun.ts';
import { undoRun } from './undoRun.ts';

const stores = useStores();
let shop: MatchShop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const readPartition = pgQuery({
  name: 'test.readPartition',
  params: { workspace: 'int4' },
  row: { id: 'int8', root_id: 'int8', merge_id: 'int8?', traits: 'jsonb', consents: 'jsonb' },
  text: `select id, root_id, merge_id, traits, consents from unify.profile where workspace_id = :workspace order by id`,
});
const countMerges = pgQuery({
  name: 'test.countMerges',
  params: { workspace: 'int4', run: 'int8' },
  row: { merges: 'int4', pairs: 'int4' },
  text: `select count(*)::int as merges, count(distinct loser_id)::int as pairs from unify.merge
    where workspace_id = :workspace and run_id = :run`,
});
const partition = () => stores.pg.rows(readPartition, { workspace: shop.id });
const rootsOf = async () => new Set((await partition()).map((row) => row.root_id)).size;
const rootOfEmail = async (email: string): Promise<number> =>
  (await partition()).find((row) => JSON.stringify(row.traits).includes(email))?.root_id ?? 0;
const queue = (wanted: { dryRun: boolean }) => startRun(stores, shop.id, { kind: 'people', ...wanted }, steward);
const never = new AbortController().signal;

describe('a run', () => {
  test('shows what it would do, then does exactly that, then undoes it exactly', async () => {
    shop = await openMatchShop(stores);
    await shop.send(...silos(400, 120));
    const before = await partition();
    const dry = await shop.run({ dryRun: true });
    expect(dry).toMatchObject({ state: 'done', dryRun: true, model: 1, merges: 0, error: null });
    expect(dry.report?.merges).toBeGreaterThan(90);
    expect(dry.report?.samples.find(({ band }) => band === 'auto')?.links[0]?.left?.name).toMatch(/ /);
    expect(await partition()).toEqual(before);
    const planned = await listRunLinks(stores.pg, shop.id, dry.id, { action: 'merge', limit: 200 });
    expect(planned.items).toHaveLength(dry.report?.merges ?? 0);
    expect(planned.items[0]).toMatchObject({ outcome: 'planned', left: { name: expect.stringMatching(/ /) } });

    const real = await shop.run({ dryRun: false });
    expect(real).toMatchObject({ state: 'done', merges: dry.report?.merges, model: 1 });
    expect(await rootsOf()).toBe(520 - real.merges);
    const links = await listRunLinks(stores.pg, shop.id, real.id, { action: 'merge', limit: 3 });
    expect(links.items[0]).toMatchObject({ outcome: 'merged' });
    // Each side is shown as it was, not as the customer both are now.
    expect(links.items[0]?.left?.profile?.parts).toBe(1);

    expect(await undoRun(shop.deps, shop.id, real.id, steward)).toBe(true);
    expect(await partition()).toEqual(before);
    expect(await readRun(stores.pg, shop.id, real.id)).toMatchObject({
      state: 'undone',
      merges: 0,
      undoneMerges: real.merges,
    });
    await expect(undoRun(shop.deps, shop.id, real.id, steward)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(undoRun(shop.deps, shop.id, dry.id, steward)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('foresees what limits of identifiers forbid: the dry run counts what the run then does', async () => {
    shop = await openMatchShop(stores);
    // A customer has one number of ours at most, so these can only be asked about.
    const second = Array.from({ length: 60 }, (_, number) => ({
      type: 'identify',
      userId: `second-${number}`,
      traits: otherSilo(number),
    }));
    const third = Array.from({ length: 30 }, (_, number) => ({
      type: 'identify',
      anonymousId: `app-${number}`,
      traits: { ...otherSilo(number), email: `app.person${number}@mail.example` },
    }));
    await shop.send(...silos(300, 40), ...second, ...third);
    const dry = await shop.run({ dryRun: true });
    expect(dry.report?.vetoes.identifier_limit).toBeGreaterThan(40);
    expect(dry.report?.merges).toBeGreaterThan(20);
    const real = await shop.run({ dryRun: false });
    expect(real.merges).toBe(dry.report?.merges);
    expect(real.report?.asks).toBe(dry.report?.asks);
    const outcomes = async (action: 'merge' | 'review') =>
      (await listRunLinks(stores.pg, shop.id, real.id, { action, limit: 200 })).items.map(({ outcome }) => outcome);
    expect(new Set(await outcomes('merge'))).toEqual(new Set(['merged']));
    expect(new Set(await outcomes('review'))).toEqual(new Set(['asked']));
  });

  test('that changes something needs a dry run of its model and thresholds first', async () => {
    shop = await openMatchShop(stores);
    await shop.send(...silos(60, 20));
    await expect(queue({ dryRun: false })).rejects.toMatchObject({ code: 'unify.dry_run_needed' });
    await shop.run({ dryRun: true });
    const thresholds = { auto: 0.99, review: 0.5 };
    await expect(
      startRun(stores, shop.id, { kind: 'people', dryRun: false, thresholds }, steward),
    ).rejects.toMatchObject({ code: 'unify.dry_run_needed' });
    await shop.run({ dryRun: true, thresholds });
    expect(await shop.run({ dryRun: false, thresholds })).toMatchObject({ state: 'done', thresholds });
    stores.clock.advance(8 * 86_400_000);
    await expect(startRun(stores, shop.id, { kind: 'people', dryRun: false, model: 1 }, steward)).rejects.toMatchObject(
      { code: 'unify.dry_run_needed' },
    );
  });

  test('is alone: a second one of the kind is refused while it waits or runs', async () => {
    shop = await openMatchShop(stores);
    await shop.send(...silos(20, 5));
    await queue({ dryRun: true });
    await expect(queue({ dryRun: true })).rejects.toMatchObject({ code: 'unify.run_under_way' });
  });

  test('of nobody, or of one person, says so instead of fitting a model', async () => {
    shop = await openMatchShop(stores);
    expect((await shop.run({ dryRun: true })).report).toMatchObject({ records: 0, warnings: ['too_few_records'] });
    await shop.send(...silos(1, 0));
    expect(await shop.run({ dryRun: true })).toMatchObject({ state: 'done', report: { records: 1, merges: 0 } });
  });
});

describe('a run that is stopped', () => {
  test('in the middle of its merges goes on where it was and merges nothing twice', async () => {
    shop = await openMatchShop(stores);
    await shop.send(...silos(500, 450));
    const dry = await shop.run({ dryRun: true });
    expect(dry.report?.merges).toBeGreaterThan(400);
    const id = await queue({ dryRun: false });
    let changes = 0;
    const failing: MatchDeps = {
      ...shop.deps,
      pipeline: {
        async change(workspace, work) {
          changes += 1;
          if (changes === 2) throw new Fault('unavailable', 'test.crash', 'The power went.');
          return shop.pipeline.change(workspace, work);
        },
      },
    };
    await expect(executeRun(failing, shop.id, id, never)).rejects.toThrow('The power went.');
    const half = await readRun(stores.pg, shop.id, id);
    expect(half).toMatchObject({ state: 'running' });
    expect(half.merges).toBeGreaterThan(0);
    expect(half.merges).toBeLessThan(dry.report?.merges ?? 0);
    await executeRun(shop.deps, shop.id, id, never);
    const whole = await readRun(stores.pg, shop.id, id);
    expect(whole).toMatchObject({ state: 'done', merges: dry.report?.merges });
    const counted = await stores.pg.row(countMerges, { workspace: shop.id, run: id });
    expect(counted).toEqual({ merges: whole.merges, pairs: whole.merges });
  });

  test('before it merged anything comes to the same end', async () => {
    shop = await openMatchShop(stores);
    await shop.send(...silos(120, 60));
    const dry = await shop.run({ dryRun: true });
    const id = await queue({ dryRun: false });
    const crash = new AbortController();
    const dying: MatchDeps = {
      ...shop.deps,
      engine: {
        ...shop.deps.engine,
        async clusterPairs(...given) {
          crash.abort(new Error('killed'));
          return shop.deps.engine.clusterPairs(...given);
        },
      },
    };
    await expect(executeRun(dying, shop.id, id, crash.signal)).rejects.toThrow();
    await executeRun(shop.deps, shop.id, id, never);
    expect(await readRun(stores.pg, shop.id, id)).toMatchObject({ state: 'done', merges: dry.report?.merges });
  });

  test('by a person says so and can be undone', async () => {
    shop = await openMatchShop(stores);
    await shop.send(...silos(60, 30));
    await shop.run({ dryRun: true });
    const id = await queue({ dryRun: false });
    await stores.pg.pool.query('update unify.match_run set cancel_wanted = true where id = $1', [id]);
    await executeRun(shop.deps, shop.id, id, never);
    expect(await readRun(stores.pg, shop.id, id)).toMatchObject({ state: 'cancelled', merges: 0 });
  });
});

describe('what happens while a run compares', () => {
  test('counts: who was joined, taken apart or renamed meanwhile is treated as they stand at the end', async () => {
    shop = await openMatchShop(stores);
    await shop.send(...silos(120, 60));
    const dry = await shop.run({ dryRun: true });
    const id = await queue({ dryRun: false });
    const busy: MatchDeps = {
      ...shop.deps,
      engine: {
        ...shop.deps.engine,
        async diagnose(...given) {
          // Identifiers join the first pair themselves, and somebody says that the second are two people.
          await shop.send({ type: 'identify', userId: 'web-0', anonymousId: 'till-0', traits: { plan: 'gold' } });
          const pair = [await rootOfEmail('person1@example.fr'), await rootOfEmail('other.person1@mail.example')];
          await stores.pg.pool.query(
            `insert into unify.kept_apart (workspace_id, low_id, high_id, at, by_actor)
             values ($1, least($2::bigint, $3::bigint), greatest($2::bigint, $3::bigint), now(), 'user:x')`,
            [shop.id, ...pair],
          );
          return shop.deps.engine.diagnose(...given);
        },
      },
    };
    await executeRun(busy, shop.id, id, never);
    const done = await readRun(stores.pg, shop.id, id);
    expect(done).toMatchObject({ state: 'done', merges: (dry.report?.merges ?? 0) - 2 });
    expect(await rootOfEmail('person0@example.fr')).toBe(await rootOfEmail('other.person0@mail.example'));
    expect(await rootOfEmail('person1@example.fr')).not.toBe(await rootOfEmail('other.person1@mail.example'));
    const links = await listRunLinks(stores.pg, shop.id, id, { action: 'merge', limit: 200 });
    const outcomes = links.items.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'already_one')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'cannot_link')).toHaveLength(1);
  });
});

describe('consents', () => {
  test('of two who turn out to be one: the refusal counts, in PostgreSQL’s answer and in ClickHouse', async () => {
    shop = await openMatchShop(stores);
    const consent = (email: boolean) => ({ consent: { categoryPreferences: { email } } });
    await shop.send(
      ...silos(120, 0),
      { type: 'identify', userId: 'web-0', context: consent(false), timestamp: '2026-01-01T00:00:00Z' },
      ...Array.from({ length: 60 }, (_, number) => ({
        type: 'identify',
        anonymousId: `till-${number}`,
        traits: otherSilo(number),
        ...(number === 0 && { context: consent(true) }),
      })),
    );
    await shop.match();
    const root = await rootOfEmail(String(personTraits(0).email));
    expect(await rootOfEmail('other.person0@mail.example')).toBe(root);
    const rows = await stores.ch.rows(
      {
        name: 'test.consentsOf',
        params: { workspace: 'UInt32', root: 'UInt64' },
        row: { email: 'Bool' },
        text: `select consents['email'] as email from customers final
          where workspace_id = {workspace:UInt32} and profile_id = {root:UInt64}`,
      },
      { workspace: shop.id, root },
    );
    expect(rows).toEqual([{ email: false }]);
  });
});
