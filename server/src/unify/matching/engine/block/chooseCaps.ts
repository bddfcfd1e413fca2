import type { Workbench } from '../work.ts';

/** Pairs for each record: of all rules, of one rule at most, and kept back for each rule that is still to come. */
const inAll = 12;
const ofOne = 3;
const keptBack = 0.5;
/** Few records may have more: comparing a quarter of a million pairs is nothing. */
const always = 250_000;

/**
 * For each rule the largest cap, up to the wanted one, that keeps the pairs within bounds. Rules that come first are
 * served first: what people type most carefully is worth most.
 */
export async function chooseCaps(bench: Workbench, wanted: readonly number[]): Promise<number[]> {
  const sizes = await bench.rowsPlain(
    'sizesOfKeys',
    `select rule, size, count() as keys from (
       select rule, key, count() as size from ${bench.table('keys')} group by rule, key having size > 1
     ) group by rule, size order by rule, size`,
    { rule: 'UInt8', size: 'UInt64', keys: 'UInt64' },
  );
  const [row] = await bench.rowsPlain('countRecords', `select count() as records from ${bench.table('records')}`, {
    records: 'UInt64',
  });
  const records = row?.records ?? 0;
  let left = records * inAll;
  return wanted.map((cap, rule) => {
    const later = (wanted.length - rule - 1) * keptBack * records;
    const budget = Math.max(always, Math.min(records * ofOne, left - later));
    let [pairs, chosen] = [0, 1];
    for (const { size, keys } of sizes.filter((each) => each.rule === rule && each.size <= cap)) {
      const more = (keys * size * (size - 1)) / 2;
      if (pairs + more > budget) break;
      pairs += more;
      chosen = size;
    }
    left -= pairs;
    return chosen;
  });
}
