import type { MatchModel } from '@vitrail/contracts';
import { compileKeys } from '../block/writeKeys.ts';
import { compileCompare, countedFields } from '../compare/compileCompare.ts';
import { listComparisons } from '../compare/levels.ts';
import { halvesRow, patternHalves, unpackPattern } from '../fit/patterns.ts';
import type { MatchSpace, ScoredPair } from '../types.ts';
import { Workbench } from '../work.ts';
import { explain } from './explainPair.ts';

/** Candidates of one record at most: those of the rules that come first. */
const mostCandidates = 500;

/** The pairs of a few records with everyone, strongest first. */
export async function scoreRecords(
  space: MatchSpace,
  model: MatchModel,
  ids: readonly number[],
  { least = 0.01, signal }: { readonly least?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly ScoredPair[]> {
  if (ids.length === 0) return [];
  const bench = new Workbench(space, { threads: 2, lane: 'interactive', signal });
  const { settings } = model;
  const candidates = await findCandidates(bench, settings, ids);
  if (candidates.length === 0) return [];
  const comparisons = listComparisons(settings.comparisons);
  const wanted = [...new Set(candidates.flat())];
  const own = `(select * from ${bench.table('records')} final where record_id in {wanted:Array(UInt64)} and removed = 0)`;
  const compared = compileCompare(comparisons, {
    pairs:
      '(select pair.1 as left, pair.2 as right from (select arrayJoin(arrayZip({lefts:Array(UInt64)}, {rights:Array(UInt64)})) as pair))',
    extra: [],
    left: own,
    right: own,
  });
  const fields = countedFields(comparisons);
  const rows = await bench.rows(
    'compareRecords',
    `select left, right, ${patternHalves}, [${fields.map((field) => `c_${field}`).join(', ')}]::Array(UInt64) as counts
     from (${compared}) settings short_circuit_function_evaluation = 'disable'`,
    { left: 'UInt64', right: 'UInt64', ...halvesRow, counts: 'Array(UInt64)' },
    { wanted: 'Array(UInt64)', lefts: 'Array(UInt64)', rights: 'Array(UInt64)' },
    { wanted, lefts: candidates.map(([left]) => left), rights: candidates.map(([, right]) => right) },
  );
  // Added up here: planning a statement with every weight in it would take longer than all else.
  return rows
    .map(({ left, right, counts, ...halves }): ScoredPair => {
      const levels = unpackPattern(halves, model.comparisons.length);
      const agreed = Object.fromEntries(fields.map((field, index) => [field, counts[index] ?? 0]));
      const { weight, householdWeight, probability } = explain(model, { levels, counts: agreed, values: {} });
      return {
        left,
        right,
        weight,
        householdWeight,
        probability,
        band: bandOf(probability, settings.thresholds),
        levels,
      };
    })
    .filter(({ probability }) => probability >= least)
    .sort((a, b) => b.probability - a.probability || a.left - b.left || a.right - b.right);
}

const bandOf = (probability: number, { auto, review }: MatchModel['settings']['thresholds']): ScoredPair['band'] =>
  probability > auto ? 'auto' : probability >= review ? 'review' : 'apart';

/** Who shares a key with one of these records, by the primary key of the keys; a key of too many is left out. */
async function findCandidates(
  bench: Workbench,
  settings: MatchModel['settings'],
  ids: readonly number[],
): Promise<[number, number][]> {
  const own = `(select * from ${bench.table('records')} final where record_id in {ids:Array(UInt64)} and removed = 0)`;
  const keys = await bench.rows(
    'keysOfRecords',
    `select rule, toString(key) as key, record_id as record from (${compileKeys(settings, own)})`,
    { rule: 'UInt8', key: 'String', record: 'UInt64' },
    { ids: 'Array(UInt64)' },
    { ids },
  );
  if (keys.length === 0) return [];
  const pairs = [...new Map(keys.map(({ rule, key }) => [`${rule} ${key}`, { rule, key }])).values()];
  const caps = new Map(
    (
      await bench.rowsPlain('readCaps', `select rule, cap from ${bench.table('caps')}`, {
        rule: 'UInt8',
        cap: 'UInt32',
      })
    ).map(({ rule, cap }) => [rule, cap]),
  );
  const shared = await bench.rows(
    'whoSharesKeys',
    `select rule, toString(key) as key, groupUniqArray(${Math.max(2, ...caps.values()) + 1})(record_id) as records
     from ${bench.table('keys')}
     where (rule, key) in (select pair.1, toUInt64(pair.2) from (select arrayJoin(arrayZip({rules:Array(UInt8)}, {keys:Array(String)})) as pair))
     group by rule, key order by rule, key`,
    { rule: 'UInt8', key: 'String', records: 'Array(UInt64)' },
    { rules: 'Array(UInt8)', keys: 'Array(String)' },
    { rules: pairs.map(({ rule }) => rule), keys: pairs.map(({ key }) => key) },
  );
  return pairUp(
    keys,
    shared.filter(({ rule, records }) => records.length <= (caps.get(rule) ?? 0)),
  );
}

function pairUp(
  keys: readonly { rule: number; key: string; record: number }[],
  shared: readonly { rule: number; key: string; records: readonly number[] }[],
): [number, number][] {
  const owners = new Map<string, number[]>();
  for (const { rule, key, record } of keys) {
    const name = `${rule} ${key}`;
    owners.set(name, [...(owners.get(name) ?? []), record]);
  }
  const seen = new Map<number, Set<number>>();
  const found: [number, number][] = [];
  const done = new Set<string>();
  for (const { rule, key, records } of shared) {
    for (const owner of owners.get(`${rule} ${key}`) ?? []) {
      const known = seen.get(owner) ?? new Set<number>();
      seen.set(owner, known);
      for (const other of records) {
        if (other === owner || known.has(other) || known.size >= mostCandidates) continue;
        known.add(other);
        const pair: [number, number] = [Math.min(owner, other), Math.max(owner, other)];
        const name = pair.join(' ');
        if (!done.has(name)) found.push(pair);
        done.add(name);
      }
    }
  }
  return found;
}
