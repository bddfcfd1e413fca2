import type { ScoreDefinition } from '@vitrail/contracts';
import { type AssembledQuery, assemble, scopes } from '../segments/compile/assemble.ts';
import { Features } from '../segments/compile/features.ts';
import { Parameters } from '../segments/compile/parameters.ts';
import { type CompiledScore, compileScore } from './compileScore.ts';

const open = (definition: ScoreDefinition, zone: string): { features: Features; score: CompiledScore } => {
  const features = new Features(new Parameters());
  return { features, score: compileScore(definition, features, zone) };
};

/** 0 below the first level, else its place counted from 1. */
function levelOf(value: string, { levels }: ScoreDefinition, { params }: Features): string {
  if (levels.length === 0) return '0';
  const branches = levels
    .map(({ from }, index) => [`${value} >= ${params.number(from)}`, String(index + 1)])
    .toReversed()
    .flat();
  return `multiIf(${branches.join(', ')}, 0)`;
}

/** `now` is bound, too. */
const moment = { now: 'Int64' } as const;
/** People shown as an example. */
const shownPeople = 10;

const summaryRow = {
  people: 'UInt64',
  scored: 'UInt64',
  mean: 'Float64',
  marks: 'Array(Float64)',
  lowest: 'Float64',
  highest: 'Float64',
  reached: 'Array(UInt64)',
  signal_people: 'Array(UInt64)',
  signal_points: 'Array(Float64)',
  best: 'Array(UInt64)',
  best_values: 'Array(Float64)',
} as const;

/** How a score spreads over everybody, in one row. */
export function compileSummary(definition: ScoreDefinition, zone: string): AssembledQuery<typeof summaryRow> {
  const { features, score } = open(definition, zone);
  const signals = score.signals.map((_, index) => `s${index}`);
  const levels = definition.levels.map((_, index) => `countIf(level = ${index + 1})`);
  const text = `
  select count() as people, countIf(value != 0) as scored, avg(value) as mean,
    quantilesExact(0.5, 0.9)(value) as marks, min(value) as lowest, max(value) as highest,
    [${['countIf(level = 0)', ...levels].join(', ')}] as reached,
    [${signals.map((signal) => `countIf(${signal} != 0)`).join(', ')}] as signal_people,
    [${signals.map((signal) => `ifNotFinite(avgIf(${signal}, ${signal} != 0), 0)`).join(', ')}] as signal_points,
    groupArraySorted(${shownPeople})((-value, person)) as sorted
  from (
    select person, ${score.value} as value, ${levelOf('value', definition, features)} as level,
      ${score.signals.map(({ points }, index) => `toFloat64(${points}) as s${index}`).join(', ')}
    ${features.fromPeople(scopes.everyone)}
  )`;
  return assemble('decide.scoreSummary', withBest(text), summaryRow, features, 'everyone', moment);
}

/** Highest first, and by id among equals. */
const withBest = (text: string): string => `
  select * except (sorted), arrayMap(each -> each.2, sorted) as best, arrayMap(each -> -each.1, sorted) as best_values
  from (${text})`;

const bucketRow = { bucket: 'Int32', people: 'UInt64' } as const;

/** People by equal steps of the score, the first step beginning at `from`. */
export function compileBuckets(
  definition: ScoreDefinition,
  zone: string,
  { from, step, steps }: { from: number; step: number; steps: number },
): AssembledQuery<typeof bucketRow> {
  const { features, score } = open(definition, zone);
  const { params } = features;
  const place = `toInt32(least(${steps - 1}, greatest(0, floor((value - ${params.number(from)}) / ${params.number(step)}))))`;
  const text = `
  select ${place} as bucket, count() as people
  from (select ${score.value} as value ${features.fromPeople(scopes.everyone)})
  group by bucket order by bucket`;
  return assemble('decide.scoreBuckets', text, bucketRow, features, 'everyone', moment);
}

const profileRow = {
  value: 'Float64',
  level: 'UInt8',
  points: 'Array(Float64)',
  matches: 'Array(Int64)',
} as const;

/** One person's score with what it comes from; -1 matches for a fact. */
export function compileProfileScore(definition: ScoreDefinition, zone: string): AssembledQuery<typeof profileRow> {
  const { features, score } = open(definition, zone);
  const text = `
  select ${score.value} as value, toUInt8(${levelOf('value', definition, features)}) as level,
    [${score.signals.map(({ points }) => `round(toFloat64(${points}), 6)`).join(', ')}] as points,
    [${score.signals.map(({ matches }) => (matches === null ? 'toInt64(-1)' : `toInt64(${matches})`)).join(', ')}] as matches
  ${features.fromPeople(scopes.people)}`;
  return assemble('decide.profileScore', text, profileRow, features, 'people', moment);
}
