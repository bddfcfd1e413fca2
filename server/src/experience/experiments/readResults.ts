import {
  type ExperimentBreakdown,
  type ExperimentMetric,
  type ExperimentRequest,
  type ExperimentResults,
  experimentRequestSchema,
  type MetricResult,
} from '@vitrail/contracts';
import { type Deps, Fault } from '../../platform/index.ts';
import { type ArmSums, checkSampleRatio, decideVerdict } from '../statistics/index.ts';
import { compilePeople, compileSums, type Exposures, type Grouping } from './compileResults.ts';
import { decideMetrics, findingsOf, harmsOf, weightsOf } from './decideMetrics.ts';
import { type ExperimentRow, getExperimentRow, presentExperiment } from './readExperiments.ts';
import { readWorkspaceUnits } from './sql/experiments.pg.ts';
import { listPhases } from './sql/phases.pg.ts';

type ReadDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;

const readSettings = { max_execution_time: 60 };

/** What an experiment came to so far, computed from the events now. */
export async function readResults(deps: ReadDeps, workspace: number, id: number): Promise<ExperimentResults> {
  const row = await getExperimentRow(deps.pg, workspace, id);
  const definition = experimentRequestSchema.parse(row.definition);
  const units = await deps.pg.row(readWorkspaceUnits, { workspace });
  const exposures = exposuresOf(row, definition, workspace, deps.clock.now());
  const counted = exposures === null ? [] : await countPeople(deps, exposures, units?.time_zone ?? 'UTC');
  const arms = definition.variations.map((_, index) =>
    counted.filter(({ arm, arms: shown }) => shown === 1 && arm === index + 1),
  );
  const people = arms.map((rows) => rows.reduce((sum, each) => sum + each.people, 0));
  const compared = await Promise.all(
    definition.metrics.map(async (metric) => ({
      metric,
      ...(exposures === null
        ? { sums: people.map(() => noSums(0)), cap: null }
        : ((await sumMetric(deps, exposures, definition, metric, { by: 'nothing' }, new Map([['', people]]))).get(
            '',
          ) ?? {
            sums: people.map(noSums),
            cap: null,
          })),
    })),
  );
  const metrics = decideMetrics(definition, compared);
  const bandit = definition.allocation === 'bandit';
  // A bandit's shares change on purpose: there is no plan to hold people against.
  const ratio = bandit
    ? { pValue: 1, chiSquare: 0, alarm: false, enough: false }
    : checkSampleRatio(
        people,
        definition.variations.map(({ weight }) => weight),
      );
  const primary = metrics.find(({ metric }) => metric.role === 'primary');
  const verdict = decideVerdict({
    started: exposures !== null,
    over: row.state !== 'running',
    ratio,
    people,
    findings: primary === undefined ? [] : findingsOf(primary),
    harms: metrics.filter(({ metric }) => metric.role === 'guardrail').flatMap(harmsOf),
    relevant: definition.analysis.relevant,
  });
  const keyAt = (index: number): string => definition.variations[index]?.key ?? '';
  const weights = weightsOf(primary?.compared, primary?.metric, definition);
  const phases = bandit ? await readPhases(deps, workspace, row) : [];
  const given = phases.at(-1)?.weights ?? definition.variations.map(({ weight }) => weight);
  return {
    state: presentExperiment(row).state,
    from: exposures?.from.toISOString() ?? null,
    to: exposures?.to.toISOString() ?? null,
    currency: units?.base_currency ?? 'EUR',
    verdict:
      bandit && exposures !== null
        ? {
            code: 'bandit',
            // As planned until weights were reckoned for the first time.
            variation: phases.length === 0 ? null : keyAt(given.indexOf(Math.max(...given))),
            metric: primary?.metric.key ?? null,
            change: null,
          }
        : {
            code: verdict.code,
            variation: verdict.variation === null ? null : keyAt(verdict.variation),
            metric: verdict.metric ?? primary?.metric.key ?? null,
            change: verdict.change,
          },
    people: definition.variations.map(({ key, weight }, index) => ({
      variation: key,
      people: people[index] ?? 0,
      planned: given[index] ?? weight,
    })),
    crossed: counted.filter(({ arms: shown }) => shown > 1).reduce((sum, each) => sum + each.people, 0),
    unknown: counted.filter(({ arms: shown }) => shown === 0).reduce((sum, each) => sum + each.people, 0),
    sampleRatio: { pValue: ratio.pValue, alarm: ratio.alarm, enough: ratio.enough },
    metrics: metrics.map(({ result }) => result),
    days: daysOf(arms),
    weights: weights.map((weight, index) => ({ variation: keyAt(index), weight })),
    phases,
    at: deps.clock.now().toISOString(),
  };
}

/** People so far, and the weights that the primary metric asks for. */
export async function readStanding(
  deps: ReadDeps,
  workspace: number,
  row: ExperimentRow,
): Promise<{ people: number[]; weights: number[] }> {
  const definition = experimentRequestSchema.parse(row.definition);
  const exposures = exposuresOf(row, definition, workspace, deps.clock.now());
  const metric = definition.metrics.find(({ role }) => role === 'primary');
  const none = definition.variations.map(() => 0);
  if (exposures === null || metric === undefined)
    return { people: none, weights: weightsOf(undefined, metric, definition) };
  const counted = await countPeople(deps, exposures, 'UTC');
  const people = none.map((_, index) =>
    counted.reduce((sum, { arm, arms, people: some }) => (arms === 1 && arm === index + 1 ? sum + some : sum), 0),
  );
  const summed = await sumMetric(deps, exposures, definition, metric, { by: 'nothing' }, new Map([['', people]]));
  const [judged] = decideMetrics(definition, [
    { metric, ...(summed.get('') ?? { sums: people.map(noSums), cap: null }) },
  ]);
  return { people, weights: weightsOf(judged?.compared, metric, definition) };
}

