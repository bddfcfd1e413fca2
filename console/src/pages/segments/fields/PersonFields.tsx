import '@mantine/core/styles/PillsInput.css';
import { MultiSelect } from '@mantine/core';
import { type ConditionOf, findLabel, personaKeys, type SegmentCondition } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useWords } from '../builder/vocabulary.tsx';
import { Count, Pick, Word } from './Inline.tsx';
import { Labelled } from './Labelled.tsx';
import { MeasureField, ValueTestField } from './TestFields.tsx';
import { MomentField } from './TimeFields.tsx';

type Simple = 'trait' | 'consent' | 'identifier' | 'profile' | 'segment' | 'persona' | 'score' | 'sample';
interface Props<K extends Simple> {
  readonly condition: ConditionOf<K>;
  readonly onChange: (condition: SegmentCondition) => void;
}

export function TraitFields({ condition, onChange }: Props<'trait'>) {
  const { t } = useTranslation();
  const { vocabulary, label } = useWords();
  const { trait, test } = condition;
  const known = vocabulary.traits.find(({ name }) => name === trait);
  return (
    <>
      <Labelled label={t('segments.row.trait')}>
        <Word
          label={t('segments.field.trait')}
          placeholder={t('segments.field.trait')}
          value={trait}
          known={vocabulary.traits.map(({ name }) => name)}
          onChange={(next) => onChange({ ...condition, trait: next })}
        />
      </Labelled>
      <Labelled label={t('segments.row.value')}>
        <ValueTestField
          test={test}
          label={label('trait', trait)}
          known={known?.values ?? []}
          type={known?.type}
          onChange={(next) => onChange({ ...condition, test: next })}
        />
      </Labelled>
    </>
  );
}

export function ConsentFields({ condition, onChange }: Props<'consent'>) {
  const { t } = useTranslation();
  const { vocabulary } = useWords();
  return (
    <Labelled label={t('segments.row.consent')}>
      <Word
        label={t('segments.field.purpose')}
        placeholder={t('segments.field.purpose')}
        value={condition.purpose}
        known={[...vocabulary.consents, 'email', 'sms']}
        onChange={(purpose) => onChange({ ...condition, purpose })}
      />
      <Pick
        label={t('segments.field.answer')}
        value={condition.is}
        choices={(['granted', 'denied', 'unknown'] as const).map((value) => ({
          value,
          label: t(`segments.consent.${value}`),
        }))}
        onPick={(is) => onChange({ ...condition, is })}
      />
    </Labelled>
  );
}

export function IdentifierFields({ condition, onChange }: Props<'identifier'>) {
  const { t } = useTranslation();
  const { vocabulary, label } = useWords();
  const namespaces = [...new Set([...vocabulary.namespaces, condition.namespace])];
  return (
    <Labelled label={t('segments.row.identifier')}>
      <Pick
        label={t('segments.field.present')}
        value={condition.present ? 'yes' : 'no'}
        choices={[
          { value: 'yes', label: t('segments.identifier.has') },
          { value: 'no', label: t('segments.identifier.hasNot') },
        ]}
        onPick={(value) => onChange({ ...condition, present: value === 'yes' })}
      />
      <Pick
        label={t('segments.field.namespace')}
        value={condition.namespace}
        choices={namespaces.map((value) => ({ value, label: label('namespace', value) }))}
        onPick={(namespace) => onChange({ ...condition, namespace })}
      />
    </Labelled>
  );
}

export function ProfileFields({ condition, onChange }: Props<'profile'>) {
  const { t } = useTranslation();
  return (
    <Labelled label={t('segments.row.firstSeen')}>
      <MomentField test={condition.test} onChange={(test) => onChange({ ...condition, test })} />
    </Labelled>
  );
}

export function SegmentFields({ condition, onChange }: Props<'segment'>) {
  const { t } = useTranslation();
  const { segments } = useWords();
  return (
    <Labelled label={t('segments.row.segment')}>
      <Pick
        label={t('segments.field.member')}
        value={condition.member ? 'yes' : 'no'}
        choices={[
          { value: 'yes', label: t('segments.member.in') },
          { value: 'no', label: t('segments.member.out') },
        ]}
        onPick={(value) => onChange({ ...condition, member: value === 'yes' })}
      />
      <Pick
        label={t('segments.field.segment')}
        value={condition.segment}
        placeholder={t('segments.field.segment')}
        choices={segments.map(({ id, name }) => ({ value: id, label: name }))}
        onPick={(segment) => onChange({ ...condition, segment })}
      />
    </Labelled>
  );
}

export function PersonaFields({ condition, onChange }: Props<'persona'>) {
  const { t } = useTranslation();
  const { language, names } = useWords();
  return (
    <Labelled label={t('segments.row.persona')}>
      <MultiSelect
        size="xs"
        aria-label={t('segments.row.persona')}
        data={personaKeys.map((value) => ({
          value,
          label: names.personas?.[value] ?? findLabel('persona', value, language) ?? value,
        }))}
        value={condition.in}
        onChange={(next) => onChange({ ...condition, in: next })}
        error={condition.in.length === 0}
        maw="100%"
      />
    </Labelled>
  );
}

export function ScoreFields({ condition, onChange }: Props<'score'>) {
  const { t } = useTranslation();
  const { scores } = useWords();
  return (
    <Labelled label={t('segments.row.score')}>
      <Pick
        label={t('segments.row.score')}
        value={condition.score}
        choices={scores.map(({ id, name }) => ({ value: id, label: name }))}
        onPick={(score) => onChange({ ...condition, score })}
      />
      <MeasureField test={condition.test} onChange={(test) => onChange({ ...condition, test })} />
    </Labelled>
  );
}

export function SampleFields({ condition, onChange }: Props<'sample'>) {
  const { t } = useTranslation();
  return (
    <Labelled label={t('segments.row.sample')}>
      <Count
        label={t('segments.field.percent')}
        value={condition.percent}
        min={0}
        suffix="%"
        onChange={(percent) => onChange({ ...condition, percent })}
      />
      <Word
        label={t('segments.field.seed')}
        placeholder={t('segments.field.seed')}
        value={condition.seed}
        known={[]}
        onChange={(seed) => onChange({ ...condition, seed })}
        mayBeEmpty
      />
    </Labelled>
  );
}
