import type { Ref } from 'react';
import { Box } from './Box.tsx';
import type { Column } from './columns.ts';
import styles from './DataTable.module.css';

interface TableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly rowRef?: Ref<HTMLTableRowElement> | undefined;
  /** Its box, where rows can be chosen. */
  readonly box?: RowBox | undefined;
}

interface RowBox {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (on: boolean, isRange: boolean) => void;
}

/** One row. A click anywhere opens it, except on a control or while text is being selected. */
export function TableRow<Row>({ row, index, columns, onOpen, rowRef, box }: TableRowProps<Row>) {
  return (
    <tr
      data-index={index}
      ref={rowRef}
      className={onOpen === undefined ? undefined : styles.open}
      data-chosen={box?.checked === true || undefined}
      onClick={(event) => {
        const inControl = event.target instanceof Element && event.target.closest('a,button,input,label') !== null;
        if (!inControl && window.getSelection()?.isCollapsed !== false) onOpen?.(row);
      }}
    >
      {box === undefined ? null : (
        <td className={styles.choose}>
          <Box {...box} />
        </td>
      )}
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
