import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/useTranslation.tsx';

interface ColumnChooserProps {
  readonly columns: readonly { readonly id: string; readonly header: string; readonly fixed?: boolean }[];
  readonly shown: ReadonlySet<string>;
  readonly onChange: (id: string, shown: boolean) => void;
}

/** Which columns a table shows. */
export default function ColumnChooser({ columns, shown, onChange }: ColumnChooserProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Text size="xs" fw={600}>
        {t('table.columns')}
      </Text>
      {columns.map((column) => (
        <Checkbox
          key={column.id}
          size="xs"
          label={column.header}
          disabled={column.fixed === true}
          checked={shown.has(column.id)}
          onChange={(event) => onChange(column.id, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
