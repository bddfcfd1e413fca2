import { useLocalStorage } from '@mantine/hooks';
import type { PagedRows } from '../../api/pages.ts';
import { useFormat } from '../format/FormatProvider.tsx';
import type { Column } from './columns.ts';
import { readSort, type ServerSort, type Sorting, sortRows, writeSort } from './sorting.ts';

/**
 * The rows in the order the reader chose. A list that is wholly on the page is sorted here and remembers it in the browser;
 * of one that comes in pages the server is asked, and where it cannot sort, nobody does: never the loaded part alone.
 */
export function useSorting<Row>(
  id: string,
  columns: readonly Column<Row>[],
  list: PagedRows<Row>,
  server: ServerSort | undefined,
): { readonly rows: readonly Row[]; readonly sorting: Sorting } {
  const { settings } = useFormat();
  const [stored, store] = useLocalStorage<string>({ key: `vitrail.sort.${id}`, defaultValue: '' });
  if (server !== undefined) {
    const isSortable = (column: string) => server.columns.includes(column);
    const current = readSort(server.value);
    return {
      rows: list.rows,
      sorting: {
        isLocal: false,
        current: current !== null && isSortable(current.column) ? current : null,
        isSortable,
        change: (sort) => server.onChange(writeSort(sort)),
      },
    };
  }
  const isWhole = !list.isLoading && !list.hasMore;
  const current = isWhole ? readSort(stored) : null;
  return {
    rows: sortRows(list.rows, columns, current, settings.locale),
    sorting: {
      isLocal: true,
      current,
      isSortable: (column) => isWhole && columns.find((each) => each.id === column)?.text !== undefined,
      change: (sort) => store(writeSort(sort) ?? ''),
    },
  };
}
