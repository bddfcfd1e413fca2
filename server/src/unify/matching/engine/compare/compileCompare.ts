import type { Comparison } from './levels.ts';

/** Bits of a level in a pattern: sixteen comparisons of sixteen levels in 64 bits. */
export const levelBits = 4;

/** Every record of a table or subquery with itself. */
export interface CompareSelf {
  readonly self: string;
}

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
export function compileCompare(comparisons: readonly Comparison[], tables: CompareTables | CompareSelf): string {
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
  const { extra, values, rows } = 'self' in tables ? withThemselves(columns, tables) : inPairs(columns, tables);
  const kept = ['left', 'right', ...extra, ...values, `${pattern} as pattern`, ...agreed];
  return `select ${kept.join(', ')} from (
    select *, ${levels.join(',\n      ')} from (
      select *, ${[...measures].map(([name, sql]) => `${sql} as ${name}`).join(', ') || '0 as m_none'} from (
        ${rows}
      )
    )
  )`;
}

interface Sides {
  readonly extra: readonly string[];
  readonly values: readonly string[];
  /** Query with `left`, `right`, the extra columns, and each column as `l_…` and `r_…`. */
  readonly rows: string;
}

function inPairs(columns: readonly string[], { pairs, extra, left, right, where, values }: CompareTables): Sides {
  const sides = columns.flatMap((name) => [`l.${name} as l_${name}`, `r.${name} as r_${name}`]);
  const handed = extra.map((name) => `p.${name} as ${name}`);
  const rows = `select ${['p.left as left', 'p.right as right', ...handed, ...sides].join(', ')}
        from ${pairs} as p
        inner join ${left} as l on p.left = l.record_id
        inner join ${right} as r on p.right = r.record_id
        ${where ?? ''}`;
  return { extra, values: values ?? [], rows };
}

function withThemselves(columns: readonly string[], { self }: CompareSelf): Sides {
  const sides = columns.flatMap((name) => [`${name} as l_${name}`, `${name} as r_${name}`]);
  const rows = `select record_id as left, record_id as right, ${sides.join(', ')} from ${self}`;
  return { extra: [], values: [], rows };
}
