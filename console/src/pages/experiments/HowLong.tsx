import { NumberInput, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { sampleQuery } from '../../api/experiments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Experiments.module.css';
import type { FormValues } from './formValues.ts';

/** How many people and days it takes to see a change of some size: known before anything begins. */
export function HowLong({ values }: { values: FormValues }) {
  const { t } = useTranslation();
  const [baseline, setBaseline] = useState(3);
  const [effect, setEffect] = useState(10);
  const [daily, setDaily] = useState(2_000);
  const part = (values.coverage / 100) * (values.group.trim() === '' ? 1 : values.groupShare / 100);
  const [ask] = useDebouncedValue(
    {
      baseline: baseline / 100,
      effect: effect / 100,
      arms: values.variations.length,
      confidence: values.analysis.confidence,
      peoplePerDay: daily * part * (1 - values.holdout / 100),
    },
    300,
  );
  const possible = ask.baseline > 0 && ask.effect > 0 && ask.peoplePerDay > 0;
  const query = useQuery({ ...sampleQuery(useApi(), ask), enabled: possible });
  return (
    <Card title={t('experiments.howLong')} note={t('experiments.howLongNote')}>
      <Stack gap="md">
        <div className={styles.two}>
          <NumberInput
            label={t('experiments.baseline')}
            suffix=" %"
            min={0.01}
            max={99}
            decimalScale={2}
            value={baseline}
            onChange={(next) => setBaseline(Number(next) || 0)}
          />
          <NumberInput
            label={t('experiments.effect')}
            description={t('experiments.effectHint')}
            suffix=" %"
            min={0.1}
            max={500}
            decimalScale={1}
            value={effect}
            onChange={(next) => setEffect(Number(next) || 0)}
          />
          <NumberInput
            label={t('experiments.daily')}
            min={1}
            max={100_000_000}
            value={daily}
            onChange={(next) => setDaily(Number(next) || 0)}
          />
        </div>
        {query.error === null ? null : <ProblemAlert error={query.error} />}
        {query.data === undefined || query.data.days === null || query.data.onceDays === null ? null : (
          <div role="status">
            <Text fw={600}>
              {t('experiments.takes', { people: query.data.sequential * ask.arms, days: query.data.days })}
            </Text>
            <Text size="sm" c="dimmed">
              {t('experiments.takesOnce', { people: query.data.once * ask.arms, days: query.data.onceDays })}
            </Text>
            {query.data.days > values.plannedDays ? (
              <Text size="sm" mt={4}>
                {t('experiments.tooShort', { planned: values.plannedDays })}
              </Text>
            ) : null}
          </div>
        )}
      </Stack>
    </Card>
  );
}
