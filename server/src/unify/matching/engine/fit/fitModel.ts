import { setImmediate as pause } from 'node:timers/promises';
import type { MatchModel, MatchModelComparison, MatchSettings } from '@vitrail/contracts';
import { compileCompare } from '../compare/compileCompare.ts';
import { type Comparison, listComparisons } from '../compare/levels.ts';
import type { MatchSpace, MatchWork } from '../types.ts';
import { Workbench } from '../work.ts';
import { type ComparisonShape, type Estimate, estimate } from './estimate.ts';
import { halvesRow, type Patterns, patternHalves, readPatterns } from './patterns.ts';

const randomPairs = 2_000_000;
const sampledRecords = 250_000;
/** What housemates may have in common beyond strangers: a given name or birth date of twins and namesakes, no identifier. */
const housematesShare: Readonly<Partial<Record<MatchSettings['comparisons'][number]['method'], number>>> = {
  given_name: 0.1,
  birth_date: 0.1,
  identifier: 0.01,
};

/**
 * Where identifiers have joined most people before, the pairs that are left are too few to learn from: without this the
 * class of one person became a class of namesakes, with other birth dates and look-alike given names (docs/adr/0050).
 */
const lifelongPairs = 1_000;
const lifelong: ReadonlySet<MatchSettings['comparisons'][number]['method']> = new Set([
  'given_name',
  'family_name',
  'birth_date',
]);

/** Estimates a model from all compared pairs and a random sample of pairs. The same records give the same model. */
export async function fitModel(
  space: MatchSpace,
  settings: MatchSettings,
  work: MatchWork = {},
  { linkOnly = false }: { readonly linkOnly?: boolean } = {},
): Promise<MatchModel> {
  const bench = new Workbench(space, work);
  const comparisons = listComparisons(settings.comparisons);
  bench.progress('fit', 0, 3);
  const compared = await readCompared(bench, comparisons.length);
  bench.progress('fit', 1, 3);
  const { records, allPairs } = await countPairs(bench, linkOnly);
  const random = await readRandom(bench, comparisons, settings.seed, records, linkOnly);
  bench.progress('fit', 2, 3);
  const found = await estimate({
    shapes: comparisons.map((each) => shapeOf(each, comparisons)),
    compared,
    random,
    allPairs,
    pause: async () => {
      work.signal?.throwIfAborted();
      await pause();
    },
  });
  const filled = await countFilled(bench, settings);
  bench.progress('fit', 3, 3);
  const total = (patterns: Patterns): number => patterns.counts.reduce((sum, count) => sum + count, 0);
  return {
    format: 1,
    settings,
    prior: found.prior,
    comparisons: comparisons.map((each, at) => modelOf(each, found, at, filled.get(each.field) ?? 0)),
    window: {
      records,
      pairs: total(compared),
      randomPairs: total(random),
      rounds: found.rounds,
      converged: found.converged,
    },
    diagnostics: {
      expectedMatches: found.expectedMatches,
      expectedHousemates: found.expectedHousemates,
      warnings: warningsOf(found, total(compared)),
    },
  };
}

const shapeOf = ({ name, field, method, levels }: Comparison, all: readonly Comparison[]): ComparisonShape => ({
  name,
  levels,
  unlikeNames:
    method === 'email' && name !== `${field}_other_name`
      ? all.findIndex((each) => each.name === `${field}_other_name`)
      : null,
  isAddress: method === 'address',
  housematesShare: housematesShare[method] ?? null,
  knownPairs: lifelong.has(method) ? lifelongPairs : 0,
});

function modelOf(
  { name, field, method, termFrequency, levels }: Comparison,
  { m, u, h, prior }: Estimate,
  at: number,
  filled: number,
): MatchModelComparison {
  const share = (tables: readonly Float64Array[], level: number): number => tables[at]?.[level] ?? 0;
  return {
    name,
    field,
    method,
    termFrequency,
    filled,
    levels: levels.map((level, index) => ({
      name: level,
      m: share(m, index),
      u: share(u, index),
      // Where no households were found the third class is a stranger.
      h: prior.household > 0 ? share(h, index) : share(u, index),
    })),
  };
}

