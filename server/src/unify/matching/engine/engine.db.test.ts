import type { MatchExplanation } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestClickhouse } from '../../../../test/clickhouse.ts';
import {
  createTown,
  matchAll,
  newSpace,
  type PersonRecord,
  type personSettings,
  recordsQuery,
  type StoredPair,
  storedPairs,
} from '../../../../test/matchRecords.ts';
import type { Ch } from '../../../platform/index.ts';
import { halvesRow, patternHalves, unpackPattern } from './fit/patterns.ts';
import { type MatchSpace, matchEngine } from './index.ts';
import { explain } from './score/explainPair.ts';

let ch: Ch;
beforeAll(async () => {
  ch = await openTestClickhouse();
});
afterAll(() => ch.close());

/** The steps sum to the weights of the stored pair. */
function expectSums(told: MatchExplanation | null, pair: StoredPair | undefined): void {
  const sum = (side: 'stranger' | 'household'): number =>
    (told?.steps ?? []).reduce((total, step) => total + step[side], 0);
  expect(Math.abs(sum('stranger') - (pair?.weight ?? Number.NaN))).toBeLessThan(1e-6);
  expect(Math.abs(sum('household') - (pair?.household ?? Number.NaN))).toBeLessThan(1e-6);
  expect(Math.abs((told?.probability ?? 0) - (pair?.probability ?? Number.NaN))).toBeLessThan(1e-6);
}

/** What the stored pairs agree on, in their order. */
const comparedPairs = ({ prefix }: MatchSpace, fields: readonly string[]) =>
  ch.rows(
    {
      name: 'test.comparedPairs',
      text: `select ${patternHalves}, [${fields.map((field) => `c_${field}`).join(', ')}]::Array(UInt64) as counts from ${prefix}_pairs order by left, right`,
      params: {},
      row: { ...halvesRow, counts: 'Array(UInt64)' as const },
    },
    {},
  );

const rulesOf = (settings: ReturnType<typeof personSettings>) => ({
  cannotLink: [],
  mustLink: [],
  thresholds: settings.thresholds,
  largestCluster: settings.largestCluster,
});

