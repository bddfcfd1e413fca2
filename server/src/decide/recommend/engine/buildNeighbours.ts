import { Bench, type RecommendSpace, type RecommendWork } from './space.ts';

export interface NeighbourSettings {
  /** Kept of each item. */
  readonly keep: number;
  /** A pair that n people have is trusted by n / (n + shrink): what few have in common is mostly chance. */
  readonly shrink: number;
  /** How much the popularity of the other item is taken out, and one minus it of the own: 0.5 is the plain cosine, 0 how often the other comes with the own. 0.6 foresees more than 0.5 (docs/adr/0065). */
  readonly exponent: number;
  /** Pairs that fewer people have are left out. */
  readonly least: number;
}
export const usualNeighbours: NeighbourSettings = { keep: 100, shrink: 10, exponent: 0.6, least: 1 };

/**
 * Pairs looked at in one statement. Fewer take less memory and, as what is counted stays near the processor, less of it; far
 * fewer read the histories too often (19 million pairs: 8.7 s of CPU at once, 5.6 s by four millions, 5.6 s by one).
 */
const pairsAtOnce = 4_000_000;
/** From so many pairs on, those that only one person has are left out: they are most of them and say little. */
const large = 50_000_000;

export interface NeighbourSummary {
  readonly people: number;
  readonly items: number;
  readonly interactions: number;
  readonly pairs: number;
}

/**
 * Fills `neighbours` from `histories`: item-item cosine with shrinkage, the best `keep` of each item. In slices by item,
 * each of bounded memory; on a cluster each machine can take its own. Weights of 1 give the cosine of plain co-occurrence.
 */
export async function buildNeighbours(
  space: RecommendSpace,
  settings: Partial<NeighbourSettings> = {},
  work: RecommendWork = {},
): Promise<NeighbourSummary> {
  const bench = new Bench(space, work);
  const size = await measure(bench);
  const chosen = { ...usualNeighbours, ...(size.squares > large ? { least: 2 } : {}), ...settings };
  await fillStats(bench);
  await createNeighbours(bench);
  const slices = Math.max(1, Math.ceil(size.squares / pairsAtOnce));
  for (let slice = 0; slice < slices; slice += 1) {
    work.progress?.(slice, slices);
    await fillSlice(bench, `item % ${slices} = ${slice}`, chosen, size);
  }
  work.progress?.(slices, slices);
  const [counted] = await bench.rowsPlain(
    'countNeighbours',
    `select sum(length(others)) as pairs from ${bench.table('neighbours')}`,
    { pairs: 'UInt64' },
  );
  return { people: size.people, items: size.items, interactions: size.interactions, pairs: counted?.pairs ?? 0 };
}

/** Counts the neighbours of these items anew. `stats` are those of the last full build, with these items' added. */
export async function refreshNeighbours(
  space: RecommendSpace,
  items: readonly number[],
  settings: Partial<NeighbourSettings> = {},
  work: RecommendWork = {},
): Promise<void> {
  if (items.length === 0) return;
  const bench = new Bench(space, work);
  const size = await measure(bench);
  const chosen = { ...usualNeighbours, ...(size.squares > large ? { least: 2 } : {}), ...settings };
  await fillStats(bench);
  await createNeighbours(bench);
  await fillSlice(bench, `has([${items.map((item) => Math.trunc(item)).join(', ')}], item)`, chosen, size);
}

interface Size {
  readonly people: number;
  readonly items: number;
  readonly interactions: number;
  /** Sum of squared lengths of the histories: how many pairs there are to look at. */
  readonly squares: number;
  /** All weights are 1: there is nothing to multiply. */
  readonly plain: boolean;
}

