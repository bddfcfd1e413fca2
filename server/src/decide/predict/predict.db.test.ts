import { beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../../test/buyers.ts';
import { openSimulated, simulatedUntil } from '../../../test/simulatedShop.ts';
import { useStores } from '../../../test/stores.ts';
import { chQuery } from '../../platform/index.ts';
import { datesOf } from './backtest/backtest.ts';
import type { ScoringParams } from './backtest/learnShop.ts';
import { featuresOf } from './models/features.ts';
import { logisticChance } from './models/logistic.ts';
import { orderChance, outlookOf } from './models/survivors.ts';
import { worthOf } from './models/worth.ts';
import { readPredictionReport, readPredictionSummary } from './readReport.ts';
import { executePredictionRun } from './runs/executeRun.ts';
import { cancelPredictions, startPredictionRun } from './runs/startRun.ts';
import { compileScores, scoreColumns, scoreSettings } from './score/compileScores.ts';
import { listPredictionScopes } from './sql/predictions.pg.ts';

const deps = useStores();
const actor = { kind: 'user', id: 'tester' } as const;

const histories = [
  { x: 0, tx: 0, age: 0, valued: 0, mean: 0, value: 0, spent: 0 },
  { x: 0, tx: 0, age: 400, valued: 0, mean: 0, value: 35.5, spent: 35.5 },
  { x: 1, tx: 30, age: 45, valued: 1, mean: 80, value: 60, spent: 120 },
  { x: 3, tx: 200, age: 500, valued: 2, mean: 19.99, value: 22, spent: -5 },
  { x: 12, tx: 340, age: 350, valued: 12, mean: 45.2, value: 44, spent: 572 },
  { x: 360, tx: 720, age: 730, valued: 360, mean: 5_000, value: 5_000, spent: 1_800_000 },
  { x: 40, tx: 100, age: 900, valued: 40, mean: 12, value: 12, spent: 480 },
];
const model = (intercept: number) => ({
  intercept,
  weights: [-0.4, 0.9, -0.2, -0.3, 0.05, -0.06, -0.2, 0.1, 0.02],
  logLikelihood: -1,
  converged: true,
  rows: 1,
});
const params: ScoringParams = {
  served: 'mbgnbd',
  purchases: { r: 0.62, alpha: 61.5, a: 0.91, b: 3.15 },
  spend: { p: 6.1, q: 3.9, g: 58 },
  logistic: null,
};

async function scoresOf(given: ScoringParams): Promise<Record<string, number | null>[]> {
  const rows = histories.map(
    (each, person) =>
      `(${[person, each.x, each.tx, each.age, each.valued, each.mean, each.value, each.spent].join(',')})`,
  );
  const names = ['person', 'x', 'tx', 'age', 'valued', 'mean', 'value', 'spent'];
  const source = `select ${names.map((name, index) => `toFloat64(r.${index + 1}) as ${name}`).join(', ')}
    from (select arrayJoin([${rows.join(', ')}]) as r)`;
  const row = Object.fromEntries(scoreColumns.map((name) => [name, 'Nullable(Float64)' as const]));
  const text = `select ${scoreColumns.map((name) => `toNullable(toFloat64(${name})) as ${name}`).join(', ')} from (${compileScores(source, given)}) order by person`;
  return deps.ch.rows({ name: 'test.predictScores', text, params: {}, row }, {}, { settings: scoreSettings });
}

const same = (value: number | null | undefined, known: number): void =>
  expect(Math.abs((value ?? Number.NaN) - known)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(known)));