describe('the matcher on a small town', () => {
  const { records, personOf } = createTown(600, 7);
  let space: MatchSpace;
  let found: Awaited<ReturnType<typeof matchAll>>;
  beforeAll(async () => {
    space = newSpace(ch);
    found = await matchAll(space, records);
  });

  it('finds the records that are one person and keeps people of one household apart', async () => {
    const pairs = await storedPairs(space);
    const auto = pairs.filter(({ band }) => band === 'auto');
    const right = auto.filter(({ left, right: other }) => personOf.get(left) === personOf.get(other));
    expect(auto.length).toBeGreaterThan(300);
    expect(right.length / auto.length).toBeGreaterThan(0.99);
    expect(found.model.prior.household).toBeGreaterThan(0);
    const { clusters } = await matchEngine.clusterPairs(space, found.model, rulesOf(found.settings));
    const mixed = clusters.filter((members) => new Set(members.map((id) => personOf.get(id))).size > 1);
    expect(mixed.length / clusters.length).toBeLessThan(0.02);
    const households = await matchEngine.householdsOf(space, found.model, clusters);
    expect(households.length).toBeGreaterThan(50);
    const split = households.filter(
      ({ members }) => new Set(members.map((id) => Math.floor((personOf.get(id) ?? 0) / 3))).size > 1,
    );
    expect(split.length / households.length).toBeLessThan(0.05);
  });

  it('finds the same pairs with the same weights when the records come in another order', async () => {
    const other = newSpace(ch);
    const again = await matchAll(other, [...records].reverse());
    expect(again.model).toEqual(found.model);
    expect(JSON.stringify(await storedPairs(other))).toBe(JSON.stringify(await storedPairs(space)));
    await matchEngine.dropMatchTables(other);
  });

  it('finds the same pairs with the same weights when values are counted in parts', async () => {
    const other = newSpace(ch);
    const inParts = { recordsAtOnce: 200 };
    await matchAll(other, records, found.settings, inParts);
    expect(await storedPairs(other)).toEqual(await storedPairs(space));
    expect(await matchEngine.diagnose(other, found.settings, inParts, found.model)).toEqual(
      await matchEngine.diagnose(space, found.settings, {}, found.model),
    );
    await matchEngine.dropMatchTables(other);
  });

  it('explains every pair by steps that sum to the stored weights', async () => {
    const pairs = await storedPairs(space);
    const fields = [...new Set(found.model.comparisons.map(({ field }) => field))];
    const compared = await comparedPairs(space, fields);
    expect(compared.length).toBe(pairs.length);
    for (const [index, { low, high, counts }] of compared.entries()) {
      const levels = unpackPattern({ low, high }, found.model.comparisons.length);
      const agreed = Object.fromEntries(fields.map((field, at) => [field, counts[at] ?? 0]));
      expectSums(explain(found.model, { levels, counts: agreed, values: {} }), pairs[index]);
    }
    for (const pair of pairs.filter((_, index) => index % Math.ceil(pairs.length / 20) === 0)) {
      expectSums(await matchEngine.explainPair(space, found.model, pair.left, pair.right), pair);
    }
    expect(await matchEngine.explainPair(space, found.model, 1, 999_999)).toBeNull();
  });

  it('scores a few records with everyone as the whole run did', async () => {
    const pairs = await storedPairs(space);
    for (const id of [1, 50, 333]) {
      const own = await matchEngine.scoreRecords(space, found.model, [id], { least: 0.5 });
      const stored = pairs.filter(
        ({ left, right, probability }) => (left === id || right === id) && probability >= 0.5,
      );
      expect(own.map(({ left, right }) => `${left} ${right}`).sort()).toEqual(
        stored.map(({ left, right }) => `${left} ${right}`).sort(),
      );
      for (const pair of own) {
        const same = stored.find(({ left, right }) => left === pair.left && right === pair.right);
        expect(Math.abs(pair.weight - (same?.weight ?? 0))).toBeLessThan(1e-6);
      }
    }
  });

  it('takes new, changed and removed records without a new run', async () => {
    const original = records.find(({ email }) => email !== '') ?? { id: 0 };
    const copy: PersonRecord = { ...original, id: 900_001 };
    await matchEngine.updateRecords(space, found.settings, recordsQuery([copy]), []);
    const [best] = await matchEngine.scoreRecords(space, found.model, [copy.id]);
    expect(best).toMatchObject({ left: original.id, right: copy.id, band: 'auto' });
    const changed = { id: copy.id, first_name: 'Quentin', last_name: 'Zwingelstein', birth_date: '1961-01-02' };
    await matchEngine.updateRecords(space, found.settings, recordsQuery([changed]), []);
    expect(await matchEngine.scoreRecords(space, found.model, [copy.id], { least: 0.5 })).toEqual([]);
    await matchEngine.updateRecords(space, found.settings, recordsQuery([copy]), []);
    await matchEngine.updateRecords(space, found.settings, recordsQuery([]), [copy.id]);
    expect(await matchEngine.scoreRecords(space, found.model, [copy.id])).toEqual([]);
    expect(await matchEngine.explainPair(space, found.model, original.id, copy.id)).toBeNull();
  });

  it('never joins what a person kept apart, and joins what a person joined', async () => {
    const [strong] = (await storedPairs(space)).filter(({ band }) => band === 'auto');
    if (strong === undefined) throw new Error('there is no automatic pair');
    const apart: [number, number] = [strong.left, strong.right];
    const rules = rulesOf(found.settings);
    const kept = await matchEngine.clusterPairs(space, found.model, { ...rules, cannotLink: [apart] });
    expect(kept.clusters.some((members) => apart.every((id) => members.includes(id)))).toBe(false);
    const strangers: [number, number] = [1, 600];
    const joined = await matchEngine.clusterPairs(space, found.model, { ...rules, mustLink: [strangers] });
    expect(joined.clusters.some((members) => strangers.every((id) => members.includes(id)))).toBe(true);
  });

  it('says how complete the fields are, what the rules proposed and who can never be linked', async () => {
    const told = await matchEngine.diagnose(space, found.settings, {}, found.model);
    expect(told.completeness.find(({ field }) => field === 'last_name')).toMatchObject({ filled: 1 });
    expect(told.completeness.find(({ field }) => field === 'national_id')).toMatchObject({ filled: 0, distinct: 0 });
    const own = told.blocking.reduce((sum, { ownPairs }) => sum + ownPairs, 0);
    expect(own).toBe(found.blocked.pairs);
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(matchEngine.fitModel(space, found.settings, { signal: stop.signal })).rejects.toThrow('enough');
  });
});

