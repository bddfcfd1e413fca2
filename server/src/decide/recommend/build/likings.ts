import { Bench, type RecommendSpace, type RecommendWork } from '../engine/space.ts';
import { listHistoryTables } from '../sql/freshness.ch.ts';
import { likingSignals, type SignalScope } from './signals.ts';

/**
 * How much each item is liked is kept as numbers that add up: all of it is counted once an hour and at each full build, and
 * in between only the people who did something are read. Rows of everything have `since` 0, what was added later the moment
 * from which on it was new: adding the same again after a stop takes the place of what was added before it. The last row of
 * a full count, with `since` -1, says that the count is whole, and at which moment the numbers are seen.
 */
const tableOf = ({ prefix }: RecommendSpace): string => `${prefix}_likings`;

/** Weeks pass: who counts as recent is counted anew after so long. */
const countedAnewMs = 3_600_000;
const dayMs = 86_400_000;
/** Added below: what few people looked at does not trend for one more. */
const trendFloor = 5;

const columns = 'since, place, item, version, reference, popular, viewed, recent, former';

/** Counts everything that was received up to `to`. A stop in the middle leaves a count that is not taken for whole. */
export async function countLikings(
  space: RecommendSpace,
  scope: SignalScope,
  { to, version }: { to: number; version: number },
  work: RecommendWork = {},
): Promise<number> {
  const bench = new Bench(space, work);
  const reference = scope.now.getTime();
  await bench.define('dropLikings', `drop table if exists ${tableOf(space)} sync`);
  await bench.define(
    'createLikings',
    `create table if not exists ${tableOf(space)} (
      since Int64, place LowCardinality(String), item UInt32, version UInt64, reference Int64,
      popular Float64, viewed Float64, recent Float64, former Float64
    ) engine = ReplacingMergeTree(version) order by (since, place, item)
    settings non_replicated_deduplication_window = 0`,
  );
  const { text, params, values } = likingSignals(space, scope, { reference, from: null, to });
  await bench.run(
    'countLikings',
    `insert into ${tableOf(space)} (${columns})
    select 0, place, item, ${Math.trunc(version)}, ${reference}, popular, viewed, recent, former from (${text})`,
    params,
    values,
  );
  await bench.run(
    'endLikings',
    `insert into ${tableOf(space)} (${columns}) values (-1, '', 0, ${Math.trunc(version)}, ${reference}, 0, 0, 0, 0)`,
    {},
    {},
  );
  return reference;
}

/** Adds what some people did that was received after `from` and up to `to`. Safe to repeat. */
export async function addLikings(
  space: RecommendSpace,
  scope: SignalScope & { readonly members: readonly number[] },
  span: { from: number; to: number; reference: number; version: number },
  work: RecommendWork = {},
): Promise<void> {
  const { text, params, values } = likingSignals(space, scope, span);
  await new Bench(space, work).run(
    'addLikings',
    `insert into ${tableOf(space)} (${columns})
    select {from:Int64}, place, item, ${Math.trunc(span.version)}, {reference:Int64}, popular, viewed, recent, former
    from (${text})`,
    params,
    values,
  );
}

/** The moment at which the numbers are seen; null when they are to be counted anew. */
export async function findReference(space: RecommendSpace, now: number): Promise<number | null> {
  const [table] = await space.ch.rows(listHistoryTables, { names: [tableOf(space)] });
  if (table === undefined) return null;
  const [row] = await new Bench(space).rowsPlain(
    'findReference',
    `select max(reference) as reference from ${tableOf(space)} where since = -1`,
    { reference: 'Int64' },
  );
  const reference = row?.reference ?? 0;
  return reference > 0 && now - reference < countedAnewMs && now >= reference ? reference : null;
}

/**
 * Puts the lists for everybody and for each site where answers read them. Trending: people of the last week against a week
 * of the four before.
 */
export async function publishLists(
  space: RecommendSpace,
  lists: { workspace: number; now: number; reference: number; version: number; most: number },
  work: RecommendWork = {},
): Promise<void> {
  const faded = (days: number): string => `exp2(({reference:Int64} - {now:Int64}) / ${days * dayMs})`;
  const { most, ...values } = lists;
  await new Bench(space, work).run(
    'publishLists',
    `insert into item_lists (workspace_id, list, site, version, items, scores)
    select {workspace:UInt32}, list, place, {version:UInt64}, arrayMap(best -> best.2, ranked),
      arrayMap(best -> -best.1, ranked)
    from (
      select place, list, groupArraySorted(${Math.trunc(most)})((-score, name)) as ranked
      from (
        select place, name, listed.1 as list, listed.2 as score,
          arrayJoin([('popular', liked * ${faded(30)}), ('trending', trend), ('most_viewed', looked * ${faded(7)})]) as listed
        from (
          select place, item, sum(popular) as liked, sum(viewed) as looked, sum(recent) as lately, sum(former) as before,
            if(lately >= 2, (lately - before / 4) / sqrt(greatest(0, before) / 4 + ${trendFloor}), 0) as trend
          from (select * from ${tableOf(space)} final where since >= 0)
          group by place, item
        ) as counted
        inner join ${space.prefix}_items as names on names.item = counted.item
      )
      where score > 1e-9
      group by place, list
    )`,
    { workspace: 'UInt32', now: 'Int64', reference: 'Int64', version: 'UInt64' },
    values,
  );
}
