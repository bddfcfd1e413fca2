import { Button, Group, MultiSelect, NumberInput, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FlagType } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { experimentChoicesQuery } from '../../api/experiments.ts';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Flags.module.css';
import { conditionOf, type FormRule } from './flagValues.ts';
import { ValueField } from './ValueField.tsx';

interface RuleFieldsProps {
  readonly rule: FormRule;
  readonly place: number;
  readonly type: FlagType;
  readonly onChange: (part: Partial<FormRule>) => void;
  readonly onRemove: () => void;
}

const kinds = ['force', 'rollout', 'experiment'] as const;

/** For whom, and what they get. */
export function RuleFields({ rule, place, type, onChange, onRemove }: RuleFieldsProps) {
  const { t } = useTranslation();
  const api = useApi();
  const { can } = useSession();
  const segments = useQuery({ ...segmentChoicesQuery(api), enabled: can('segments.read') });
  const names = new Map((segments.data?.items ?? []).map(({ id, name }) => [id, name]));
  return (
    <Stack gap="sm" component="section" aria-label={t('flags.rule', { place })}>
      <Group justify="space-between">
        <Text fw={600} size="sm">
          {t('flags.rule', { place })}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={onRemove}>
          {t('flags.removeRule')}
        </Button>
      </Group>
      <div className={styles.two}>
        <Select
          label={t('flags.kindTitle')}
          description={t(`flags.kindHint.${rule.kind}`)}
          allowDeselect={false}
          value={rule.kind}
          onChange={(next) => onChange({ kind: kinds.find((each) => each === next) ?? 'force' })}
          data={kinds.map((each) => ({ value: each, label: t(`flags.kind.${each}`) }))}
        />
        {rule.kind === 'experiment' ? null : (
          <ValueField
            label={t('flags.value')}
            type={type}
            value={rule.value}
            onChange={(value) => onChange({ value })}
          />
        )}
        {rule.kind === 'rollout' ? (
          <>
            <NumberInput
              label={t('flags.share')}
              suffix=" %"
              min={0}
              max={100}
              decimalScale={2}
              value={rule.percent}
              onChange={(next) => onChange({ percent: Number(next) || 0 })}
            />
            <Select
              label={t('flags.unitTitle')}
              allowDeselect={false}
              value={rule.unit}
              onChange={(next) => onChange({ unit: next === 'device' ? 'device' : 'person' })}
              data={(['person', 'device'] as const).map((each) => ({ value: each, label: t(`flags.unit.${each}`) }))}
            />
          </>
        ) : null}
        {rule.kind === 'experiment' ? <ExperimentFields rule={rule} type={type} onChange={onChange} /> : null}
      </div>
      <MultiSelect
        label={t('flags.segments')}
        description={t('flags.segmentsHint')}
        searchable
        value={[...rule.segments]}
        onChange={(next) => onChange({ segments: next })}
        data={[...new Set([...names.keys(), ...rule.segments])].map((id) => ({
          value: id,
          label: names.get(id) ?? id,
        }))}
      />
      <Textarea
        label={t('flags.condition')}
        description={t('flags.conditionHint')}
        placeholder='{"country": "FR"}'
        autosize
        minRows={1}
        maxRows={8}
        error={conditionOf(rule.condition) === undefined ? t('flags.wrong.condition') : undefined}
        value={rule.condition}
        onChange={(event) => onChange({ condition: event.currentTarget.value })}
      />
    </Stack>
  );
}

function ExperimentFields({ rule, type, onChange }: Pick<RuleFieldsProps, 'rule' | 'type' | 'onChange'>) {
  const { t } = useTranslation();
  const experiments = useQuery(experimentChoicesQuery(useApi()));
  const choices = (experiments.data?.items ?? []).filter(({ definition }) => definition.kind === 'flag');
  const chosen = choices.find(({ definition }) => definition.key === rule.experiment);
  const known = choices.map(({ definition }) => ({ value: definition.key, label: definition.name }));
  const stored =
    rule.experiment === '' || chosen !== undefined ? [] : [{ value: rule.experiment, label: rule.experiment }];
  return (
    <>
      <Select
        label={t('flags.experiment')}
        searchable
        value={rule.experiment === '' ? null : rule.experiment}
        onChange={(next) => onChange({ experiment: next ?? '', values: {} })}
        data={[...known, ...stored]}
        nothingFoundMessage={t('flags.noExperiment')}
      />
      {(chosen?.definition.variations ?? Object.keys(rule.values).map((key) => ({ key, name: key }))).map(
        ({ key, name }, index) =>
          index === 0 && chosen !== undefined ? null : (
            <ValueField
              key={key}
              label={t('flags.valueOf', { name })}
              type={type}
              value={rule.values[key] ?? (type === 'boolean' ? 'false' : '')}
              onChange={(value) => onChange({ values: { ...rule.values, [key]: value } })}
            />
          ),
      )}
    </>
  );
}
