import type { Comparison } from './levels.ts';

/** Bits of a level in a pattern: sixteen comparisons of sixteen levels in 64 bits. */
export const levelBits = 4;

export interface CompareTables {
  /** Subquery with `left`, `right` and perhaps `extra` columns. */
  readonly pairs: string;
  readonly extra: readonly string[];
  /** Tables or subqueries with the prepared columns of each side. */
  readonly left: string;
  readonly right: string;
  readonly where?: string;
  /** Columns of the sides (`l_…`, `r_…`) to hand on; every column costs the planner time. */
  readonly values?: readonly string[];
}

/** Fields whose value's frequency counts, once each: the e-mail's three comparisons share one. */
export const countedFields = (comparisons: readonly Comparison[]): string[] => [
  ...new Set(comparisons.filter(({ countColumn }) => countColumn !== null).map(({ field }) => field)),
];

/**
 * Pairs with the level of each comparison (`g_<name>`), packed into `pattern`, and for each counted field the number of
 * records with the value on which they agree exactly (`c_<field>`, 0 when they do not). Nothing here depends on a model.
 */
export function compileCompare(comparisons: readonly Comparison[], tables: CompareTables): string {
  const counted = countedFields(comparisons);
  const counts = comparisons.flatMap(({ field }) => `n_${field}`);
  const columns = [...new Set([...comparisons.flatMap((each) => each.columns), ...counts])];
  const measures = new Map(comparisons.flatMap((each) => each.measures).map(({ name, sql }) => [name, sql]));
  const levels = comparisons.map(({ name, sql }) => `toUInt8(${sql}) as g_${name}`);
  const pattern = comparisons
    .map(({ name }, index) => `bitShiftLeft(toUInt64(g_${name}), ${index * levelBits})`)
    .join(' + ');
  const agreed = counted.map((field) => {
    const exact = comparisons
      .filter((each) => each.field === field)
      .map(({ name, levels: names }) => `g_${name} between 1 and ${names[2] === 'exact_crowded' ? 2 : 1}`);
    return `toUInt32(if(${exact.join(' or ')}, greatest(l_n_${field}, r_n_${field}), 0)) as c_${field}`;
  });
  const extra = tables.extra.map((name) => `p.${name} as ${name}`);
  const sides = columns.flatMap((name) => [`l.${name} as l_${name}`, `r.${name} as r_${name}`]);
  const kept = ['left', 'right', ...tables.extra, ...(tables.values ?? []), `${pattern} as pattern`, ...agreed];
  return `select ${kept.join(', ')} from (
    select *, ${levels.join(',\n      ')} from (
      select *, ${[...measures].map(([name, sql]) => `${sql} as ${name}`).join(', ') || '0 as m_none'} from (
        select ${['p.left as left', 'p.right as right', ...extra, ...sides].join(', ')}
        from ${tables.pairs} as p
        inner join ${tables.left} as l on p.left = l.record_id
        inner join ${tables.right} as r on p.right = r.record_id
        ${tables.where ?? ''}
      )
    )
  )`;
}
