import '@mantine/core/styles/PillsInput.css';
import { MultiSelect } from '@mantine/core';
import {
  appetencePlaces,
  type ConditionOf,
  findLabel,
  isShare,
  type LabelKind,
  type MeasureTest,
  type PredictionNumberField,
  predictionNumberFields,
  preferredChannels,
  type SegmentCondition,
  valueTiers,
} from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useWords } from '../builder/vocabulary.tsx';
import { Count, Pick, Words } from './Inline.tsx';
import { Labelled } from './Labelled.tsx';
import { DateTestField, MeasureField } from './TestFields.tsx';

type Foreseen = 'prediction' | 'next_order' | 'tier' | 'preferred_channel' | 'appetence' | 'lookalike';
interface Props<K extends Foreseen> {
  readonly condition: ConditionOf<K>;
  readonly onChange: (condition: SegmentCondition) => void;
}

/** Per cent as people write it, 0 to 1 as it is kept. */
const scaled = (test: MeasureTest, change: (value: number) => number): MeasureTest =>
  test.op === 'between'
    ? { ...test, from: change(test.from), to: change(test.to) }
    : { ...test, value: change(test.value) };
const toPercent = (share: number): number => Math.round(share * 1e6) / 1e4;
const fromPercent = (percent: number): number => Math.round(percent * 1e4) / 1e6;

const money: ReadonlySet<PredictionNumberField> = new Set([
  'value_90',
  'value_365',
  'historic_value',
  'lifetime_value',
]);

export function PredictionFields({ condition, onChange }: Props<'prediction'>) {
  const { t } = useTranslation();
  const { label, names } = useWords();
  const { field, test } = condition;
  const share = isShare(field);
  const unit = share ? '%' : money.has(field) ? names.currency : field === 'best_hour' ? 'h' : undefined;
  return (
    <Labelled label={t('segments.row.prediction')}>
      <Pick
        label={t('segments.field.prediction')}
        value={field}
        choices={predictionNumberFields.map((value) => ({ value, label: label('prediction', value) }))}
        onPick={(next) => onChange({ kind: 'prediction', field: next, test: firstTestOf(next) })}
      />
      <MeasureField
        test={share ? scaled(test, toPercent) : test}
        unit={unit}
        onChange={(next) => onChange({ ...condition, test: share ? scaled(next, fromPercent) : next })}
      />
    </Labelled>
  );
}

/** A threshold one might mean, in the unit of the field. */
const firstTestOf = (field: PredictionNumberField): MeasureTest => ({
  op: 'gte',
  value: isShare(field) ? 0.5 : money.has(field) ? 300 : field === 'best_hour' ? 18 : 1,
});

export function NextOrderFields({ condition, onChange }: Props<'next_order'>) {
  const { t } = useTranslation();
  return (
    <Labelled label={t('segments.row.nextOrder')}>
      <DateTestField
        test={condition.test}
        label={t('segments.row.nextOrder')}
        onChange={(test) => onChange({ ...condition, test })}
      />
    </Labelled>
  );
}

interface ChoicesProps<Value extends string> {
  readonly row: string;
  readonly kind: LabelKind;
  readonly all: readonly Value[];
  readonly value: readonly Value[];
  readonly onChange: (value: Value[]) => void;
}

function Choices<Value extends string>({ row, kind, all, value, onChange }: ChoicesProps<Value>) {
  const { language } = useWords();
  return (
    <Labelled label={row}>
      <MultiSelect
        size="xs"
        aria-label={row}
        data={all.map((each) => ({ value: each, label: findLabel(kind, each, language) ?? each }))}
        value={[...value]}
        onChange={(next) => onChange(all.filter((each) => next.includes(each)))}
        error={value.length === 0}
        maw="100%"
      />
    </Labelled>
  );
}

export function TierFields({ condition, onChange }: Props<'tier'>) {
  const { t } = useTranslation();
  return (
    <Choices
      row={t('segments.row.tier')}
      kind="tier"
      all={valueTiers}
      value={condition.in}
      onChange={(next) => onChange({ ...condition, in: next })}
    />
  );
}

export function ChannelFields({ condition, onChange }: Props<'preferred_channel'>) {
  const { t } = useTranslation();
  return (
    <Choices
      row={t('segments.row.channel')}
      kind="channel"
      all={preferredChannels}
      value={condition.in}
      onChange={(next) => onChange({ ...condition, in: next })}
    />
  );
}

export function AppetenceFields({ condition, onChange }: Props<'appetence'>) {
  const { t } = useTranslation();
  const { vocabulary } = useWords();
  const { dimension, places } = condition;
  const row = t(`segments.row.drawn.${dimension}`);
  return (
    <>
      <Labelled label={row}>
        <Words
          label={row}
          placeholder={t('segments.field.value')}
          known={dimension === 'category' ? vocabulary.categories : vocabulary.brands}
          values={condition.in}
          onChange={(next) => onChange({ ...condition, in: next })}
        />
      </Labelled>
      <Labelled label={t('segments.row.places')}>
        <Count
          label={t('segments.row.places')}
          value={places}
          min={1}
          whole
          onChange={(next) => onChange({ ...condition, places: Math.min(next, appetencePlaces) })}
        />
      </Labelled>
    </>
  );
}

export function LookalikeFields({ condition, onChange }: Props<'lookalike'>) {
  const { t } = useTranslation();
  const { names } = useWords();
  return (
    <Labelled label={t('segments.row.lookalike')}>
      <Pick
        label={t('segments.row.lookalike')}
        value={condition.lookalike}
        choices={Object.entries(names.lookalikes ?? {}).map(([value, label]) => ({ value, label }))}
        onPick={(lookalike) => onChange({ ...condition, lookalike })}
      />
    </Labelled>
  );
}
