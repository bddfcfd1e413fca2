import { ActionIcon, Group, Popover, Tooltip } from '@mantine/core';
import { IconColumns3, IconDownload } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { saveFile, toCsv } from '../csv.ts';
import { useFormat } from '../format/FormatProvider.tsx';
import type { Column, ColumnChoice } from './columns.ts';

// Loaded when first opened.
const ColumnChooser = lazy(() => import('./ColumnChooser.tsx'));

interface TableToolsProps<Row> {
  readonly id: string;
  readonly columns: readonly Column<Row>[];
  readonly shown: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly choice: ColumnChoice;
  readonly onChoose: (choice: ColumnChoice) => void;
}

/** Which columns, and the rows read so far as CSV. */
export function TableTools<Row>({ id, columns, shown, rows, choice, onChoose }: TableToolsProps<Row>) {
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