async function readPhases(
  { pg }: ReadDeps,
  workspace: number,
  row: ExperimentRow,
): Promise<ExperimentResults['phases']> {
  const rows = await pg.rows(listPhases, { workspace, id: row.id, version: row.bucket_version });
  return rows.map(({ phase, at, weights, people }) => ({
    phase,
    at: at.toISOString(),
    weights: weights.flatMap((weight) => weight ?? []),
    people: people.flatMap((count) => count ?? []),
  }));
}

/** One metric by group of people. Nothing is corrected here: with many groups some look decided by chance. */
export async function readBreakdown(
  deps: ReadDeps,
  workspace: number,
  id: number,
  asked: { readonly grouping: Grouping; readonly metric: string | undefined },
): Promise<ExperimentBreakdown> {
  const row = await getExperimentRow(deps.pg, workspace, id);
  const definition = experimentRequestSchema.parse(row.definition);
  const metric = definition.metrics.find(({ key, role }) =>
    asked.metric === undefined ? role === 'primary' : key === asked.metric,
  );
  if (metric === undefined)
    throw new Fault('invalid', 'experience.metric_unknown', `This experiment has no metric \`${asked.metric ?? ''}\`.`);
  const exposures = exposuresOf(row, definition, workspace, deps.clock.now());
  if (exposures === null) return { groups: [], more: false, comparisons: 0 };
  const { query, values } = compilePeople(exposures, asked.grouping);
  const counted = await deps.ch.rows(query, values, { lane: 'heavy', settings: readSettings });
  const people = new Map<string, number[]>();
  for (const { group, arm, arms, people: count } of counted) {
    if (arms !== 1) continue;
    const list = people.get(group) ?? definition.variations.map(() => 0);
    list[arm - 1] = (list[arm - 1] ?? 0) + count;
    people.set(group, list);
  }
  const size = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0);
  const ordered = [...people].toSorted(([a, one], [b, other]) => size(other) - size(one) || (a < b ? -1 : 1));
  const sums = await sumMetric(deps, exposures, definition, metric, asked.grouping, people);
  const groups = ordered.slice(0, 20).map(([group, counts]) => {
    const own = sums.get(group) ?? { sums: counts.map(noSums), cap: null };
    const [decided] = decideMetrics({ ...definition, metrics: [metric] }, [{ metric, ...own }]);
    return { group, metric: decided?.result ?? emptyResult(metric) };
  });
  const comparisons = groups.reduce(
    (sum, { metric: each }) => sum + each.arms.filter(({ change }) => change).length,
    0,
  );
  return { groups, more: ordered.length > 20, comparisons };
}

const emptyResult = ({ key }: ExperimentMetric): MetricResult => ({
  metric: key,
  arms: [],
  explained: 0,
  cappedAt: null,
});

function exposuresOf(
  row: ExperimentRow,
  { variations, kind, target }: ExperimentRequest,
  workspace: number,
  now: Date,
): Exposures | null {
  if (row.started_at === null) return null;
  const keys = variations.map(({ key }) => key);
  return {
    workspace,
    id: String(row.id),
    key: row.key,
    variations: keys,
    experience: kind === 'experience' ? target : '',
    from: row.started_at,
    to: row.stopped_at ?? now,
  };
}

function countPeople({ ch }: ReadDeps, exposures: Exposures, zone: string) {
  const { query, values } = compilePeople(exposures, { by: 'day', zone });
  return ch.rows(query, values, { lane: 'heavy', settings: readSettings });
}

const noSums = (people: number): ArmSums => ({ people, y: 0, yy: 0 });

/** Sums of each arm by group; people who did nothing are added from the counts. */
async function sumMetric(
  { ch }: ReadDeps,
  exposures: Exposures,
  { analysis }: ExperimentRequest,
  metric: ExperimentMetric,
  grouping: Grouping,
  people: ReadonlyMap<string, readonly number[]>,
): Promise<Map<string, { sums: ArmSums[]; cap: number | null }>> {
  const { query, values } = compileSums(exposures, metric, analysis.lookbackDays, grouping);
  const rows = await ch.rows(query, values, { lane: 'heavy', settings: readSettings });
  return new Map(
    [...people].map(([group, counts]) => {
      const own = rows.filter((row) => row.group === group);
      const cap = own.find((row) => row.cap >= 0)?.cap ?? null;
      const sums = counts.map((count, index): ArmSums => {
        const found = own.find(({ arm }) => arm === index + 1);
        return found === undefined ? noSums(count) : { ...found, people: count };
      });
      return [group, { sums, cap }];
    }),
  );
}

function daysOf(
  arms: readonly (readonly { readonly group: string; readonly people: number }[])[],
): ExperimentResults['days'] {
  const days = [...new Set(arms.flatMap((rows) => rows.map(({ group }) => group)))].toSorted();
  return days.map((day) => ({
    day,
    people: arms.map((rows) => rows.find(({ group }) => group === day)?.people ?? 0),
  }));
}
