import type { RecommendationEvaluation } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { createHistories, historyCap, writeHistories } from '../engine/buildHistories.ts';
import { buildNeighbours, type NeighbourSummary } from '../engine/buildNeighbours.ts';
import { easeItems, fitEase, usualEase } from '../engine/ease.ts';
import { readHistories, readItemModel } from '../engine/readModel.ts';
import { Bench, type RecommendSpace } from '../engine/space.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { isBetter } from '../files/recommendFile.ts';
import { alarmOf, type Catalogue, catalogueVersion, loadCatalogue } from '../serve/catalogue.ts';
import { readSettings } from '../settings.ts';
import { readScope, saveAlarm, saveBuild } from '../sql/scope.pg.ts';
import { countLikings, publishLists } from './likings.ts';
import { ordersOf, spaceOf, writeNames } from './names.ts';
import { publishModel, publishNeighbours, publishSearches } from './publish.ts';
import { basketSignals, customerSignals, root, type SignalScope, searchSignals } from './signals.ts';

export type BuildStep = 'catalogue' | 'histories' | 'similar' | 'together' | 'lists' | 'evaluate' | 'ease';

export interface BuildWork {
  readonly signal: AbortSignal;
  report(step: BuildStep, done: number, total: number): void;
}

/** How many items a list holds, and neighbours an item: filters must leave some. */
export const listLength = 1_000;
export const keepNeighbours = 100;
/** Of EASE more are kept: cutting its weights to 300 cost .004 of NDCG (docs/adr/0068). */
const keepWeights = 300;
/** A catalogue of so many items keeps fewer of each. */
const largeCatalogue = 50_000;
export const keepOf = (items: number): number => (items > largeCatalogue ? keepNeighbours / 2 : keepNeighbours);
const searchLength = 50;
/** Asked about in an evaluation; drawn by hash when there are more. */
const evaluatedPeople = 20_000;
/** Customers written in one statement. */
const peopleAtOnce = 200_000;

/** Why nothing was built. */
export type BuildOutcome = { readonly built: true } | { readonly kept: string };

/**
 * Builds everything for a workspace and puts it in use at the end: what was built before serves until then, and goes on to
 * when this is stopped. `accept`: take the catalogue as it is, however much of it is gone.
 */
export async function buildAll(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  { accept }: { accept: boolean },
  work: BuildWork,
): Promise<BuildOutcome> {
  const { pg, ch } = deps;
  const now = deps.clock.now();
  const scope = await pg.row(readScope, { workspace });
  work.report('catalogue', 0, 1);
  const { onSale } = await catalogueVersion(pg, workspace);
  const alarm = accept ? null : alarmOf(onSale, { products: scope?.products ?? 0, builtAt: scope?.built_at ?? null });
  if (alarm !== null) {
    await pg.run(saveAlarm, { workspace, alarm });
    return { kept: alarm };
  }
  const catalogue = await loadCatalogue(pg, workspace, { products: 0, builtAt: null });
  const version = Math.max(now.getTime(), (scope?.version ?? 0) + 1);
  const settings = await readSettings(pg, workspace);
  const space = spaceOf(ch, workspace);
  const signals: SignalScope = { workspace, settings, now };
  await writeNames(ch, space, catalogue, version);
  const summary = await buildSimilar(space, signals, catalogue, version, work);
  await buildTogether(space, signals, catalogue, version, work);
  work.report('lists', 0, 1);
  const reference = await countLikings(space, signals, { to: now.getTime(), version }, work);
  await publishLists(space, { workspace, now: now.getTime(), reference, version, most: listLength }, work);
  await publishSearches(space, searchSignals(space, signals, searchLength), version, work);
  const evaluations = await evaluateAll(space, signals, catalogue, summary, work);
  const method = await chooseMethod({ ch, space, workspace, version, catalogue, evaluations }, work);
  work.signal.throwIfAborted();
  await pg.run(saveBuild, {
    workspace,
    version,
    method,
    at: now,
    fresh: now,
    items: catalogue.items.length,
    people: summary.people,
    pairs: summary.pairs,
    products: onSale,
    alarm: null,
    evaluations: evaluations.map((each) => ({ ...each, rankings: each.rankings.map((ranking) => ({ ...ranking })) })),
  });
  return { built: true };
}

