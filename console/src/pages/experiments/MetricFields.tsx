import { ActionIcon, Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import styles from './Experiments.module.css';
import type { FieldsProps } from './fieldsProps.ts';
import { type FormMetric, needsEvent, newMetric, presets } from './formValues.ts';

const roles = ['primary', 'secondary', 'guardrail'] as const;
const most = 20;

/** By what it is judged: one metric decides, others tell more, guardrails must not be harmed. */
export function MetricFields({ values, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { metrics } = values;
  const change = (row: number, part: Partial<FormMetric>) =>
    onChange({
      metrics: metrics.map((each) => {
        if (each.row === row) return { ...each, ...part };
        // One decides: the one that did so far tells more from now on.
        return part.role === 'primary' && each.role === 'primary' ? { ...each, role: 'secondary' } : each;
      }),
    });
  return (
    <Card title={t('experiments.metrics')} note={t('experiments.metricsNote')}>
      <Stack gap="md">
        {metrics.map((metric, index) => (
          <div key={metric.row} className={index === 0 ? undefined : styles.metric}>
            <div className={styles.two}>
              <Select
                label={t('experiments.metric')}
                allowDeselect={false}
                value={metric.preset}
                onChange={(next) => change(metric.row, { preset: presets.find((each) => each === next) ?? 'buyers' })}
                data={presets
                  .filter((each) => each !== 'own' || metric.preset === 'own')
                  .map((each) => ({
                    value: each,
                    label:
                      each === 'own' && metric.kept !== null
                        ? metric.kept.name
                        : t(`experiments.preset.${each}`, { event: t('experiments.anEvent') }),
                  }))}
              />
              {needsEvent(metric.preset) ? (
                <TextInput
                  label={t('experiments.event')}
                  required
                  maxLength={120}
                  value={metric.event}
                  onChange={(event) => change(metric.row, { event: event.currentTarget.value })}
                />
              ) : null}
              <Select
                label={t('experiments.roleTitle')}
                allowDeselect={false}
                value={metric.role}
                onChange={(next) => change(metric.row, { role: roles.find((each) => each === next) ?? 'secondary' })}
                data={roles.map((each) => ({ value: each, label: t(`experiments.role.${each}`) }))}
              />
              <Select
                label={t('experiments.goalTitle')}
                allowDeselect={false}
                value={metric.goal}
                onChange={(next) => change(metric.row, { goal: next === 'decrease' ? 'decrease' : 'increase' })}
                data={(['increase', 'decrease'] as const).map((each) => ({
                  value: each,
                  label: t(`experiments.goal.${each}`),
                }))}
              />
              <NumberInput
                label={t('experiments.window')}
                min={1}
                max={90}
                value={metric.windowDays}
                onChange={(next) => change(metric.row, { windowDays: Math.max(1, Number(next) || 1) })}
              />
              <Group align="end" h="100%">
                <ActionIcon
                  variant="subtle"
                  disabled={metrics.length <= 1 || metric.role === 'primary'}
                  aria-label={t('experiments.removeMetric')}
                  onClick={() => onChange({ metrics: metrics.filter(({ row }) => row !== metric.row) })}
                >
                  <IconX size={16} aria-hidden="true" />
                </ActionIcon>
              </Group>
            </div>
          </div>
        ))}
        <Group>
          <Button
            variant="default"
            size="compact-sm"
            disabled={metrics.length >= most}
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => onChange({ metrics: [...metrics, newMetric('secondary')] })}
          >
            {t('experiments.addMetric')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
