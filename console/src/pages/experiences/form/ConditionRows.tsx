import '@mantine/core/styles/PillsInput.css';
import { ActionIcon, Button, Group, MultiSelect, NumberInput, Select, Stack, TagsInput, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { LiveCondition } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Experiences.module.css';
import { fields, fieldWords, isField } from '../fieldWords.ts';
import { conditionOn, opsOf } from './conditions.ts';
import { useExperienceForm } from './formContext.tsx';

const devices = ['mobile', 'tablet', 'desktop'] as const;

/** What must hold on the page and in the visit, a row for each: "the cart – is at least – 30". */
export function ConditionRows() {
  const { t } = useTranslation();
  const { draft, change, disabled } = useExperienceForm();
  const { when } = draft;
  const put = (next: LiveCondition[]): void => change({ when: next });
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={600}>
          {t('experiences.conditions')}
        </Text>
        <Text size="sm" c="dimmed">
          {t(when.length === 0 ? 'experiences.noConditions' : 'experiences.allConditions')}
        </Text>
      </div>
      {when.map((condition, at) => (
        <ConditionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other name than their place
          key={at}
          condition={condition}
          at={at}
          onChange={(next) => put(when.map((one, index) => (index === at ? next : one)))}
          onRemove={() => put(when.filter((_, index) => index !== at))}
        />
      ))}
      {disabled || when.length >= 30 ? null : (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => put([...when, conditionOn('page.path', 'is')])}
          >
            {t('experiences.addCondition')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface ConditionRowProps {
  readonly condition: LiveCondition;
  readonly at: number;
  readonly onChange: (condition: LiveCondition) => void;
  readonly onRemove: () => void;
}

function ConditionRow({ condition, at, onChange, onRemove }: ConditionRowProps) {
  const { t } = useTranslation();
  const { disabled } = useExperienceForm();
  const number = at + 1;
  return (
    <fieldset className={styles.condition} aria-label={t('experiences.condition', { number })}>
      <Select
        aria-label={t('experiences.conditionField', { number })}
        searchable
        disabled={disabled}
        value={condition.field}
        onChange={(next) => {
          if (next !== null && isField(next)) onChange(conditionOn(next, condition.op, condition));
        }}
        data={fields.map((field) => ({ value: field, label: t(fieldWords[field]) }))}
      />
      <Select
        aria-label={t('experiences.conditionOp', { number })}
        disabled={disabled}
        value={condition.op}
        onChange={(next) => onChange(conditionOn(condition.field, next ?? condition.op, condition))}
        data={opsOf(condition.field).map((op) => ({ value: op, label: t(`experiences.op.${op}`) }))}
      />
      <ConditionValue condition={condition} at={at} onChange={onChange} />
      {disabled ? null : (
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('experiences.removeCondition', { number })}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden="true" />
        </ActionIcon>
      )}
    </fieldset>
  );
}

function ConditionValue({ condition, at, onChange }: Omit<ConditionRowProps, 'onRemove'>) {
  const { t } = useTranslation();
  const { errorAt, disabled } = useExperienceForm();
  const label = t('experiences.conditionValue', { number: at + 1 });
  if ('value' in condition)
    return (
      <NumberInput
        aria-label={label}
        disabled={disabled}
        value={condition.value}
        error={errorAt(`when.${at}.value`)}
        onChange={(next) => onChange({ ...condition, value: Number(next) || 0 })}
      />
    );
  if (!('values' in condition)) return <span />;
  const error = errorAt(`when.${at}.values`) ?? errorAt(`when.${at}.values.0`);
  const put = (values: string[]): void => onChange({ ...condition, values });
  return condition.field === 'device' && (condition.op === 'is' || condition.op === 'is_not') ? (
    <MultiSelect
      aria-label={label}
      disabled={disabled}
      value={condition.values}
      error={error}
      onChange={put}
      data={devices.map((device) => ({ value: device, label: t(`decision.device.${device}`) }))}
    />
  ) : (
    <TagsInput
      aria-label={label}
      placeholder={condition.values.length === 0 ? t('experiences.valueHint') : ''}
      acceptValueOnBlur
      maxTags={50}
      disabled={disabled}
      value={condition.values}
      error={error}
      onChange={put}
    />
  );
}