describe('records that would break a matcher', () => {
  const run = async (records: readonly PersonRecord[]) => {
    const space = newSpace(ch);
    const found = await matchAll(space, records);
    const result = await matchEngine.clusterPairs(space, found.model, rulesOf(found.settings));
    const diagnosis = await matchEngine.diagnose(space, found.settings, {}, found.model);
    await matchEngine.dropMatchTables(space);
    return { ...found, ...result, diagnosis };
  };
  const people = (count: number): PersonRecord[] => createTown(count, 11).records;

  it('one e-mail shared by many is left out and reported', async () => {
    const { clusters, diagnosis } = await run(
      people(1_500).map((each) => ({ ...each, email: 'info@bigshop.example' })),
    );
    expect(Math.max(...clusters.map(({ length }) => length))).toBeLessThan(10);
    expect(diagnosis.blocking.find(({ rule }) => rule === 'email')).toMatchObject({ cappedKeys: 1, ownPairs: 0 });
  });

  it('a column of one value, empty columns and no birth dates', async () => {
    const plain = people(600).map(({ id, first_name = '', last_name = '' }) => ({
      id,
      first_name,
      last_name,
      city: 'Lyon',
    }));
    expect((await run(plain)).diagnosis.records).toBe(plain.length);
  });

  it('blank records, one record and none', async () => {
    expect((await run(Array.from({ length: 50 }, (_, index) => ({ id: index + 1 })))).diagnosis.unlinkable).toEqual({
      records: 50,
      reasons: [{ reason: 'blank', records: 50 }],
    });
    expect((await run([{ id: 1, first_name: 'Zoé' }])).clusters).toEqual([]);
    expect((await run([])).clusters).toEqual([]);
  });

  it('all records the same', async () => {
    const same = { first_name: 'Zoé', last_name: 'Martin', email: 'zoe@mail.example', birth_date: '1990-05-04' };
    const { clusters, scored, blocked } = await run(
      Array.from({ length: 2_000 }, (_, index) => ({ ...same, id: index + 1 })),
    );
    // Compared with their neighbours alone; what everybody says tells nobody apart.
    expect(blocked.pairs).toBe(1_999);
    expect(clusters).toEqual([]);
    expect(scored.auto).toBe(0);
  });

  it('one record many times over among others is found, in groups that stay small', async () => {
    const town = people(1_500);
    const [twin] = town;
    const copies = Array.from({ length: 300 }, (_, index) => ({ ...twin, id: 100_000 + index }));
    const { clusters, settings } = await run([...town, ...copies]);
    const found = clusters.flatMap((members) => members.filter((id) => id >= 100_000));
    expect(found.length).toBeGreaterThan(250);
    expect(Math.max(...clusters.map(({ length }) => length))).toBeLessThanOrEqual(settings.largestCluster);
  });

  it('names of ten thousand letters, and names in other scripts', async () => {
    const records = people(300).map((each, index) => ({
      ...each,
      ...(index % 20 === 0 ? { first_name: 'x'.repeat(10_000), last_name: `${each.last_name} `.repeat(1_000) } : {}),
      ...(index % 20 === 1 ? { first_name: 'Иван', last_name: '王小明' } : {}),
      ...(index % 20 === 2 ? { first_name: 'محمد', last_name: 'Παπαδόπουλος' } : {}),
    }));
    expect((await run(records)).diagnosis.records).toBe(records.length);
  });
});

describe('identifiers of which a person has one', () => {
  it('keep records apart that differ in them, unless by a slip', async () => {
    const space = newSpace(ch);
    const town = createTown(400, 3).records;
    const twin = {
      first_name: 'Odile',
      last_name: 'Quatrefages',
      birth_date: '1971-03-09',
      email: 'odile.q@mail.example',
    };
    const records: PersonRecord[] = [
      ...town,
      { ...twin, id: 90_001, national_id: 'FR-771-234-900' },
      { ...twin, id: 90_002, national_id: 'FR771234901' },
      { ...twin, id: 90_003, national_id: 'FR115599002' },
    ];
    const { model, settings } = await matchAll(space, records);
    const { clusters, refused } = await matchEngine.clusterPairs(space, model, rulesOf(settings));
    const own = clusters.find((members) => members.includes(90_001)) ?? [];
    expect(own).toEqual([90_001, 90_002]);
    expect(refused.filter(({ right }) => right === 90_003).map(({ veto }) => veto)).toContain('exclusive_differs');
  });
});
