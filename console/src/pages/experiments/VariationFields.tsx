import { ActionIcon, Button, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import styles from './Experiments.module.css';
import type { FieldsProps } from './fieldsProps.ts';
import { type FormVariation, isKept, newRow } from './formValues.ts';

const letters = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const most = 10;

/** Who is shown what. */
export function VariationFields({ values, onChange, begun }: FieldsProps) {
  const { t } = useTranslation();
  const { variations } = values;
  const change = (row: number, part: Partial<FormVariation>) =>
    onChange({ variations: variations.map((each) => (each.row === row ? { ...each, ...part } : each)) });
  /** The same share for each, to two digits; the first takes what is over. */
  const even = (list: readonly Omit<FormVariation, 'percent'>[]): FormVariation[] => {
    const share = Math.floor(10_000 / list.length) / 100;
    const rest = Math.round((100 - share * list.length) * 100) / 100;
    return list.map((each, index) => ({ ...each, percent: index === 0 ? share + rest : share }));
  };
  const add = () => {
    const key = letters.find((letter) => variations.every((each) => each.key !== letter)) ?? `v${variations.length}`;
    const name = t('experiments.variationName', { letter: key.toUpperCase() });
    onChange({ variations: even([...variations, { row: newRow(), key, name }]) });
  };
  const sum = variations.reduce((total, { percent }) => total + percent, 0);
  return (
    <Card title={t('experiments.variations')} note={t('experiments.variationsNote')}>
      <Stack gap="md">
        {variations.map((variation, index) => (
          <div key={variation.row} className={styles.row}>
            <TextInput
              label={t(index === 0 ? 'experiments.control' : 'experiments.variation')}
              required
              maxLength={80}
              disabled={begun}
              value={variation.name}
              onChange={(event) => change(variation.row, { name: event.currentTarget.value })}
            />
            <TextInput
              label={t('experiments.variationKey')}
              required
              maxLength={60}
              disabled={begun}
              value={variation.key}
              onChange={(event) => change(variation.row, { key: event.currentTarget.value })}
            />
            <NumberInput
              label={t('experiments.weight')}
              suffix=" %"
              min={0.01}
              max={100}
              decimalScale={2}
              disabled={begun}
              value={variation.percent}
              onChange={(next) => change(variation.row, { percent: Number(next) || 0 })}
            />
            <ActionIcon
              variant="subtle"
              disabled={begun || index === 0 || variations.length <= 2}
              aria-label={t('experiments.removeVariation', { name: variation.name })}
              onClick={() => onChange({ variations: even(variations.filter(({ row }) => row !== variation.row)) })}
            >
              <IconX size={16} aria-hidden="true" />
            </ActionIcon>
          </div>
        ))}
        {Math.abs(sum - 100) > 0.05 ? (
          <Text size="sm" c="red" role="alert">
            {t('experiments.missing.weights')}
          </Text>
        ) : null}
        <Group>
          <Button
            variant="default"
            size="compact-sm"
            disabled={begun || variations.length >= most}
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={add}
          >
            {t('experiments.addVariation')}
          </Button>
        </Group>
        <Traffic values={values} onChange={onChange} begun={begun} />
        {isKept(values.kind) ? <BanditFields values={values} onChange={onChange} begun={begun} /> : null}
      </Stack>
    </Card>
  );
}

/** How many take part, and beside whom. */
function Traffic({ values, onChange, begun }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.two}>
      <NumberInput
        label={t('experiments.coverage')}
        description={t('experiments.coverageHint')}
        suffix=" %"
        min={0.1}
        max={100}
        decimalScale={2}
        value={values.coverage}
        onChange={(next) => onChange({ coverage: Number(next) || 100 })}
      />
      <Select
        label={t('experiments.unitTitle')}
        description={t(`experiments.unitHint.${values.unit}`)}
        disabled={begun}
        allowDeselect={false}
        value={values.unit}
        onChange={(next) => onChange({ unit: next === 'device' ? 'device' : 'person' })}
        data={(['person', 'device'] as const).map((each) => ({ value: each, label: t(`experiments.unit.${each}`) }))}
      />
      <TextInput
        label={t('experiments.group')}
        description={t('experiments.groupHint')}
        disabled={begun}
        maxLength={60}
        value={values.group}
        onChange={(event) => onChange({ group: event.currentTarget.value })}
      />
      <NumberInput
        label={t('experiments.groupShare')}
        description={t('experiments.groupShareHint')}
        suffix=" %"
        min={1}
        max={100}
        disabled={begun || values.group.trim() === ''}
        value={values.groupShare}
        onChange={(next) => onChange({ groupShare: Number(next) || 100 })}
      />
      <NumberInput
        label={t('experiments.holdout')}
        description={t('experiments.holdoutHint')}
        suffix=" %"
        min={0}
        max={50}
        decimalScale={1}
        disabled={begun}
        value={values.holdout}
        onChange={(next) => onChange({ holdout: Number(next) || 0 })}
      />
    </div>
  );
}

/** Fixed shares, or shares that follow what does best. */
function BanditFields({ values, onChange, begun }: FieldsProps) {
  const { t } = useTranslation();
  const isBandit = values.allocation === 'bandit';
  return (
    <Stack gap="sm">
      <Checkbox
        label={t('experiments.bandit')}
        description={t('experiments.banditHint')}
        disabled={begun}
        checked={isBandit}
        onChange={(event) => onChange({ allocation: event.currentTarget.checked ? 'bandit' : 'fixed' })}
      />
      {isBandit ? (
        <div className={styles.two}>
          <Select
            label={t('experiments.everyTitle')}
            allowDeselect={false}
            value={values.every}
            onChange={(next) => onChange({ every: next === 'hour' ? 'hour' : 'day' })}
            data={(['hour', 'day'] as const).map((each) => ({ value: each, label: t(`experiments.every.${each}`) }))}
          />
          <NumberInput
            label={t('experiments.minimum')}
            description={t('experiments.minimumHint')}
            suffix=" %"
            min={1}
            max={20}
            value={values.minimum}
            onChange={(next) => onChange({ minimum: Number(next) || 5 })}
          />
        </div>
      ) : null}
    </Stack>
  );
}
