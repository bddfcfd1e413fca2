import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Box } from './Box.tsx';
import type { Column } from './columns.ts';
import styles from './DataTable.module.css';
import { nextSort, type Sorting } from './sorting.ts';

interface HeaderRowProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting;
  /** Rows can be chosen: how many of those on the page are. */
  readonly chosen: 'none' | 'some' | 'all' | null;
  readonly onChooseAll: (on: boolean) => void;
}

/** Names of the columns; a button where the list can be sorted by it. */
export function HeaderRow<Row>({ columns, sorting, chosen, onChooseAll }: HeaderRowProps<Row>) {
  const { t } = useTranslation();
  const { current } = sorting;
  return (
    <tr>
      {chosen === null ? null : (
        <th scope="col" className={styles.choose}>
          <Box
            label={t('table.choosePage')}
            checked={chosen === 'all'}
            partly={chosen === 'some'}
            onChange={onChooseAll}
          />
        </th>
      )}
      {columns.map((column) => {
        const order = current?.column === column.id ? current.order : null;
        const Arrow = order === null ? IconArrowsSort : order === 'asc' ? IconArrowUp : IconArrowDown;
        return (
          <th
            key={column.id}
            scope="col"
            data-align={column.align}
            style={{ width: column.width }}
            aria-sort={order === null ? undefined : order === 'asc' ? 'ascending' : 'descending'}
          >
            {sorting.isSortable(column.id) ? (
              <UnstyledButton
                className={styles.sort}
                data-sorted={order !== null}
                onClick={() => sorting.change(nextSort(column, current))}
              >
                {column.header}
                <Arrow size={13} aria-hidden="true" />
              </UnstyledButton>
            ) : (
              column.header
            )}
          </th>
        );
      })}
    </tr>
  );
}
