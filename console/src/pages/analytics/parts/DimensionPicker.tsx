import { Group, NativeSelect, TextInput } from '@mantine/core';
import type { Dimension } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { dimensionOf, type Field, textOfDimension } from './dimensions.ts';

/** What a dimension is called. */
export function useDimensionName(): (dimension: Dimension) => string {
  const { t } = useTranslation();
  return (dimension) =>
    'field' in dimension ? t(`analytics.dimension.${dimension.field}`) : t('analytics.property', dimension);
}

/** Splits a number: by a field, or by a property of the events. */
export function DimensionPicker(props: {
  readonly label: string;
  readonly fields: readonly Field[];
  readonly properties: boolean;
  readonly value: Dimension | undefined;
  readonly onChange: (dimension: Dimension | undefined) => void;
}) {
  const { t } = useTranslation();
  const { value, fields } = props;
  const ofProperty = value !== undefined && 'property' in value;
  const [asking, setAsking] = useState(false);
  const [property, setProperty] = useState(ofProperty ? value.property : '');
  const shown = ofProperty || asking ? 'property' : value === undefined ? '' : textOfDimension(value);
  const finish = () => props.onChange(dimensionOf(`property:${property}`, fields));
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        label={props.label}
        value={shown}
        data={[
          { value: '', label: t('analytics.noBreakdown') },
          ...fields.map((field) => ({ value: field, label: t(`analytics.dimension.${field}`) })),
          ...(props.properties ? [{ value: 'property', label: t('analytics.someProperty') }] : []),
        ]}
        onChange={({ currentTarget }) => {
          setAsking(currentTarget.value === 'property');
          if (currentTarget.value !== 'property') props.onChange(dimensionOf(currentTarget.value, fields));
        }}
      />
      {shown === 'property' ? (
        <TextInput
          label={t('analytics.propertyName')}
          placeholder="color"
          value={property}
          onChange={({ currentTarget }) => setProperty(currentTarget.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finish();
          }}
        />
      ) : null}
    </Group>
  );
}
