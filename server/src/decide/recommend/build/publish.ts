import type { Ch } from '../../../platform/index.ts';
import type { SignalQuery } from '../engine/buildHistories.ts';
import type { ItemModel } from '../engine/readModel.ts';
import { Bench, type RecommendSpace, type RecommendWork } from '../engine/space.ts';
import type { Catalogue } from '../serve/catalogue.ts';
import type { NeighbourKind } from '../serve/neighbours.ts';

/** Items whose neighbours are named in one statement. */
const itemsAtOnce = 20_000;

/** Puts the neighbours just built, by their names, where answers read them. */
export async function publishNeighbours(
  space: RecommendSpace,
  names: RecommendSpace,
  { workspace, kind, version, items }: { workspace: number; kind: NeighbourKind; version: number; items: number },
  work: RecommendWork = {},
): Promise<void> {
  const bench = new Bench(space, work);
  const parts = Math.max(1, Math.ceil(items / itemsAtOnce));
  for (let part = 0; part < parts; part += 1) {
    await bench.run(
      'publishNeighbours',
      `insert into item_neighbours (workspace_id, kind, item, version, others, scores, shared)
      select {workspace:UInt32}, {kind:String}, own.name, {version:UInt64},
        arrayMap(each -> each.2, ranked), arrayMap(each -> each.3, ranked), arrayMap(each -> each.4, ranked)
      from (
        select flat.item as number, arraySort(groupArray((flat.place, theirs.name, flat.score, flat.people))) as ranked
        from (
          select item, place, other, score, people
          from (select * from ${bench.table('neighbours')} where item % ${parts} = ${part})
          array join arrayEnumerate(others) as place, others as other, scores as score, shared as people
        ) as flat
        inner join ${names.prefix}_items as theirs on theirs.item = flat.other
        group by flat.item
      ) as grouped
      inner join ${names.prefix}_items as own on own.item = grouped.number`,
      { workspace: 'UInt32', kind: 'String', version: 'UInt64' },
      { workspace, kind, version },
    );
  }
}

/** Items whose prior is kept: as many as EASE takes. */
const priorLength = 2_500;
/** Rows of one insert. */
const rowsAtOnce = 2_000;

/** A model of this process, as the neighbours that foresee best what somebody wants. */
export async function publishModel(
  ch: Ch,
  { items, offsets, others, scores, prior }: ItemModel,
  { workspace, version, catalogue }: { workspace: number; version: number; catalogue: Catalogue },
): Promise<void> {
  const name = (item: number): string => catalogue.items[item]?.key ?? '';
  let rows: string[] = [];
  let part = 0;
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const token = `recommend ${workspace} ${version} ${part}`;
    await ch.insert('item_neighbours', Buffer.from(rows.join('\n')), { token });
    part += 1;
    rows = [];
  };
  for (let item = 0; item < items; item += 1) {
    const [from, to] = [offsets[item] ?? 0, offsets[item + 1] ?? 0];
    if (from === to) continue;
    const own = others.subarray(from, to);
    rows.push(
      JSON.stringify({
        workspace_id: workspace,
        kind: 'for_you',
        item: name(item),
        version,
        others: Array.from(own, name),
        scores: Array.from(scores.subarray(from, to)),
        shared: Array.from(own, () => 0),
      }),
    );
    if (rows.length >= rowsAtOnce) await flush();
  }
  await flush();
  if (prior === undefined) return;
  const known = Array.from(prior, (score, item) => ({ score, item }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, priorLength);
  const row = {
    workspace_id: workspace,
    list: 'prior',
    site: '',
    version,
    items: known.map(({ item }) => name(item)),
    scores: known.map(({ score }) => score),
  };
  await ch.insert('item_lists', Buffer.from(JSON.stringify(row)), { token: `recommend ${workspace} ${version} prior` });
}

export const publishSearches = (
  space: RecommendSpace,
  searches: SignalQuery<{ workspace: 'UInt32'; since: 'Int64'; until: 'Int64' }>,
  version: number,
  work: RecommendWork = {},
): Promise<void> =>
  new Bench(space, work).run(
    'publishSearches',
    `insert into item_neighbours (workspace_id, kind, item, version, others, scores, shared)
    select {workspace:UInt32}, 'search', words, toUInt64(${Math.trunc(version)}), items, scores, people
    from (${searches.text})`,
    searches.params,
    searches.values,
  );
