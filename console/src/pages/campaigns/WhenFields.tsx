import { NumberInput, Radio, Stack, TextInput } from '@mantine/core';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Campaigns.module.css';
import type { FieldsProps } from './fieldsProps.ts';
import type { When } from './formValues.ts';

const whens: readonly When[] = ['now', 'at', 'local', 'best_hour'];

/** When it goes out, and how fast. */
export function WhenFields({ values, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('campaigns.whenLabel')}
        value={values.when}
        onChange={(value) => onChange({ when: whens.find((each) => each === value) ?? 'now' })}
      >
        <Stack gap="xs" mt="xs">
          {whens.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`campaigns.whenOf.${each}`)}
              description={t(`campaigns.whenHint.${each}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {values.when === 'now' ? null : (
        <div className={styles.two}>
          <TextInput
            type="date"
            label={t('campaigns.day')}
            required
            value={values.day}
            onChange={(event) => onChange({ day: event.currentTarget.value })}
          />
          {values.when === 'best_hour' ? null : (
            <TextInput
              type="time"
              label={t('campaigns.time')}
              required
              value={values.time}
              onChange={(event) => onChange({ time: event.currentTarget.value })}
            />
          )}
        </div>
      )}
      {values.when === 'now' || values.when === 'at' ? (
        <NumberInput
          label={t('campaigns.perMinute')}
          description={t('campaigns.perMinuteHint')}
          min={1}
          max={1_000_000}
          thousandSeparator=" "
          value={values.perMinute ?? ''}
          onChange={(value) => onChange({ perMinute: value === '' ? null : Number(value) })}
        />
      ) : null}
    </Stack>
  );
}
