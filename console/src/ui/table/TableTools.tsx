import { ActionIcon, Group, Popover, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBookmark, IconColumns3, IconDownload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { saveFile, toCsv } from '../csv.ts';
import { useFormat } from '../format/FormatProvider.tsx';
import type { Column, ColumnChoice } from './columns.ts';
import { readSort, type Sorting, writeSort } from './sorting.ts';

// Loaded when first opened.
const ColumnChooser = lazy(() => import('./ColumnChooser.tsx'));
const SortChooser = lazy(() => import('./SortChooser.tsx'));
const SavedViews = lazy(() => import('./SavedViews.tsx'));

interface TableToolsProps<Row> {
  readonly id: string;
  readonly columns: readonly Column<Row>[];
  readonly shown: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly choice: ColumnChoice;
  readonly sorting: Sorting;
  readonly onChoose: (choice: ColumnChoice) => void;
  /** The list is a page whose filters stand in its address: they can be saved with the columns. */
  readonly views: boolean;
}

/** Saved views, which columns, and the rows read so far as CSV. */
export function TableTools<Row>(props: TableToolsProps<Row>) {
  const { id, columns, shown, rows, choice, onChoose, views, sorting } = props;
  const isNarrow = useMediaQuery('(max-width: 47.99em)');
  const [viewsOpened, setViewsOpened] = useState(false);
  const { t } = useTranslation();
  const { settings } = useFormat();
  const save = () => {
    const written = shown.flatMap(({ header, text }) => (text === undefined ? [] : [{ header, text }]));
    const content = toCsv(
      written.map(({ header }) => header),
      rows.map((row) => written.map(({ text }) => text(row))),
      settings.locale,
    );
    saveFile(`${id}.csv`, content);
  };
  return (
    <Group gap={4} wrap="nowrap">
      {isNarrow && shown.some((column) => sorting.isSortable(column.id)) ? (
        <Suspense>
          <SortChooser columns={shown.map(({ id, header }) => ({ id, header }))} sorting={sorting} />
        </Suspense>
      ) : null}
      {views ? (
        <Popover position="bottom-end" trapFocus returnFocus opened={viewsOpened} onChange={setViewsOpened}>
          <Popover.Target>
            <ActionIcon
              aria-label={t('views.title')}
              title={t('views.title')}
              onClick={() => setViewsOpened((opened) => !opened)}
            >
              <IconBookmark size={18} aria-hidden="true" />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <Suspense>
              <SavedViews
                list={id}
                columns={choice}
                onColumns={onChoose}
                onDone={() => setViewsOpened(false)}
                sort={sorting.isLocal ? writeSort(sorting.current) : undefined}
                onSort={sorting.isLocal ? (sort) => sorting.change(readSort(sort)) : undefined}
              />
            </Suspense>
          </Popover.Dropdown>
        </Popover>
      ) : null}
      <Popover position="bottom-end" trapFocus returnFocus>
        <Popover.Target>
          <ActionIcon aria-label={t('table.columns')} title={t('table.columns')}>
            <IconColumns3 size={18} aria-hidden="true" />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <Suspense>
            <ColumnChooser
              columns={columns}
              shown={new Set(shown.map((column) => column.id))}
              onChange={(column, on) => onChoose({ ...choice, [column]: on })}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <Tooltip label={t('table.csv', { count: rows.length })}>
        <ActionIcon aria-label={t('table.csv', { count: rows.length })} onClick={save} disabled={rows.length === 0}>
          <IconDownload size={18} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
