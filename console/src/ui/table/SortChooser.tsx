import { Select } from '@mantine/core';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { readSort, type Sorting, writeSort } from './sorting.ts';

interface SortChooserProps {
  readonly columns: readonly { readonly id: string; readonly header: string }[];
  readonly sorting: Sorting;
}

/** Sorting where the headers are not drawn: on a narrow screen. */
export default function SortChooser({ columns, sorting }: SortChooserProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      w={150}
      aria-label={t('table.sort')}
      placeholder={t('table.sort')}
      clearable
      value={writeSort(sorting.current) ?? null}
      onChange={(value) => sorting.change(readSort(value))}
      data={columns
        .filter(({ id }) => sorting.isSortable(id))
        .flatMap(({ id, header }) => [
          { value: id, label: `${header} ↑` },
          { value: `-${id}`, label: `${header} ↓` },
        ])}
    />
  );
}
