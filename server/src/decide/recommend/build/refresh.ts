import type { Deps } from '../../../platform/index.ts';
import { writeHistories } from '../engine/buildHistories.ts';
import { refreshNeighbours } from '../engine/buildNeighbours.ts';
import { Bench, type RecommendSpace, type RecommendWork } from '../engine/space.ts';
import { alarmOf, type Catalogue, catalogueVersion, loadCatalogue } from '../serve/catalogue.ts';
import { readSettings } from '../settings.ts';
import { listMerged, listRootsOf, listTouched } from '../sql/freshness.ch.ts';
import { readScope, saveAlarm, saveRefresh } from '../sql/scope.pg.ts';
import { keepOf, listLength } from './buildAll.ts';
import { addLikings, countLikings, findReference, publishLists } from './likings.ts';
import { appendNames, appendProducts, spaceOf } from './names.ts';
import { publishNeighbours } from './publish.ts';
import { customerSignals, type SignalScope } from './signals.ts';
import { chooseStale } from './stale.ts';

/** Beyond so many people at once a full build is the shorter way. */
const mostPeople = 5_000;

export type RefreshOutcome = 'nothing' | 'refreshed' | 'too_many' | 'never_built';

/**
 * Takes in what came since the last build or refresh: histories of the people who did something, products that are new,
 * neighbours of the products that changed most, and the lists. Costs two short reads when nothing came.
 */
export async function refresh(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  signal: AbortSignal,
): Promise<RefreshOutcome> {
  const { pg, ch } = deps;
  const scope = await pg.row(readScope, { workspace });
  if (scope?.built_at == null || scope.fresh_at === null) return 'never_built';
  const { onSale, products: known } = await catalogueVersion(pg, workspace);
  const alarm = alarmOf(onSale, { products: scope.products, builtAt: scope.built_at });
  await pg.run(saveAlarm, { workspace, alarm });
  const since = scope.fresh_at.getTime();
  const touched = await ch.rows(listTouched, { workspace, since, limit: mostPeople + 1 });
  const space = spaceOf(ch, workspace);
  const missing = alarm === null ? await countMissing(space, known, signal) : 0;
  if (touched.length === 0 && missing === 0) return 'nothing';
  if (touched.length > mostPeople) return 'too_many';
  const now = deps.clock.now();
  const version = Math.max(now.getTime(), scope.version + 1);
  const lastGood = { products: scope.products, builtAt: scope.built_at };
  const items =
    missing === 0
      ? scope.items
      : await addNewProducts(ch, space, await loadCatalogue(pg, workspace, lastGood), version, signal);
  // People wait for answers meanwhile.
  const work: RecommendWork = { signal, threads: 1 };
  const signals: SignalScope = { workspace, settings: await readSettings(pg, workspace), now };
  const newest = touched.reduce((last, { received }) => Math.max(last, received), since);
  if (touched.length > 0) {
    const members = touched.map(({ profile }) => profile);
    await rewritePeople(deps, space, signals, { touched: members, version }, work);
    const stale = await chooseStale(space, { workspace, base: scope.base_version, version }, work);
    await refreshNeighbours(space, stale, { keep: keepOf(items) }, work);
    await publishNeighbours(space, space, { workspace, kind: 'similar', version, items: 0 }, work);
    const span = { from: since, to: newest, version };
    const reference = await likeAgain(space, { ...signals, members }, span, work);
    const lists = { workspace, now: now.getTime(), reference, version, most: listLength };
    await publishLists(space, lists, work);
  }
  await pg.run(saveRefresh, { workspace, version, fresh: new Date(newest), items });
  return 'refreshed';
}

/** Counts what the touched people like anew; now and then everything. Returns the moment at which the numbers are seen. */
async function likeAgain(
  space: RecommendSpace,
  scope: SignalScope & { readonly members: readonly number[] },
  span: { from: number; to: number; version: number },
  work: RecommendWork,
): Promise<number> {
  const { members: _, ...everybody } = scope;
  const reference = await findReference(space, scope.now.getTime());
  if (reference === null) return countLikings(space, everybody, span, work);
  await addLikings(space, scope, { ...span, reference }, work);
  return reference;
}

/** Products that have no number yet. */
async function countMissing(space: RecommendSpace, known: number, signal: AbortSignal): Promise<number> {
  const [row] = await new Bench(space, { signal }).rowsPlain(
    'countProducts',
    `select count() as products from ${space.prefix}_products`,
    { products: 'UInt64' },
  );
  return Math.max(0, known - (row?.products ?? 0));
}

/** Gives new products the next numbers; those that have one keep it until the next full build. Returns how many there are. */
async function addNewProducts(
  ch: Deps['ch'],
  space: RecommendSpace,
  catalogue: Catalogue,
  version: number,
  signal: AbortSignal,
): Promise<number> {
  const bench = new Bench(space, { signal });
  const [named, numbered] = await Promise.all([
    bench.rowsPlain('readItems', `select item, name from ${space.prefix}_items`, { item: 'UInt32', name: 'String' }),
    bench.rowsPlain('readProducts', `select product_id from ${space.prefix}_products`, { product_id: 'String' }),
  ]);
  const numbers = new Map(named.map(({ item, name }) => [name, item]));
  const had = new Set(numbered.map(({ product_id }) => product_id));
  const items: { item: number; name: string }[] = [];
  const products: [string, number][] = [];
  for (const [product, place] of catalogue.byProduct) {
    if (had.has(product)) continue;
    const name = catalogue.items[place]?.key ?? product;
    let item = numbers.get(name);
    if (item === undefined) {
      item = numbers.size;
      numbers.set(name, item);
      items.push({ item, name });
    }
    products.push([product, item]);
  }
  await appendNames(ch, space, { items, version });
  await appendProducts(ch, space, products, version);
  return numbers.size;
}

/** Counts the histories of the touched customers anew. */
async function rewritePeople(
  { ch }: Pick<Deps, 'ch'>,
  space: RecommendSpace,
  scope: SignalScope,
  { touched, version }: { touched: readonly number[]; version: number },
  work: RecommendWork,
): Promise<void> {
  const { workspace } = scope;
  const roots = (await ch.rows(listRootsOf, { workspace, profiles: touched })).map(({ root }) => root);
  const merged = (await ch.rows(listMerged, { workspace, roots })).map(({ profile }) => profile);
  const members = [...new Set([...touched, ...roots, ...merged])];
  await writeHistories(space, customerSignals(space, { ...scope, members }), { version }, work);
}
