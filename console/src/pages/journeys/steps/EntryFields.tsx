import { NumberInput, Select, Stack, TextInput } from '@mantine/core';
import type { JourneyEntry } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { AudienceSelect } from './AudienceSelect.tsx';
import { DurationField } from './DurationField.tsx';
import type { WholeProps } from './wholeProps.ts';

/** Who may come, and how often. */
export function EntryFields({ definition, onChange, disabled }: WholeProps) {
  const { t } = useTranslation();
  const { entry } = definition;
  const set = (changed: JourneyEntry): void => onChange({ ...definition, entry: changed });
  const again = typeof entry.again === 'object' ? 'after' : entry.again;
  return (
    <Stack gap="sm">
      <AudienceSelect
        label={t('journeys.audience')}
        value={entry.audience}
        clearable
        disabled={disabled}
        onChange={(audience) => {
          const { audience: _, ...rest } = entry;
          set(audience === undefined ? rest : { ...rest, audience });
        }}
      />
      <TextInput
        label={t('journeys.key')}
        description={t('journeys.keyHint')}
        placeholder="properties.cart_id"
        value={entry.key ?? ''}
        disabled={disabled}
        onChange={(event) => {
          const { key: _, ...rest } = entry;
          const key = event.currentTarget.value;
          set(key === '' ? rest : { ...rest, key });
        }}
      />
      <Select
        label={t('journeys.again')}
        allowDeselect={false}
        disabled={disabled}
        value={again}
        data={(['never', 'always', 'after'] as const).map((value) => ({
          value,
          label: t(`journeys.againDo.${value}`),
        }))}
        onChange={(text) =>
          set({ ...entry, again: text === 'never' || text === 'always' ? text : { after: { n: 1, unit: 'week' } } })
        }
      />
      {typeof entry.again === 'object' ? (
        <DurationField
          label={t('journeys.againAfter')}
          value={entry.again.after}
          disabled={disabled}
          onChange={(after) => set({ ...entry, again: { after } })}
        />
      ) : null}
      <NumberInput
        label={t('journeys.holdout')}
        description={t('journeys.holdoutHint')}
        min={0}
        max={50}
        suffix=" %"
        value={entry.holdout}
        disabled={disabled}
        onChange={(holdout) => {
          if (typeof holdout === 'number') set({ ...entry, holdout });
        }}
      />
      <NumberInput
        label={t('journeys.perHour')}
        description={t('journeys.perHourHint')}
        min={1}
        max={1_000_000}
        value={entry.perHour ?? ''}
        disabled={disabled}
        onChange={(perHour) => {
          const { perHour: _, ...rest } = entry;
          set(typeof perHour === 'number' ? { ...rest, perHour } : rest);
        }}
      />
    </Stack>
  );
}