describe('scores in SQL', () => {
  it('equal those in TypeScript', async () => {
    const rows = await scoresOf(params);
    const { purchases, spend } = params;
    for (const [index, history] of histories.entries()) {
      const row = rows[index];
      same(row?.order_30, orderChance(purchases, history, 30));
      same(row?.order_90, orderChance(purchases, history, 90));
      same(row?.churn, 1 - orderChance(purchases, history, 90));
      for (const days of [90, 365]) {
        const outlook = outlookOf(purchases, history, days);
        same(row?.[`orders_${days}`], outlook.mean);
        same(row?.[`orders_${days}_low`], outlook.low);
        same(row?.[`orders_${days}_high`], outlook.high);
        if (spend === null) continue;
        const worth = worthOf(outlook, spend, history.valued, history.mean);
        same(row?.[`value_${days}`], worth.mean);
        same(row?.[`value_${days}_low`], worth.low);
        same(row?.[`value_${days}_high`], worth.high);
        if (days === 365) same(row?.lifetime_value, history.spent + worth.mean);
      }
      if (history.x === 0 || orderChance(purchases, history, 365) < 0.2) {
        expect(row?.next_days).toBeNull();
        continue;
      }
      const dates = datesOf(purchases, history, 365);
      expect([row?.next_from, row?.next_days, row?.next_to]).toEqual([dates.from, dates.median, dates.to]);
    }
  });

  it('take probabilities of the logistic model where it serves, those of 30 days never above those of 90', async () => {
    const logistic = { in30: model(-0.5), in90: model(0.1) };
    const rows = await scoresOf({ ...params, logistic });
    const crossed = await scoresOf({ ...params, logistic: { in30: model(0.9), in90: model(0.1) } });
    for (const [index, history] of histories.entries()) {
      same(rows[index]?.order_30, logisticChance(logistic.in30, featuresOf(history)));
      same(rows[index]?.order_90, logisticChance(logistic.in90, featuresOf(history)));
      same(crossed[index]?.order_30, logisticChance(logistic.in90, featuresOf(history)));
    }
  });

  it('hold where spend is constant, unknown, or nobody leaves', async () => {
    for (const given of [
      { ...params, spend: { p: 1e6, q: 1e6, g: 25 } },
      { ...params, spend: null },
      { ...params, purchases: { r: 0.75, alpha: 65, a: 7.5e-7, b: 21_014 } },
    ]) {
      for (const row of await scoresOf(given)) {
        for (const name of scoreColumns) if (!name.startsWith('next_')) expect(Number.isFinite(row[name])).toBe(true);
      }
    }
  });
});

const countRows = chQuery({
  name: 'test.countPredictions',
  params: { workspace: 'UInt32' },
  row: { site: 'LowCardinality(String)', run: 'UInt64', people: 'UInt64', mean: 'Float64' },
  text: `select site, run_id as run, count() as people, avg(order_90) as mean from predictions final
    where workspace_id = {workspace:UInt32} group by site, run_id order by site, run_id`,
});

const run = async (workspace: number): Promise<number> => {
  const id = await startPredictionRun(deps, workspace, actor);
  await executePredictionRun(deps, workspace, id, new AbortController().signal);
  return id;
};

