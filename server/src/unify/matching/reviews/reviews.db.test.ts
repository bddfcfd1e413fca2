import { afterEach, describe, expect, test } from 'vitest';
import { type MatchShop, openMatchShop, silos, steward } from '../../../../test/matching.ts';
import { useStores } from '../../../../test/stores.ts';
import type { Actor } from '../../../govern/index.ts';
import { pgQuery } from '../../../platform/index.ts';
import { undoMerge } from '../../merges/undoMerge.ts';
import { changePolicy } from '../runs/policy.ts';
import { undoRun } from '../runs/undoRun.ts';
import { decideReview } from './decideReview.ts';
import { assign, comment } from './discussReview.ts';
import { listReviews } from './listReviews.ts';
import { readProgress } from './progress.ts';
import { readQuality } from './readQuality.ts';
import { readReview } from './readReview.ts';
import { undoDecision } from './undoDecision.ts';

const stores = useStores();
let shop: MatchShop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const listRoots = pgQuery({
  name: 'test.rootsOfReviews',
  params: { workspace: 'int4' },
  row: { id: 'int8', root_id: 'int8', merge_id: 'int8?' },
  text: `select id, root_id, merge_id from unify.profile where workspace_id = :workspace order by id`,
});
const partition = () => stores.pg.rows(listRoots, { workspace: shop.id });
const sameRoot = async (a: number, b: number): Promise<boolean> => {
  const roots = new Map((await partition()).map((row) => [row.id, row.root_id]));
  return roots.get(a) === roots.get(b);
};
const colleague: Actor = { kind: 'user', id: 'colleague' };
const sidesOf = async (id: number) =>
  (
    await stores.pg.pool.query('select left_id::int as left, right_id::int as right from unify.review where id = $1', [
      id,
    ])
  ).rows[0];
const decide = (id: number, decision: 'merge' | 'distinct' | 'unsure', actor = steward) =>
  decideReview(shop.deps, { workspace: shop.id, id, actor, decision, note: null });
const open = async () => (await listReviews(shop.deps, shop.id, { state: 'open', limit: 200 })).items;
const stateOf = async (id: number) => (await readReview(shop.deps, shop.id, id, { masked: false })).state;

/** Every likely pair is asked about: nothing is certain enough to be merged. */
async function openQuestions(): Promise<void> {
  shop = await openMatchShop(stores);
  await shop.send(
    ...silos(150, 60),
    ...[0, 1, 2].map((number) => ({
      type: 'track',
      event: 'Order Completed',
      userId: `web-${number}`,
      properties: { order_id: `o${number}`, total: 1_000 * (number + 1), currency: 'EUR', products: [] },
    })),
  );
  const done = await shop.match({ thresholds: { auto: 1, review: 0.6 } });
  expect(done.reviews).toBeGreaterThan(30);
}

