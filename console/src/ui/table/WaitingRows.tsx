import { Skeleton } from '@mantine/core';
import type { Column } from './columns.ts';
import styles from './DataTable.module.css';

/** Rows that stand in while the list loads. */
const waitingRows = Array.from({ length: 8 }, (_, at) => at);

interface WaitingRowsProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly hasBox: boolean;
}

export function WaitingRows<Row>({ columns, hasBox }: WaitingRowsProps<Row>) {
  return waitingRows.map((at) => (
    <tr key={at} className={styles.waiting}>
      {hasBox ? <td className={styles.choose} /> : null}
      {columns.map((column, position) => (
        <td key={column.id} data-align={column.align}>
          <Skeleton height={12} width={position === 0 ? '70%' : `${45 + ((at * 7 + position * 13) % 30)}%`} />
        </td>
      ))}
    </tr>
  ));
}
