import { afterEach, expect, test } from 'vitest';
import { type MatchShop, openMatchShop, otherSilo, silos, steward } from '../../../test/matching.ts';
import { testSecrets } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { chQuery } from '../../platform/index.ts';
import { listProfiles } from '../profiles/listProfiles.ts';
import { eraseProfile, getSubject } from '../rights/eraseProfile.ts';
import { createUnifiedData } from '../rights/personalData.ts';
import { decideReview } from './reviews/decideReview.ts';
import { comment } from './reviews/discussReview.ts';
import { listReviews } from './reviews/listReviews.ts';

const stores = useStores();
let shop: MatchShop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const listTables = chQuery({
  name: 'test.matchTables',
  params: {},
  row: { name: 'String' },
  text: `select name from system.tables where database = currentDatabase() and startsWith(name, 'match_') order by name`,
});

test('erasing somebody leaves no trace in matching: questions, links, records raw and prepared', async () => {
  shop = await openMatchShop(stores);
  await shop.send(
    ...silos(150, 60),
    // Somebody whom nobody else resembles in writing, so that a trace of them is seen wherever it is.
    { type: 'identify', userId: 'web-900', traits: { ...otherSilo(7), lastName: 'Zwyntschgenried' } },
    {
      type: 'identify',
      anonymousId: 'till-900',
      traits: { ...otherSilo(7), lastName: 'Zwyntschgenried', email: 'z@z.example' },
    },
  );
  await shop.match({ thresholds: { auto: 1, review: 0.5 } });
  const { items } = await listReviews(shop.deps, shop.id, { state: 'open', limit: 200 });
  const review = items.find(({ left }) => left.name?.includes('Zwyntschgenried'));
  const about = { workspace: shop.id, id: review?.id ?? 0, actor: steward };
  await comment(shop.deps, about, 'Zwyntschgenried is a rare name.');
  await decideReview(shop.deps, { ...about, decision: 'unsure', note: 'Zwyntschgenried again' });
  const data = createUnifiedData(stores);
  const id = (await listProfiles(stores.pg, shop.id, { identifier: 'user_id:web-900', limit: 1 })).items[0]?.id ?? '';
  const subject = await getSubject(stores, shop.id, id);
  const exported = await data.export(subject);
  expect(exported.matchReviews).toContainEqual(
    expect.objectContaining({
      state: 'unsure',
      decisions: [expect.objectContaining({ decision: 'unsure' })],
      comments: [expect.objectContaining({ text: 'Zwyntschgenried is a rare name.' })],
    }),
  );
  const traces = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const { name } of await stores.ch.rows(listTables, {})) {
      const [row] = await stores.ch.rows(
        {
          name: 'test.traces',
          params: {},
          row: { traces: 'UInt64' } as const,
          text: `select countIf(positionCaseInsensitive(toString(tuple(*)), 'zwyntschgenried') > 0) as traces from ${name}`,
        },
        {},
      );
      if ((row?.traces ?? 0) > 0) found.push(name);
    }
    const tables = await stores.pg.pool.query(
      `select table_name from information_schema.tables where table_schema = 'unify' and table_type = 'BASE TABLE'`,
    );
    for (const { table_name } of tables.rows) {
      const { rows } = await stores.pg.pool.query(
        `select 1 from unify."${table_name}" as t where to_jsonb(t)::text ilike '%zwyntschgenried%' limit 1`,
      );
      if (rows.length > 0) found.push(`unify.${table_name}`);
    }
    return found;
  };
  expect((await traces()).length).toBeGreaterThan(3);
  const others = await listProfiles(stores.pg, shop.id, { q: 'Zwyntschgenried', limit: 10 });
  for (const profile of others.items) {
    await eraseProfile(
      { ...shop.deps, pg: stores.pg, secrets: testSecrets, stores: [data] },
      { workspace: shop.id, id: profile.id, actor: steward },
    );
  }
  expect(await traces()).toEqual([]);
  const { rows } = await stores.pg.pool.query(
    `select (select count(*) from unify.review where id = $1)::int as reviews,
      (select count(*) from unify.review_vote where review_id = $1)::int as votes,
      (select count(*) from unify.review_comment where review_id = $1)::int as comments`,
    [about.id],
  );
  expect(rows[0]).toEqual({ reviews: 0, votes: 0, comments: 0 });
});
