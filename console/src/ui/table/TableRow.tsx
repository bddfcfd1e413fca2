import type { Ref } from 'react';
import type { Column } from './columns.ts';
import styles from './DataTable.module.css';

interface TableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly rowRef?: Ref<HTMLTableRowElement> | undefined;
}

/** One row. A click anywhere opens it, except on a control or while text is being selected. */
export function TableRow<Row>({ row, index, columns, onOpen, rowRef }: TableRowProps<Row>) {
  return (
    <tr
      data-index={index}
      ref={rowRef}
      className={onOpen === undefined ? undefined : styles.open}
      onClick={(event) => {
        const inControl = event.target instanceof Element && event.target.closest('a,button,input,label') !== null;
        if (!inControl && window.getSelection()?.isCollapsed !== false) onOpen?.(row);
      }}
    >
      {columns.map((column, position) => (
        <td
          key={column.id}
          className={position === 0 ? styles.name : undefined}
          data-align={column.align}
          data-label={column.header}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
