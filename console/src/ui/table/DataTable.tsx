import { Group, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { lazy, type ReactNode, type Ref, Suspense, useRef } from 'react';
import type { PagedRows } from '../../api/pages.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../format/FormatProvider.tsx';
import { ProblemAlert } from '../ProblemAlert.tsx';
import { type RowChoice, useChoosing } from './choosing.ts';
import { type Column, type ColumnChoice, choiceKey, isShown, readChoice } from './columns.ts';
import styles from './DataTable.module.css';
import { HeaderRow } from './HeaderRow.tsx';
import { LoadMore } from './LoadMore.tsx';
import type { ServerSort } from './sorting.ts';
import { TableRow } from './TableRow.tsx';
import { TableTools } from './TableTools.tsx';
import { useSorting } from './useSorting.ts';
import { WaitingRows } from './WaitingRows.tsx';

// Loaded with the first long list.
const VirtualRows = lazy(() => import('./VirtualRows.tsx'));

interface DataTableProps<Row> {
  /** Names the remembered columns and the CSV file. */
  readonly id: string;
  /** What the table lists: its accessible name. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly list: PagedRows<Row>;
  readonly rowKey: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** Shown when there is nothing at all. */
  readonly empty: ReactNode;
  /** Search and filters, left of the tools. */
  readonly filters?: ReactNode;
  readonly total?: number | undefined;
  readonly tools?: boolean;
  /** Filters (in the address of the page) and columns can be saved under a name. */
  readonly views?: boolean;
  /** The server sorts; without it a list is sorted here as soon as it is wholly on the page. */
  readonly sort?: ServerSort | undefined;
  /** Rows can be chosen. */
  readonly choice?: RowChoice<Row> | undefined;
}

const virtualFrom = 80;

/** A list of any length: skeleton, empty, failed, few, and 100,000 rows of which only the visible are drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, label, columns, list, rowKey, onOpen, empty, filters, total, tools = true, views = false } = props;
  const { sort, choice: picking } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const body = useRef<HTMLTableSectionElement>(null);
  const [choice, setChoice] = useLocalStorage<ColumnChoice>({
    key: choiceKey(id),
    defaultValue: {},
    deserialize: (stored) => readChoice(stored ?? null),
  });
  const shown = columns.filter((column) => isShown(column, choice));
  const { rows, sorting } = useSorting(id, columns, list, sort);
  const choosing = useChoosing(picking, rows.map(rowKey));
  const isLong = !list.isLoading && rows.length >= virtualFrom;
  const keyOf = (at: number) => {
    const row = rows[at];
    return row === undefined ? String(at) : rowKey(row);
  };
  const boxOf = (row: Row, at: number) =>
    picking === undefined || choosing === null
      ? undefined
      : {
          label: t('table.choose', { name: picking.nameOf(row) }),
          checked: picking.chosen.has(rowKey(row)),
          onChange: (on: boolean, isRange: boolean) => choosing.choose(at, on, isRange),
        };
  const draw = (at: number, measure?: Ref<HTMLTableRowElement>) => {
    const row = rows[at];
    if (row === undefined) return null;
    const shared = { row, index: at, columns: shown, onOpen, rowRef: measure };
    return <TableRow key={rowKey(row)} {...shared} box={boxOf(row, at)} />;
  };

  const bar =
    tools || filters !== undefined ? (
      <Group justify="space-between" gap="xs" className={styles.bar}>
        <div className={styles.filters}>{filters}</div>
        {tools && (list.isLoading || list.rows.length > 0) ? (
          <TableTools
            id={id}
            columns={columns}
            shown={shown}
            rows={rows}
            sorting={sorting}
            choice={choice}
            onChoose={setChoice}
            views={views}
          />
        ) : null}
      </Group>
    ) : null;

  if (list.error !== null && list.rows.length === 0)
    return (
      <>
        {bar}
        <ProblemAlert error={list.error} onRetry={list.retry} />
      </>
    );
  if (!list.isLoading && list.rows.length === 0)
    return (
      <>
        {filters === undefined ? null : bar}
        {empty}
      </>
    );

  return (
    <>
      {bar}
      <table className={styles.table} aria-label={label} aria-busy={list.isLoading} aria-rowcount={total ?? -1}>
        <thead>
          <HeaderRow
            columns={shown}
            sorting={sorting}
            chosen={choosing?.ofPage ?? null}
            onChooseAll={(on) => choosing?.choosePage(on)}
          />
        </thead>
        <tbody ref={body}>
          {list.isLoading ? <WaitingRows columns={shown} hasBox={picking !== undefined} /> : null}
          {isLong ? null : rows.map((_, at) => draw(at))}
          {isLong ? (
            <Suspense fallback={rows.slice(0, virtualFrom).map((_, at) => draw(at))}>
              <VirtualRows count={rows.length} keyOf={keyOf} draw={draw} body={body} />
            </Suspense>
          ) : null}
        </tbody>
      </table>
      <Group justify="space-between" mt="xs" gap="xs" mih={32}>
        <Text size="xs" c="dimmed" aria-live="polite">
          {list.isLoading
            ? t('table.loading')
            : t('table.shown', { count: list.rows.length, total: total ?? -1, at: format.time(list.loadedAt) })}
        </Text>
        <LoadMore list={list} />
      </Group>
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
      {picking !== undefined && picking.chosen.size > 0 ? <div className={styles.bulk}>{picking.bar}</div> : null}
    </>
  );
}