async function buildSimilar(
  space: RecommendSpace,
  scope: SignalScope,
  catalogue: Catalogue,
  version: number,
  work: BuildWork,
): Promise<NeighbourSummary> {
  const { workspace } = scope;
  work.report('histories', 0, 1);
  await createHistories(space, work);
  const parts = await countParts(space, scope, work);
  const report =
    (step: BuildStep) =>
    (done: number, total: number): void =>
      work.report(step, done, total);
  const { signal } = work;
  await writeHistories(
    space,
    customerSignals(space, scope),
    { version, parts },
    { signal, progress: report('histories') },
  );
  const summary = await buildNeighbours(
    space,
    { keep: keepOf(catalogue.items.length) },
    { signal, progress: report('similar') },
  );
  await publishNeighbours(space, space, { workspace, kind: 'similar', version, items: catalogue.items.length }, work);
  return summary;
}

/** Reading by way of `rows` also makes the dictionary of merged profiles fresh. */
async function countParts(space: RecommendSpace, { workspace }: SignalScope, work: BuildWork): Promise<number> {
  const [row] = await new Bench(space, work).rows(
    'countCustomers',
    `select uniq(${root('profile_id')}) as people from customers where workspace_id = {workspace:UInt32}`,
    { people: 'UInt64' },
    { workspace: 'UInt32' },
    { workspace },
  );
  return Math.max(1, Math.ceil((row?.people ?? 0) / peopleAtOnce));
}

/**
 * What is bought in one order: how often one comes with the other. A pair needs five orders where there are many orders,
 * fewer where there are few.
 */
async function buildTogether(
  space: RecommendSpace,
  scope: SignalScope,
  catalogue: Catalogue,
  version: number,
  work: BuildWork,
): Promise<void> {
  work.report('together', 0, 1);
  const orders = ordersOf(space);
  await createHistories(orders, work);
  await writeHistories(orders, basketSignals(space, scope), { version, combine: 'max' }, work);
  const [row] = await new Bench(orders, work).rowsPlain(
    'countOrders',
    `select count() as orders from ${orders.prefix}_histories final where length(items) > 1`,
    { orders: 'UInt64' },
  );
  const least = (row?.orders ?? 0) > 5_000 ? 5 : (row?.orders ?? 0) > 500 ? 2 : 1;
  const keep = keepOf(catalogue.items.length);
  await buildNeighbours(orders, { keep, least, exponent: 0, shrink: 2 }, { signal: work.signal });
  const target = { workspace: scope.workspace, kind: 'together' as const, version, items: catalogue.items.length };
  await publishNeighbours(orders, space, target, work);
}

async function evaluateAll(
  space: RecommendSpace,
  scope: SignalScope,
  catalogue: Catalogue,
  summary: NeighbourSummary,
  work: BuildWork,
): Promise<RecommendationEvaluation[]> {
  if (summary.people < 2 || summary.pairs === 0) return [];
  const evaluations: RecommendationEvaluation[] = [];
  for (const [index, protocol] of (['time', 'user'] as const).entries()) {
    work.report('evaluate', index, 2);
    evaluations.push(
      await evaluate(
        space,
        {
          protocol,
          signals: customerSignals(space, scope),
          items: catalogue.items.length,
          timed: true,
          cap: historyCap,
          combine: 'sum',
          halfLifeDays: 60,
          neighbours: { keep: keepOf(catalogue.items.length) },
          ease: catalogue.items.length <= easeItems ? { keep: keepWeights } : null,
          at: scope.now,
          people: evaluatedPeople,
        },
        { signal: work.signal },
      ),
    );
  }
  return evaluations;
}

/**
 * Puts the model for what somebody wants next in place. EASE serves where it foresaw more than the cosine did, over time and
 * by user; what is kept of it was measured so.
 */
async function chooseMethod(
  given: {
    readonly ch: Deps['ch'];
    readonly space: RecommendSpace;
    readonly workspace: number;
    readonly version: number;
    readonly catalogue: Catalogue;
    readonly evaluations: readonly RecommendationEvaluation[];
  },
  work: BuildWork,
): Promise<'cosine' | 'ease'> {
  const { ch, space, catalogue, evaluations } = given;
  if (evaluations.length === 0 || !evaluations.every((each) => isBetter(each, 'ease', 'cosine'))) {
    const model = await readItemModel(space, catalogue.items.length, work);
    await publishModel(ch, model, given);
    return 'cosine';
  }
  work.report('ease', 0, 1);
  const histories = await readHistories(space, {}, work);
  const model = await fitEase(histories, catalogue.items.length, { ...usualEase, keep: keepWeights }, work.signal);
  await publishModel(ch, model, given);
  return 'ease';
}
