import { Button, Group, NativeSelect, Pill, Popover, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { ReportFilter } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { useWords } from '../../segments/builder/vocabulary.tsx';
import { useDimensionName } from './DimensionPicker.tsx';
import { dimensionOf, type Field } from './dimensions.ts';

/** Narrows a report: each filter is a sentence one can take away. */
export function Filters(props: {
  readonly fields: readonly Field[];
  readonly properties: boolean;
  readonly filters: readonly ReportFilter[];
  readonly onChange: (filters: ReportFilter[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useDimensionName();
  const { filters, onChange } = props;
  const valueText = (value: string): string => (value === '' ? t('analytics.notSet') : value);
  return (
    <Group gap="xs">
      {filters.map((filter, at) => {
        const text = t(`analytics.filterText.${filter.op}`, {
          name: nameOf(filter),
          values: format.list(filter.values.map(valueText)),
        });
        return (
          <Pill
            key={text}
            withRemoveButton
            removeButtonProps={{ 'aria-label': t('analytics.removeFilter', { text }), tabIndex: 0 }}
            onRemove={() => onChange(filters.filter((_, place) => place !== at))}
          >
            {text}
          </Pill>
        );
      })}
      <AddFilter {...props} />
    </Group>
  );
}

function AddFilter({ fields, properties, filters, onChange }: Parameters<typeof Filters>[0]) {
  const { t } = useTranslation();
  const { vocabulary } = useWords();
  const [opened, setOpened] = useState(false);
  const [field, setField] = useState('site');
  const [property, setProperty] = useState('');
  const [op, setOp] = useState<'in' | 'not_in'>('in');
  const [values, setValues] = useState('');
  const dimension = dimensionOf(field === 'property' ? `property:${property}` : field, fields);
  const known = { site: vocabulary.sites, category: vocabulary.categories, brand: vocabulary.brands }[field] ?? [];
  const add = () => {
    if (dimension === undefined) return;
    // Nothing typed is a value too: what has none.
    const list = values.split(/[;\n]/).map((value) => value.trim());
    onChange([...filters, { ...dimension, op, values: [...new Set(list)] }]);
    setValues('');
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconFilter size={14} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
        >
          {t('filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <Stack gap="xs">
            <NativeSelect
              label={t('analytics.filterBy')}
              value={field}
              data={[
                ...fields.map((one) => ({ value: one, label: t(`analytics.dimension.${one}`) })),
                ...(properties ? [{ value: 'property', label: t('analytics.someProperty') }] : []),
              ]}
              onChange={({ currentTarget }) => setField(currentTarget.value)}
            />
            {field === 'property' ? (
              <TextInput
                label={t('analytics.propertyName')}
                value={property}
                onChange={({ currentTarget }) => setProperty(currentTarget.value)}
              />
            ) : null}
            <NativeSelect
              aria-label={t('analytics.filterHow')}
              value={op}
              data={[
                { value: 'in', label: t('analytics.oneOf') },
                { value: 'not_in', label: t('analytics.noneOf') },
              ]}
              onChange={({ currentTarget }) => setOp(currentTarget.value === 'not_in' ? 'not_in' : 'in')}
            />
            <TextInput
              label={t('analytics.filterValues')}
              description={t('analytics.filterValuesAdvice')}
              list="analytics-filter-values"
              value={values}
              onChange={({ currentTarget }) => setValues(currentTarget.value)}
            />
            <datalist id="analytics-filter-values">
              {known.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
            <Group justify="flex-end">
              <Button type="submit" disabled={dimension === undefined}>
                {t('action.apply')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
