import { Bench, type RecommendSpace, type RecommendWork } from '../engine/space.ts';

/** Items whose neighbours are counted anew in one refresh: answers read as many lists again. */
const mostItems = 300;
/** Of the furthest, so many are looked through for what fits. */
const mostLooked = 3_000;
/** Pairs that are looked at for them: a quarter of a second of one processor, and 100 MB. Popular items alone have tens of millions. */
const mostPairs = 1_000_000;

/**
 * Of the items that the people of this version had, those whose neighbours are furthest from what they would be now: the share
 * of an item's people whose histories were written since its neighbours were counted. A few new people change a product of
 * yesterday and not one that everybody has, which waits until enough of its people did something. Asked when the histories of
 * `version` are written. One pass over all histories.
 */
export async function chooseStale(
  space: RecommendSpace,
  { workspace, base, version }: { workspace: number; base: number; version: number },
  work: RecommendWork = {},
): Promise<number[]> {
  const rows = await new Bench(space, work).rows(
    'chooseStale',
    `select own.item as item, own.pairs as pairs
    from (
      select item, groupArray(version) as versions, sum(width) as pairs
      from (
        select item, version, toUInt64(length(items)) as width from ${space.prefix}_histories final array join items as item
      )
      group by item
      having max(version) = {version:UInt64}
    ) as own
    left join (
      select names.item as item, max(written.version) as version
      from (
        select item, version from item_neighbours where workspace_id = {workspace:UInt32} and kind = 'similar'
      ) as written
      inner join ${space.prefix}_items as names on names.name = written.item
      group by names.item
    ) as counted on counted.item = own.item
    order by arrayCount(each -> each > greatest(counted.version, {base:UInt64}), own.versions) / length(own.versions) desc,
      own.item
    limit ${mostLooked}`,
    { item: 'UInt32', pairs: 'UInt64' },
    { workspace: 'UInt32', base: 'UInt64', version: 'UInt64' },
    { workspace, base, version },
  );
  return withinPairs(rows);
}

/** In their order, those that fit; the first whatever it takes, or it would wait for ever. */
export function withinPairs(rows: readonly { readonly item: number; readonly pairs: number }[]): number[] {
  const chosen: number[] = [];
  let total = 0;
  for (const { item, pairs } of rows) {
    if (chosen.length >= mostItems) break;
    if (chosen.length > 0 && total + pairs > mostPairs) continue;
    chosen.push(item);
    total += pairs;
  }
  return chosen;
}
