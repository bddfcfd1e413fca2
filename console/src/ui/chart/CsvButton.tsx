import { Button } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { saveFile, toCsv } from '../csv.ts';
import { useFormat } from '../format/FormatProvider.tsx';

type Cell = string | number | null | undefined;

/** The numbers of a table as a file for the reader's spreadsheet. */
export function CsvButton(props: {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: () => readonly (readonly Cell[])[];
}) {
  const { t } = useTranslation();
  const { settings } = useFormat();
  return (
    <Button
      variant="default"
      size="compact-sm"
      flex="none"
      leftSection={<IconFileSpreadsheet size={15} aria-hidden="true" />}
      onClick={() => saveFile(`${props.name}.csv`, toCsv(props.head, props.rows(), settings.locale))}
    >
      {t('chart.csv')}
    </Button>
  );
}
