import type { ProfilePredictions } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertRows } from '../../../test/buyers.ts';
import { openSimulated } from '../../../test/simulatedShop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { readProfilePredictions } from './readProfile.ts';
import { executePredictionRun } from './runs/executeRun.ts';
import { startPredictionRun } from './runs/startRun.ts';

const deps = useStores();
const base = 8;
const [one, other] = [base * 100_000 + 1, base * 100_000 + 2];
let workspace = 0;
let version = 1;

const addProfiles = pgQuery({
  name: 'test.addRegroupedProfiles',
  params: { workspace: 'int4', ids: 'int8[]', at: 'timestamptz' },
  row: {},
  text: `insert into unify.profile (workspace_id, id, root_id, first_seen_at, last_seen_at, created_at)
    overriding system value select :workspace, id, id, :at, :at, :at from unnest(:ids) as row (id)`,
});
const addMerge = pgQuery({
  name: 'test.addRegroupedMerge',
  params: { workspace: 'int4', winner: 'int8', loser: 'int8', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    with merged as (
      insert into unify.merge (workspace_id, winner_id, loser_id, at, kind, evidence)
      values (:workspace, :winner, :loser, :at, 'manual', '{}') returning id
    ), moved as (
      update unify.profile set root_id = :winner, merge_id = merged.id from merged
      where workspace_id = :workspace and profile.id = :loser
    )
    select id from merged`,
});
const cutMerge = pgQuery({
  name: 'test.cutRegroupedMerge',
  params: { workspace: 'int4', loser: 'int8', at: 'timestamptz' },
  row: {},
  text: `
    with cut as (
      update unify.merge set undone_at = :at, undone_by = 'tester'
      where workspace_id = :workspace and loser_id = :loser and undone_at is null
    )
    update unify.profile set root_id = id, merge_id = null where workspace_id = :workspace and id = :loser`,
});

const run = async (): Promise<void> => {
  const id = await startPredictionRun(deps, workspace, { kind: 'user', id: 'tester' });
  expect(await executePredictionRun(deps, workspace, id, new AbortController().signal)).toEqual({ done: true });
};
const root = (profile: number, to: number) =>
  insertRows(deps, 'profile_root', [{ workspace_id: workspace, profile_id: profile, root_id: to, version: ++version }]);
async function join(): Promise<void> {
  deps.clock.advance(60_000);
  await deps.pg.row(addMerge, { workspace, winner: one, loser: other, at: deps.clock.now() });
  await root(other, one);
}
async function part(): Promise<void> {
  deps.clock.advance(60_000);
  await deps.pg.run(cutMerge, { workspace, loser: other, at: deps.clock.now() });
  await root(other, other);
}
const read = (profile: number): Promise<ProfilePredictions> =>
  readProfilePredictions(deps, workspace, encodeProfileId(profile));
const historic = (found: ProfilePredictions): number => found.lifetimeValue?.historic ?? Number.NaN;

beforeAll(async () => {
  deps.jobs.define({ name: 'decide.applySegments', run: async () => ({ done: true }) });
  await deps.jobs.start({ workers: false, schedules: false });
  workspace = await openSimulated(deps, 1_200, base);
  await deps.pg.run(addProfiles, { workspace, ids: [one, other], at: deps.clock.now() });
});

describe('predictions of customers who turn out to be one, and not to be', () => {
  it('follow at once, as of the moment of the run in use', async () => {
    await run();
    const [first, second] = [await read(one), await read(other)];
    expect(first.order90).not.toBeNull();
    expect(second.order90).not.toBeNull();
    await join();
    const both = await read(one);
    expect(historic(both)).toBeCloseTo(historic(first) + historic(second), 2);
    expect(both).toMatchObject({ run: first.run, at: first.at });
    expect(both.tier).not.toBeNull();
    expect(await read(other)).toEqual(both);
    await part();
    expect(await read(one)).toEqual(first);
    expect(await read(other)).toEqual(second);
  });

  it('are written so by the next run, and parted again after it', async () => {
    const [first, second] = [await read(one), await read(other)];
    await join();
    const foreseen = await read(one);
    await run();
    const both = await read(one);
    expect(both.run).not.toBe(foreseen.run);
    expect(historic(both)).toBeCloseTo(historic(first) + historic(second), 2);
    expect(Math.abs((both.order90 ?? 0) - (foreseen.order90 ?? 0))).toBeLessThan(0.02);
    await part();
    expect(historic(await read(one))).toBeCloseTo(historic(first), 2);
    const parted = await read(other);
    expect(historic(parted)).toBeCloseTo(historic(second), 2);
    expect(parted).toMatchObject({ run: both.run, tier: expect.any(String) });
  });
});
