import { Group, NumberInput, Select } from '@mantine/core';
import type { JourneyDuration } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';

const units = ['minute', 'hour', 'day', 'week', 'month'] as const;

interface DurationFieldProps {
  readonly label: string;
  readonly value: JourneyDuration;
  readonly onChange: (value: JourneyDuration) => void;
  readonly disabled: boolean;
}

export function DurationField({ label, value, onChange, disabled }: DurationFieldProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <NumberInput
        label={label}
        min={1}
        max={10_000}
        allowDecimal={false}
        value={value.n}
        disabled={disabled}
        onChange={(n) => {
          if (typeof n === 'number' && n >= 1) onChange({ ...value, n });
        }}
      />
      <Select
        aria-label={t('journeys.unitTitle')}
        allowDeselect={false}
        disabled={disabled}
        value={value.unit}
        data={units.map((unit) => ({ value: unit, label: t(`journeys.unit.${unit}`) }))}
        onChange={(text) => onChange({ ...value, unit: units.find((unit) => unit === text) ?? 'day' })}
      />
    </Group>
  );
}