function warningsOf({ converged, expectedMatches, prior }: Estimate, compared: number): string[] {
  const warnings: string[] = [];
  if (!converged) warnings.push('not_converged');
  if (compared === 0) warnings.push('nothing_compared');
  else if (expectedMatches < 20) warnings.push('few_matches');
  if (prior.household === 0) warnings.push('no_households');
  return warnings;
}

const patternRow = { ...halvesRow, pairs: 'UInt64' } as const;

async function readCompared(bench: Workbench, width: number): Promise<Patterns> {
  const rows = await bench.rowsPlain(
    'patternsCompared',
    `select ${patternHalves}, count() as pairs from ${bench.table('compared')} group by pattern order by pattern`,
    patternRow,
  );
  return readPatterns(rows, width);
}

async function countPairs(bench: Workbench, linkOnly: boolean): Promise<{ records: number; allPairs: number }> {
  const rows = await bench.rowsPlain(
    'countSources',
    `select source, count() as records from ${bench.table('records')} final where removed = 0 group by source order by source`,
    { source: 'UInt8', records: 'UInt64' },
  );
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const records = rows.reduce((sum, row) => sum + row.records, 0);
  const within = linkOnly ? rows.reduce((sum, row) => sum + pairs(row.records), 0) : 0;
  return { records, allPairs: Math.max(1, pairs(records) - within) };
}

/**
 * Patterns of random pairs: the records of a sample in an order by hash, each with those some places further. Deterministic,
 * and on all threads, which a cross join is not. With few records every pair is taken.
 */
async function readRandom(
  bench: Workbench,
  comparisons: readonly Comparison[],
  seed: number,
  records: number,
  linkOnly: boolean,
): Promise<Patterns> {
  const sampled = Math.min(records, sampledRecords);
  const steps = Math.min(Math.ceil(randomPairs / Math.max(1, sampled)), Math.floor((sampled - 1) / 2));
  if (steps < 1) return readPatterns([], comparisons.length);
  const table = bench.table('records');
  const sample = `(select record_id, row_number() over (order by cityHash64(record_id, ${seed}), record_id) - 1 as place
    from (select record_id from ${table} final where removed = 0 order by cityHash64(record_id, ${seed}), record_id limit ${sampled}))`;
  const pairs = `(select a.record_id as left, b.record_id as right
    from (select record_id, (place + step) % ${sampled} as other from ${sample} array join range(1, ${steps + 1}) as step) as a
    inner join ${sample} as b on a.other = b.place)`;
  // Of the sample only: a table for the join of all records would grow with the file.
  const current = `(select * from ${table} final where record_id in (select record_id from ${sample}))`;
  const compared = compileCompare(comparisons, {
    pairs,
    extra: [],
    left: current,
    right: current,
    where: linkOnly ? 'where l.source != r.source' : '',
  });
  const rows = await bench.rowsPlain(
    'patternsRandom',
    `select ${patternHalves}, count() as pairs from (${compared}) group by pattern order by pattern
     settings short_circuit_function_evaluation = 'disable'`,
    patternRow,
  );
  return readPatterns(rows, comparisons.length);
}

async function countFilled(bench: Workbench, { comparisons }: MatchSettings): Promise<Map<string, number>> {
  const fields = comparisons.map(({ field }) => field);
  const sums = fields.map((field) => `countIf(n_${field} > 0)`).join(', ');
  const [row] = await bench.rowsPlain(
    'countFilled',
    `select [${sums}] as filled from ${bench.table('records')} final where removed = 0`,
    { filled: 'Array(UInt64)' },
  );
  return new Map(fields.map((field, index) => [field, row?.filled[index] ?? 0]));
}
