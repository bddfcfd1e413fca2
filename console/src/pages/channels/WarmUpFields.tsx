import { NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { Provider } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Channels.module.css';

type WarmUp = NonNullable<Provider['warmUp']>;

const today = (): string => new Date().toISOString().slice(0, 10);

/** The first weeks of a new sender: few messages a day, then more. */
export function WarmUpFields({ value, onChange }: { value: WarmUp | null; onChange: (value: WarmUp | null) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.warm}>
      <Stack gap="sm">
        <Switch
          label={t('channels.warmUp')}
          checked={value !== null}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? { startedOn: today(), perDay: 500, growthPercent: 30 } : null)
          }
        />
        <Text size="sm" c="dimmed">
          {t('channels.warmUpHint')}
        </Text>
        {value === null ? null : (
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <TextInput
              type="date"
              label={t('channels.warmUpFrom')}
              value={value.startedOn}
              required
              onChange={(event) => onChange({ ...value, startedOn: event.currentTarget.value })}
            />
            <NumberInput
              label={t('channels.warmUpPerDay')}
              value={value.perDay}
              min={10}
              max={10_000_000}
              onChange={(perDay) => onChange({ ...value, perDay: Number(perDay) || 10 })}
            />
            <NumberInput
              label={t('channels.warmUpGrowth')}
              value={value.growthPercent}
              min={0}
              max={300}
              suffix=" %"
              onChange={(growth) => onChange({ ...value, growthPercent: Number(growth) || 0 })}
            />
          </SimpleGrid>
        )}
      </Stack>
    </fieldset>
  );
}
