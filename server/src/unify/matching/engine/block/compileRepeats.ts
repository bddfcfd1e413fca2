import type { MatchSettings } from '@vitrail/contracts';
import { compileColumns } from '../normalise/compileColumns.ts';
import type { Workbench } from '../work.ts';

/** Fewer filled comparisons say too little: thousands may share an e-mail and nothing else. */
const leastFilled = 3;
/** In place of the number of a rule. */
const repeatsRule = 255;

/**
 * Records that say exactly the same, more of them than any rule compares: each with the next one, so that as many pairs as
 * records are compared and not their square. All the same record a thousand times would otherwise be proposed by no rule.
 */
export function compileRepeats(
  bench: Workbench,
  { comparisons }: MatchSettings,
  smallestCap: number,
  linkOnly: boolean,
): string {
  const values = comparisons.flatMap((each) =>
    compileColumns(each)
      .map(({ name }) => name)
      .filter((name) => name.startsWith('v_')),
  );
  const filled = comparisons.map(({ field }) => `(n_${field} > 0)`).join(' + ');
  return `insert into ${bench.table('proposed')}
    select pair.1.1 as left, pair.2.1 as right, ${repeatsRule} as rule from (
      select arrayJoin(arrayZip(arrayPopBack(members), arrayPopFront(members))) as pair from (
        select arraySort(groupArray((record_id, source))) as members from (
          select record_id, source, cityHash64(${values.join(', ')}) as said from ${bench.table('records')}
          where ${filled} >= ${leastFilled}
        ) group by said having count() > ${Math.max(1, smallestCap)}
      )
    )${linkOnly ? ' where pair.1.2 != pair.2.2' : ''}`;
}