describe('a run', () => {
  let workspace = 0;
  beforeAll(async () => {
    deps.jobs.define({ name: 'decide.applySegments', run: async () => ({ done: true }) });
    await deps.jobs.start({ workers: false, schedules: false });
    workspace = await openSimulated(deps, 1_500, 3);
  });

  it('scores everyone and the buyers of each site, and is proved', async () => {
    const id = await run(workspace);
    const rows = await deps.ch.rows(countRows, { workspace });
    expect(rows.map(({ site, run: each, people }) => [site, each, people])).toEqual([
      ['', id, 1_500],
      ['de', id, 500],
      ['fr', id, 1_000],
    ]);
    const report = await readPredictionReport(deps, workspace);
    expect(report.running).toBeNull();
    expect(report.scopes.map(({ site }) => site)).toEqual([null, 'de', 'fr']);
    const [everyone] = report.scopes;
    expect(everyone?.run).toBe(String(id));
    expect(everyone?.people).toBe(1_500);
    expect(everyone?.served).not.toBeNull();
    expect(everyone?.backtests).toHaveLength(3);
    expect(everyone?.backtests[0]?.models.mbgnbd?.auc).toBeGreaterThan(0.7);
    expect(everyone?.training?.customers).toBe(1_500);
    const summary = await readPredictionSummary(deps, workspace);
    expect(summary.customers).toBe(1_500);
    expect(summary.value30?.expected).toBeGreaterThan(0);
    expect(summary.tiers.map(({ tier, customers }) => [tier, customers])).toEqual([
      ['top', 150],
      ['high', 300],
      ['medium', 450],
      ['low', 600],
    ]);
  });

  it('that is refused leaves the former predictions, and says why', async () => {
    const before = await deps.ch.rows(countRows, { workspace });
    // Nobody orders for half a year.
    deps.clock.advance(180 * day);
    await run(workspace);
    expect(await deps.ch.rows(countRows, { workspace })).toEqual(before);
    const [everyone] = (await readPredictionReport(deps, workspace)).scopes;
    expect(everyone?.reasons).toContain('no_recent_order');
    expect(everyone?.served).not.toBeNull();
    expect(everyone?.triedAt).not.toBe(everyone?.at);
    expect(everyone?.drift).not.toBeNull();
    deps.clock.advance(-180 * day);
  });

  it('compares what was published with what came, once its horizon has passed', async () => {
    deps.clock.advance(200 * day);
    await run(workspace);
    const [everyone] = (await readPredictionReport(deps, workspace)).scopes;
    expect(everyone?.published).toHaveLength(1);
    const [published] = everyone?.published ?? [];
    expect(published?.horizonDays).toBe(90);
    // Nobody ordered any more.
    expect(published?.baseRate).toBe(0);
    expect(published?.orders.actual).toBe(0);
    expect(published?.predicted).toBeGreaterThan(0.05);
    expect(published?.accuracy.auc).toBeNull();
    deps.clock.advance(-200 * day);
  });

  it('takes the place of the former one', async () => {
    const id = await run(workspace);
    const rows = await deps.ch.rows(countRows, { workspace });
    expect(rows.map((row) => row.run)).toEqual([id, id, id]);
  });

  it('shows what has changed since earlier ones, though it is the newest', async () => {
    expect((await readPredictionReport(deps, workspace)).scopes[0]?.drift).toBeNull();
    deps.clock.advance(5 * day);
    await run(workspace);
    const [everyone] = (await readPredictionReport(deps, workspace)).scopes;
    expect(everyone?.triedAt).toBe(everyone?.at);
    expect(everyone?.drift?.since).toBe(new Date(simulatedUntil).toISOString());
    expect(everyone?.drift?.baseRateThen).toBeGreaterThan(0);
    deps.clock.advance(-5 * day);
  });

  it('is one at a time, and can be cancelled without harm', async () => {
    const before = await deps.ch.rows(countRows, { workspace });
    const id = await startPredictionRun(deps, workspace, actor);
    await expect(startPredictionRun(deps, workspace, actor)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await cancelPredictions(deps, workspace, actor)).toBe(true);
    const outcome = await executePredictionRun(deps, workspace, id, new AbortController().signal);
    expect(outcome).toEqual({ skipped: 'cancelled' });
    expect(await deps.ch.rows(countRows, { workspace })).toEqual(before);
    expect(await cancelPredictions(deps, workspace, actor)).toBe(false);
    expect((await readPredictionReport(deps, workspace)).scopes[0]?.reasons).toContain('cancelled');
  });
});

describe('a shop of which nothing can be foreseen', () => {
  it('without orders says so, and so does one with few', async () => {
    const empty = await openSimulated(deps, 0, 5);
    await run(empty);
    const [scope] = await deps.pg.rows(listPredictionScopes, { workspace: empty });
    expect(scope).toMatchObject({ site: '', run_id: null, tried_reasons: ['no_orders'] });
    const small = await openSimulated(deps, 30, 6);
    await run(small);
    const summary = await readPredictionSummary(deps, small);
    expect(summary).toMatchObject({ at: null, customers: 0, tiers: [] });
    expect(summary.reasons).toContain('too_few_buyers');
  });
});
