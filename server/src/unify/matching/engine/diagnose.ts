import type { MatchDiagnosis, MatchModel, MatchSettings } from '@vitrail/contracts';
import { chooseCaps } from './block/chooseCaps.ts';
import { usableRules } from './block/compileKey.ts';
import { compileCompare } from './compare/compileCompare.ts';
import { listComparisons } from './compare/levels.ts';
import { compileScore } from './score/compileScore.ts';
import type { MatchSpace, MatchWork } from './types.ts';
import { Workbench } from './work.ts';

/** What to know of the prepared records before believing a model. */
export async function diagnose(
  space: MatchSpace,
  settings: MatchSettings,
  work: MatchWork = {},
  model?: MatchModel,
): Promise<MatchDiagnosis> {
  const bench = new Workbench(space, work);
  const [row] = await bench.rowsPlain('countRecords', `select count() as records from ${current(bench)}`, {
    records: 'UInt64',
  });
  return {
    records: row?.records ?? 0,
    completeness: await completeness(bench, settings),
    blocking: await blocking(bench, settings),
    unlinkable: await unlinkable(bench, settings, model),
  };
}

const current = (bench: Workbench): string => `(select * from ${bench.table('records')} final where removed = 0)`;

async function completeness(bench: Workbench, { comparisons }: MatchSettings): Promise<MatchDiagnosis['completeness']> {
  const fields = comparisons.map(({ field }) => field);
  const list = (each: (field: string) => string): string => `[${fields.map(each).join(', ')}]`;
  // A value of n records is counted n times as 1/n: values are told apart without their texts.
  const [row] = await bench.rowsPlain(
    'completeness',
    `select count() as records, ${list((field) => `countIf(n_${field} > 0)`)} as filled,
      ${list((field) => `toUInt64(round(sumIf(1 / n_${field}, n_${field} > 0)))`)} as distincts,
      ${list((field) => `toUInt64(max(n_${field}))`)} as most from ${current(bench)}`,
    { records: 'UInt64', filled: 'Array(UInt64)', distincts: 'Array(UInt64)', most: 'Array(UInt64)' },
  );
  const records = Math.max(1, row?.records ?? 0);
  return fields.map((field, index) => ({
    field,
    filled: (row?.filled[index] ?? 0) / records,
    distinct: row?.distincts[index] ?? 0,
    mostFrequent: Math.min(1, (row?.most[index] ?? 0) / records),
  }));
}

async function blocking(bench: Workbench, settings: MatchSettings): Promise<MatchDiagnosis['blocking']> {
  const rules = usableRules(settings.blocking, settings.comparisons);
  const caps = await chooseCaps(
    bench,
    rules.map(({ cap }) => cap),
  );
  const limit = `transform(rule, [${caps.map((_, index) => index).join(', ')}], [${caps.join(', ')}], 0)`;
  const rows = await bench.rowsPlain(
    'blockingCounts',
    `select rule, sum(size) as records, sumIf(size * (size - 1) / 2, size <= ${limit}) as pairs,
      countIf(size > ${limit}) as capped, sumIf(size, size > ${limit}) as capped_records, maxIf(size, size > ${limit}) as largest
     from (select rule, key, count() as size from ${bench.table('keys')} group by rule, key) group by rule order by rule`,
    {
      rule: 'UInt8',
      records: 'UInt64',
      pairs: 'Float64',
      capped: 'UInt64',
      capped_records: 'UInt64',
      largest: 'UInt64',
    },
  );
  const own = await bench.rowsPlain(
    'ownPairs',
    `select rule, count() as pairs from ${bench.table('compared')} group by rule order by rule`,
    { rule: 'UInt8', pairs: 'UInt64' },
  );
  return rules.map(({ name }, index) => {
    const found = rows.find(({ rule }) => rule === index);
    return {
      rule: name,
      records: found?.records ?? 0,
      pairs: found?.pairs ?? 0,
      ownPairs: own.find(({ rule }) => rule === index)?.pairs ?? 0,
      cappedKeys: found?.capped ?? 0,
      cappedRecords: found?.capped_records ?? 0,
      largestCapped: found?.largest ?? 0,
    };
  });
}

/** Records no pair can reach, by the first reason that holds. */
async function unlinkable(
  bench: Workbench,
  settings: MatchSettings,
  model: MatchModel | undefined,
): Promise<MatchDiagnosis['unlinkable']> {
  const rules = usableRules(settings.blocking, settings.comparisons);
  const caps = await chooseCaps(
    bench,
    rules.map(({ cap }) => cap),
  );
  const limit = `transform(rule, [${caps.map((_, index) => index).join(', ')}], [${caps.join(', ')}], 0)`;
  const blank = settings.comparisons.map(({ field }) => `n_${field} = 0`).join(' and ');
  const weak = model === undefined ? '0' : `record_id in (${compileTooLittle(bench, model)})`;
  // Few keys are over their cap; the sizes of all of them would take more memory than the records.
  const rows = await bench.rowsPlain(
    'unlinkable',
    `select reason, count() as records from (
      select multiIf(${blank}, 'blank', keys.keys = 0, 'no_key', keys.open = 0, 'only_capped_keys', ${weak}, 'too_little', '') as reason
      from ${current(bench)} as r
      left any join (
        select record_id, count() as keys, countIf((rule, key) not in (
          select rule, key from ${bench.table('keys')} group by rule, key having count() > ${limit})) as open
        from ${bench.table('keys')} group by record_id
      ) as keys on r.record_id = keys.record_id
    ) where reason != '' group by reason order by reason
    -- Names are compared part by part: of many records at once that would be all their parts at once.
    settings max_block_size = 2048`,
    { reason: 'String', records: 'UInt64' },
  );
  const reasons = (['blank', 'no_key', 'only_capped_keys', 'too_little'] as const).flatMap((reason) =>
    rows.filter((row) => row.reason === reason).map(({ records }) => ({ reason, records })),
  );
  return { records: reasons.reduce((sum, { records }) => sum + records, 0), reasons };
}

/** Records that would not be joined automatically with an exact copy of themselves. */
function compileTooLittle(bench: Workbench, model: MatchModel): string {
  const compared = compileCompare(listComparisons(model.settings.comparisons), { self: current(bench) });
  return `select left from (${compileScore(model, model.settings.thresholds, `(${compared})`)}) where band != 'auto'`;
}
