import { Button, Group, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ExperimentRequest } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Experiments.module.css';
import type { FieldsProps } from './fieldsProps.ts';
import { type FormValues, formFor, keyFrom, missingIn, requestOf } from './formValues.ts';
import { HowLong } from './HowLong.tsx';
import { MetricFields } from './MetricFields.tsx';
import { TargetField } from './TargetField.tsx';
import { VariationFields } from './VariationFields.tsx';

interface ExperimentFormProps {
  readonly start?: ExperimentRequest;
  /** It runs or has run: who gets what stays. */
  readonly begun: boolean;
  readonly onSave: (definition: ExperimentRequest) => void;
  readonly saving: boolean;
  readonly problem: unknown;
}

const kinds = ['experience', 'message', 'journey', 'recommendation', 'flag'] as const;
const engines = ['sequential', 'bayesian'] as const;
const corrections = ['false_discovery', 'family_wise', 'none'] as const;

/** What one believes, what is shown to whom, and by what it is judged. */
export function ExperimentForm({ start, begun, onSave, saving, problem }: ExperimentFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [values, setValues] = useState<FormValues>(() =>
    formFor(start, {
      control: t('experiments.controlName'),
      variation: t('experiments.variationName', { letter: 'B' }),
    }),
  );
  const [asked, setAsked] = useState(false);
  const change = (part: Partial<FormValues>) => setValues((before) => ({ ...before, ...part }));
  const missing = missingIn(values);
  const fields: FieldsProps = { values, onChange: change, begun };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (missing === null)
          onSave(requestOf(values, (preset, name) => t(`experiments.preset.${preset}`, { event: name })));
      }}
    >
      <Stack gap="lg">
        <IdeaFields {...fields} isNew={start === undefined} />
        <VariationFields {...fields} />
        <MetricFields {...fields} />
        <Card title={t('experiments.analysis')} note={t('experiments.analysisNote')}>
          <div className={styles.two}>
            <Select
              label={t('experiments.engineTitle')}
              description={t(`experiments.engineHint.${values.analysis.engine}`)}
              allowDeselect={false}
              value={values.analysis.engine}
              onChange={(next) =>
                change({
                  analysis: { ...values.analysis, engine: engines.find((each) => each === next) ?? 'sequential' },
                })
              }
              data={engines.map((each) => ({ value: each, label: t(`experiments.engine.${each}`) }))}
            />
            <Select
              label={t('experiments.confidence')}
              description={t('experiments.confidenceHint')}
              allowDeselect={false}
              value={String(values.analysis.confidence)}
              onChange={(next) => change({ analysis: { ...values.analysis, confidence: Number(next ?? 0.95) } })}
              data={[0.9, 0.95, 0.99].map((each) => ({ value: String(each), label: format.percent(each) }))}
            />
            <Select
              label={t('experiments.correctionTitle')}
              description={t('experiments.correctionHint')}
              allowDeselect={false}
              value={values.analysis.correction}
              onChange={(next) =>
                change({
                  analysis: { ...values.analysis, correction: corrections.find((each) => each === next) ?? 'none' },
                })
              }
              data={corrections.map((each) => ({ value: each, label: t(`experiments.correction.${each}`) }))}
            />
            <NumberInput
              label={t('experiments.plannedDays')}
              description={t('experiments.plannedHint')}
              min={1}
              max={365}
              value={values.plannedDays}
              onChange={(next) => change({ plannedDays: Math.max(1, Number(next) || 1) })}
            />
          </div>
        </Card>
        <HowLong values={values} />
        {problem === null ? null : <ProblemAlert error={problem} />}
        {asked && missing !== null ? (
          <Text c="red" size="sm" role="alert">
            {t(`experiments.missing.${missing}`)}
          </Text>
        ) : null}
        <Group justify="flex-end">
          <Button type="submit" loading={saving}>
            {t('experiments.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function IdeaFields({ values, onChange, begun, isNew }: FieldsProps & { readonly isNew: boolean }) {
  const { t } = useTranslation();
  return (
    <Card title={t('experiments.idea')}>
      <Stack gap="md">
        <div className={styles.two}>
          <TextInput
            label={t('experiments.name')}
            required
            maxLength={120}
            value={values.name}
            onChange={(event) => {
              const name = event.currentTarget.value;
              const follows = isNew && values.key === keyFrom(values.name);
              onChange({ name, ...(follows && { key: keyFrom(name) }) });
            }}
            data-autofocus
          />
          <TextInput
            label={t('experiments.key')}
            description={t('experiments.keyHint')}
            required
            disabled={!isNew}
            maxLength={60}
            value={values.key}
            onChange={(event) => onChange({ key: event.currentTarget.value })}
          />
        </div>
        <Textarea
          label={t('experiments.hypothesis')}
          description={t('experiments.hypothesisHint')}
          autosize
          minRows={2}
          maxLength={2_000}
          value={values.hypothesis}
          onChange={(event) => onChange({ hypothesis: event.currentTarget.value })}
        />
        <div className={styles.two}>
          <Select
            label={t('experiments.kindTitle')}
            description={t(`experiments.kindHint.${values.kind}`)}
            disabled={begun}
            allowDeselect={false}
            value={values.kind}
            onChange={(next) => onChange({ kind: kinds.find((each) => each === next) ?? 'experience' })}
            data={kinds.map((each) => ({ value: each, label: t(`experiments.kind.${each}`) }))}
          />
          <TargetField values={values} onChange={onChange} begun={begun} />
        </div>
      </Stack>
    </Card>
  );
}