async function measure(bench: Bench): Promise<Size> {
  const [row] = await bench.rowsPlain(
    'measureHistories',
    `select count() as people, sum(length(items)) as interactions, sum(toUInt64(length(items)) * length(items)) as squares,
      uniqExactArray(items) as items_n,
      min(arrayAll(each -> each = 1, weights)) as plain
    from ${bench.table('histories')} final`,
    {
      people: 'UInt64',
      interactions: 'UInt64',
      squares: 'UInt64',
      items_n: 'UInt64',
      plain: 'UInt8',
    },
  );
  if (row === undefined || row.interactions === 0)
    return { people: 0, items: 0, interactions: 0, squares: 0, plain: true };
  const { people, interactions, squares, items_n: items, plain } = row;
  return { people, items, interactions, squares, plain: plain === 1 };
}

async function fillStats(bench: Bench): Promise<void> {
  await bench.drop('stats');
  await bench.define(
    'createStats',
    `create table if not exists ${bench.table('stats')} (item UInt32, people UInt32, norm Float64)
    engine = MergeTree order by (item)`,
  );
  await bench.run(
    'fillStats',
    `insert into ${bench.table('stats')}
    select item, count(), sum(toFloat64(weight) * weight)
    from (select items, weights from ${bench.table('histories')} final)
    array join items as item, weights as weight
    group by item`,
    {},
    {},
  );
}

async function createNeighbours(bench: Bench): Promise<void> {
  await bench.drop('neighbours');
  await bench.define(
    'createNeighbours',
    `create table if not exists ${bench.table('neighbours')} (
      item UInt32, others Array(UInt32), scores Array(Float32), shared Array(UInt32)
    ) engine = MergeTree order by (item)`,
  );
}

/**
 * The best of each item are found by partial sorts of whole arrays: `groupArraySorted` of tuples took twenty times as long
 * (measured: 16.6 s against 0.8 s for 5.3 million pairs). The other item and its people travel in one number, and no lambda
 * looks into an array beside its own: ClickHouse copies such an array once for each element the lambda is called with, a
 * hundred times the neighbours of an item, gigabytes for popular ones.
 */
async function fillSlice(bench: Bench, chosen: string, settings: NeighbourSettings, size: Size): Promise<void> {
  const { keep, shrink, exponent, least } = settings;
  const cosine = `pair.together / (pow(own.norm, ${1 - exponent}) * pow(theirs.norm, ${exponent}))`;
  const trust = `(pair.people / (pair.people + ${shrink}))`;
  // Equal scores: the smaller item, whatever the order of the threads.
  const tie = 'pair.second * 1e-13';
  const product = size.plain ? 'count()' : 'sum(toFloat64(mine.2) * weight)';
  await bench.run(
    'fillNeighbours',
    `insert into ${bench.table('neighbours')}
    select item, arrayMap(each -> toUInt32(bitShiftRight(each, 32)), best), arrayMap(key -> toFloat32(-key), lowest),
      arrayMap(each -> toUInt32(bitAnd(each, 4294967295)), best)
    from (
      select pair.first as item, groupArray(bitShiftLeft(toUInt64(pair.second), 32) + pair.people) as others,
        groupArray(${tie} - ${cosine} * ${trust}) as keys,
        arraySlice(arrayPartialSort((other, key) -> key, ${keep}, others, keys), 1, ${keep}) as best,
        arraySlice(arrayPartialSort(${keep}, keys), 1, ${keep}) as lowest
      from (
        select mine.1 as first, second, count() as people, ${product} as together
        from (
          select items, weights, arrayFilter((item, weight) -> ${chosen}, items, weights) as chosen_items,
            arrayFilter((weight, item) -> ${chosen}, weights, items) as chosen_weights
          from ${bench.table('histories')} final
          where notEmpty(chosen_items)
        )
        array join arrayZip(chosen_items, chosen_weights) as mine
        array join items as second, weights as weight
        where first != second
        group by first, second
        having people >= ${least}
      ) as pair
      inner join ${bench.table('stats')} as own on own.item = pair.first
      inner join ${bench.table('stats')} as theirs on theirs.item = pair.second
      group by pair.first
    )`,
    {},
    {},
  );
}
