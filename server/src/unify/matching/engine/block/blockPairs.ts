import type { MatchSettings } from '@vitrail/contracts';
import { compileCompare, countedFields } from '../compare/compileCompare.ts';
import { type Comparison, listComparisons } from '../compare/levels.ts';
import type { BlockSummary, MatchSpace, MatchWork } from '../types.ts';
import { Workbench } from '../work.ts';
import { chooseCaps } from './chooseCaps.ts';
import { usableRules } from './compileKey.ts';
import { compileRepeats } from './compileRepeats.ts';

/** Pairs compared at once: bounds memory. */
const chunk = 1_500_000;

/** Proposes pairs by the blocking rules and compares each once. */
export async function blockPairs(
  space: MatchSpace,
  settings: MatchSettings,
  { linkOnly = false }: { readonly linkOnly?: boolean },
  work: MatchWork = {},
): Promise<BlockSummary> {
  const bench = new Workbench(space, work);
  const rules = usableRules(settings.blocking, settings.comparisons);
  const caps = await chooseCaps(
    bench,
    rules.map(({ cap }) => cap),
  );
  await writeCaps(bench, caps);
  await bench.drop('proposed');
  await bench.define(
    'createProposed',
    `create table if not exists ${bench.table('proposed')} (left UInt64, right UInt64, rule UInt8) engine = MergeTree order by (left, right)`,
  );
  for (const [rule] of rules.entries()) {
    bench.progress('block', rule, rules.length);
    await bench.runPlain('propose', compilePropose(bench, rule, caps[rule] ?? 2, linkOnly));
  }
  await bench.runPlain('proposeRepeats', compileRepeats(bench, settings, Math.min(...caps), linkOnly));
  bench.progress('block', rules.length, rules.length);
  const comparisons = listComparisons(settings.comparisons);
  return comparePairs(bench, comparisons);
}

/** The caps in force, for records that are compared one by one later. */
async function writeCaps(bench: Workbench, caps: readonly number[]): Promise<void> {
  await bench.drop('caps');
  await bench.define(
    'createCaps',
    `create table if not exists ${bench.table('caps')} (rule UInt8, cap UInt32) engine = MergeTree order by (rule)`,
  );
  await bench.run(
    'writeCaps',
    `insert into ${bench.table('caps')} select pair.1 - 1, pair.2 from (
       select arrayJoin(arrayZip(arrayEnumerate({caps:Array(UInt32)}), {caps:Array(UInt32)})) as pair)`,
    { caps: 'Array(UInt32)' },
    { caps },
  );
}

/** Pairs of records that share a key of a rule, unless too many share it. */
function compilePropose(bench: Workbench, rule: number, cap: number, linkOnly: boolean): string {
  const keys = `(select key, groupArray((record_id, source)) as members from ${bench.table('keys')} where rule = ${rule} group by key having length(members) between 2 and ${cap})`;
  return `insert into ${bench.table('proposed')}
    select least(a.1, b.1) as left, greatest(a.1, b.1) as right, ${rule} as rule from (
      select a, arrayJoin(arraySlice(members, place + 1)) as b from (
        select members, a, place from ${keys} array join members as a, arrayEnumerate(members) as place
      )
    )${linkOnly ? ' where a.2 != b.2' : ''}`;
}

async function comparePairs(bench: Workbench, comparisons: readonly Comparison[]): Promise<BlockSummary> {
  const counts = countedFields(comparisons).map((field) => `c_${field}`);
  await bench.drop('compared');
  await bench.define(
    'createCompared',
    `create table if not exists ${bench.table('compared')} (left UInt64, right UInt64, rule UInt8, pattern UInt64${counts.map((name) => `, ${name} UInt32`).join('')}) engine = MergeTree order by (left, right)`,
  );
  const bounds = await chunkBounds(bench);
  for (const [index, [from, to]] of bounds.entries()) {
    bench.progress('compare', index, bounds.length);
    const within = `between ${from} and ${to}`;
    const compared = compileCompare(comparisons, {
      pairs: `(select left, right, min(rule) as rule from ${bench.table('proposed')} where left ${within} group by left, right)`,
      extra: ['rule'],
      left: `(select * from ${bench.table('records')} where record_id ${within})`,
      // A table for the join of all records would grow with the file.
      right: `(select * from ${bench.table('records')} where record_id in (select right from ${bench.table('proposed')} where left ${within}))`,
    });
    await bench.runPlain(
      'compare',
      `insert into ${bench.table('compared')} select left, right, rule, pattern${counts.map((name) => `, ${name}`).join('')} from (${compared})
       settings short_circuit_function_evaluation = 'disable'`,
    );
  }
  await bench.drop('proposed');
  bench.progress('compare', bounds.length, bounds.length);
  const [row] = await bench.rowsPlain('countCompared', `select count() as pairs from ${bench.table('compared')}`, {
    pairs: 'UInt64',
  });
  return { pairs: row?.pairs ?? 0 };
}

/** Ranges of `left` with about as many proposals each. */
async function chunkBounds(bench: Workbench): Promise<[string, string][]> {
  const [row] = await bench.rowsPlain('countProposed', `select count() as pairs from ${bench.table('proposed')}`, {
    pairs: 'UInt64',
  });
  const parts = Math.max(1, Math.ceil((row?.pairs ?? 0) / chunk));
  if (parts === 1) return [['0', '18446744073709551615']];
  const levels = Array.from({ length: parts - 1 }, (_, index) => (index + 1) / parts).join(', ');
  const [found] = await bench.rowsPlain(
    'splitProposed',
    `select arrayMap(bound -> toString(bound), quantilesExact(${levels})(left)) as bounds from ${bench.table('proposed')}`,
    { bounds: 'Array(String)' },
  );
  const inner = [...new Set(found?.bounds ?? [])];
  const starts = ['0', ...inner.map((bound) => (BigInt(bound) + 1n).toString())];
  return starts.map((start, index) => [start, inner[index] ?? '18446744073709551615']);
}
