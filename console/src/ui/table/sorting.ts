import type { Column } from './columns.ts';

export interface TableSort {
  readonly column: string;
  readonly order: 'asc' | 'desc';
}

/** Sorting done by the server, where only a part of the list is on the page; its column and direction stand in the address. */
export interface ServerSort {
  /** `name`, `-revenue` for downwards; nothing for the list's own order. */
  readonly value: string | undefined;
  readonly columns: readonly string[];
  readonly onChange: (value: string | undefined) => void;
}

/** What the rows are sorted by and what a header does; null where a list cannot be sorted. */
export interface Sorting {
  /** Done here and remembered here, not in the address of the page. */
  readonly isLocal: boolean;
  readonly current: TableSort | null;
  readonly isSortable: (column: string) => boolean;
  readonly change: (sort: TableSort | null) => void;
}

export function readSort(text: string | null | undefined): TableSort | null {
  if (text === null || text === undefined || text === '' || text === '-') return null;
  return text.startsWith('-') ? { column: text.slice(1), order: 'desc' } : { column: text, order: 'asc' };
}

export const writeSort = (sort: TableSort | null): string | undefined =>
  sort === null ? undefined : `${sort.order === 'desc' ? '-' : ''}${sort.column}`;

/** Figures and dates begin with the greatest, texts with A; the third time the list's own order is back. */
export function nextSort<Row>(column: Pick<Column<Row>, 'id' | 'align'>, current: TableSort | null): TableSort | null {
  const first = column.align === 'end' ? 'desc' : 'asc';
  if (current?.column !== column.id) return { column: column.id, order: first };
  return current.order === first ? { column: column.id, order: first === 'asc' ? 'desc' : 'asc' } : null;
}

const isMissing = (value: string | number | null | undefined): value is null | undefined | '' =>
  value === null || value === undefined || value === '';

/** Rows in the order of a column's values, as the reader's language orders texts; rows without a value come last. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: TableSort | null,
  locale: string,
): readonly Row[] {
  const value = columns.find(({ id }) => id === sort?.column)?.text;
  if (sort === null || value === undefined) return rows;
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const direction = sort.order === 'asc' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: value(row) }));
  keyed.sort((a, b) => {
    if (isMissing(a.key)) return isMissing(b.key) ? 0 : 1;
    if (isMissing(b.key)) return -1;
    const order =
      typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : compare(`${a.key}`, `${b.key}`);
    return order * direction;
  });
  return keyed.map(({ row }) => row);
}