describe('the queue', () => {
  test('asks first about what is worth most, and pages through the rest without loss', async () => {
    await openQuestions();
    const all = await open();
    expect(all[0]?.value).toBe(3_000);
    expect(all.slice(0, 3).map(({ value }) => value)).toEqual([3_000, 2_000, 1_000]);
    const paged: number[] = [];
    for (let after: string | undefined; ; ) {
      const page = await listReviews(shop.deps, shop.id, { state: 'open', limit: 7, after });
      paged.push(...page.items.map(({ id }) => id));
      expect(page.open).toBe(all.length);
      if (page.next === null) break;
      after = page.next;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  test('shows both records, why they may be one, and what a merge would change', async () => {
    await openQuestions();
    const [first] = await open();
    const review = await readReview(shop.deps, shop.id, first?.id ?? 0, { masked: false });
    expect(review.fields.find(({ field }) => field === 'last_name')?.difference).toBe('same');
    expect(review.fields.find(({ field }) => field === 'email')?.difference).not.toBe('same');
    expect(review.explanation?.weight).toBeCloseTo(
      review.explanation?.steps.reduce((sum, step) => sum + step.stranger, 0) ?? 0,
      6,
    );
    expect(review.explanation?.probability).toBeCloseTo(review.probability, 6);
    expect(review.sentence.en).toMatch(/^Same .*last name/);
    expect(review.sentence.fr).toMatch(/^Même/);
    expect(review.totals?.merged).toMatchObject({ orders: 1, revenue: 3_000 });
    expect(review.next).not.toBeNull();
  });

  test('keeps remarks and knows whose turn it is', async () => {
    await openQuestions();
    const [first] = await open();
    const about = { workspace: shop.id, id: first?.id ?? 0, actor: steward };
    await comment(shop.deps, about, 'Same handwriting on both forms.');
    await expect(assign(shop.deps, about, 'a stranger')).rejects.toMatchObject({ code: 'unify.no_colleague' });
    const review = await readReview(shop.deps, shop.id, about.id, { masked: false });
    expect(review.discussion).toMatchObject([
      { text: 'Same handwriting on both forms.', by: { name: 'Name of steward' } },
    ]);
  });
});

describe('a decision', () => {
  test('"merge" makes one customer at once, and is taken back exactly', async () => {
    await openQuestions();
    const before = await partition();
    const id = (await open())[0]?.id ?? 0;
    const { left, right } = await sidesOf(id);
    await decide(id, 'merge');
    expect(await sameRoot(left, right)).toBe(true);
    await expect(decide(id, 'distinct')).rejects.toMatchObject({ code: 'unify.review_closed' });
    await undoDecision(shop.deps, { workspace: shop.id, id, actor: steward });
    expect(await partition()).toEqual(before);
    expect(await stateOf(id)).toBe('open');
    await decide(id, 'merge');
    expect(await stateOf(id)).toBe('merged');
  });

  test('"not the same" is crossed by no later run and by no identifier', async () => {
    await openQuestions();
    const row = (await open()).find(({ right }) => right.profile !== null);
    const { left, right } = await sidesOf(row?.id ?? 0);
    await decide(row?.id ?? 0, 'distinct');
    await shop.match({ thresholds: { auto: 0.7, review: 0.6 } });
    expect(await sameRoot(left, right)).toBe(false);
    const number = Number(/person(\d+)/.exec(JSON.stringify(row))?.[1]);
    await shop.send({ type: 'identify', userId: `web-${number}`, anonymousId: `till-${number}`, traits: {} });
    await shop.send({ type: 'alias', userId: `web-${number}`, previousId: `till-${number}` });
    expect(await sameRoot(left, right)).toBe(false);
    // Until the decision is taken back.
    await undoDecision(shop.deps, { workspace: shop.id, id: row?.id ?? 0, actor: steward });
    await shop.send({ type: 'alias', userId: `web-${number}`, previousId: `till-${number}` });
    expect(await sameRoot(left, right)).toBe(true);
  });

  test('"not sure" is not asked again by the next run', async () => {
    await openQuestions();
    const id = (await open())[0]?.id ?? 0;
    const count = (await open()).length;
    await decide(id, 'unsure');
    await shop.run({ dryRun: false });
    expect((await open()).length).toBe(count - 1);
    expect(await stateOf(id)).toBe('unsure');
  });

  test('to merge takes two people where the rule is on', async () => {
    await openQuestions();
    await changePolicy(shop.deps, shop.id, { kind: 'people', twoPerson: true }, steward);
    const id = (await open())[0]?.id ?? 0;
    const { left, right } = await sidesOf(id);
    await decide(id, 'merge');
    expect(await stateOf(id)).toBe('second');
    expect(await sameRoot(left, right)).toBe(false);
    await expect(decide(id, 'merge')).rejects.toMatchObject({ code: 'unify.second_person_needed' });
    await expect(decide(id, 'merge', { kind: 'key', id: '7' })).rejects.toMatchObject({ code: 'unify.person_needed' });
    await decide(id, 'merge', colleague);
    expect(await stateOf(id)).toBe('merged');
    expect(await sameRoot(left, right)).toBe(true);
    // One person is enough to say that they are not the same.
    const other = (await open())[0]?.id ?? 0;
    await decide(other, 'merge');
    await decide(other, 'distinct', colleague);
    expect(await stateOf(other)).toBe('distinct');
  });

  test('counts in the progress of the day, and as a label', async () => {
    await openQuestions();
    const [a, b, c] = await open();
    await decide(a?.id ?? 0, 'merge');
    stores.clock.advance(4_000);
    await decide(b?.id ?? 0, 'distinct');
    stores.clock.advance(4_000);
    await decide(c?.id ?? 0, 'unsure', colleague);
    expect(await readProgress(shop.deps, shop.id, 'people', 'user:steward')).toMatchObject({
      doneToday: 3,
      mineToday: 2,
      merged: 1,
      distinct: 1,
      unsure: 1,
      secondsPerReview: 4,
    });
    expect(await readQuality(stores.pg, shop.id, 'people')).toMatchObject({
      labels: 2,
      review: { checked: 2, right: 1 },
      automatic: { checked: 0 },
    });
  });
});

describe('a question', () => {
  test('closes itself when both sides became one, or one of them is gone', async () => {
    await openQuestions();
    const questions = await open();
    const numberOf = (row: object | undefined): number => Number(/person(\d+)/.exec(JSON.stringify(row))?.[1]);
    const number = numberOf(questions[0]);
    await shop.send({ type: 'alias', userId: `web-${number}`, previousId: `till-${number}` });
    await shop.matching.settle();
    expect(await stateOf(questions[0]?.id ?? 0)).toBe('stale');
    await expect(decide(questions[0]?.id ?? 0, 'merge')).rejects.toMatchObject({ code: 'unify.review_closed' });
    expect(await stateOf(questions[1]?.id ?? 0)).toBe('open');
  });

  test('about an automatic merge, drawn at random, measures it; "not the same" undoes it for ever', async () => {
    shop = await openMatchShop(stores);
    await shop.send(...silos(150, 60));
    await changePolicy(shop.deps, shop.id, { kind: 'people', checkedShare: 1 }, steward);
    const run = await shop.match();
    const checks = (await open()).filter(({ reason }) => reason === 'check');
    expect(checks).toHaveLength(run.merges);
    const [right, wrong, ...rest] = checks;
    const sides = await sidesOf(wrong?.id ?? 0);
    const review = await readReview(shop.deps, shop.id, wrong?.id ?? 0, { masked: false });
    // Both as they were, though they are one customer now.
    expect([review.left.profile?.parts, review.right.profile?.parts]).toEqual([1, 1]);
    await decide(right?.id ?? 0, 'merge');
    await decide(wrong?.id ?? 0, 'distinct');
    expect(await sameRoot(sides.left, sides.right)).toBe(false);
    expect(await readQuality(stores.pg, shop.id, 'people')).toMatchObject({ automatic: { checked: 2, right: 1 } });
    await undoDecision(shop.deps, { workspace: shop.id, id: wrong?.id ?? 0, actor: steward });
    expect(await sameRoot(sides.left, sides.right)).toBe(true);
    // A merge that somebody undoes on the profile page needs no check any more, and neither do those of an undone run.
    const merge = (await readReview(shop.deps, shop.id, rest[0]?.id ?? 0, { masked: false })).merge;
    await undoMerge(shop.deps, { workspace: shop.id, merge: merge ?? 0, actor: steward });
    expect(await stateOf(rest[0]?.id ?? 0)).toBe('distinct');
    await undoRun(shop.deps, shop.id, run.id, steward);
    expect(await stateOf(rest[1]?.id ?? 0)).toBe('stale');
  });
});
