import { Group, Text } from '@mantine/core';
import type { MeasureTest, TextTest, ValueTest } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { measureOps, opKeyOf, opKeys, valueKinds, valueOps, withMeasureOp, withOp } from '../draft/valueTests.ts';
import { Count, Day, Pick, Word, Words } from './Inline.tsx';
import { RangeField, SpanField } from './TimeFields.tsx';

/** "at least 2 times". */
export function MeasureField(props: {
  test: MeasureTest;
  onChange: (test: MeasureTest) => void;
  /** What is counted, behind the number. */
  unit?: string | undefined;
}) {
  const { test, onChange, unit } = props;
  const { t } = useTranslation();
  const suffix = unit === undefined ? {} : { suffix: unit };
  return (
    <Group gap={6}>
      <Pick
        label={t('segments.field.compare')}
        value={test.op}
        choices={measureOps.map((value) => ({ value, label: t(`segments.compare.${value}`) }))}
        onPick={(op) => onChange(withMeasureOp(test, op))}
      />
      {test.op === 'between' ? (
        <>
          <Count
            wide
            label={t('segments.field.lowest')}
            value={test.from}
            onChange={(from) => onChange({ ...test, from })}
          />
          <Text size="xs" component="span">
            {t('segments.field.and')}
          </Text>
          <Count
            wide
            label={t('segments.field.highest')}
            value={test.to}
            onChange={(to) => onChange({ ...test, to })}
            {...suffix}
          />
        </>
      ) : (
        <Count
          wide
          label={t('segments.field.number')}
          value={test.value}
          onChange={(value) => onChange({ ...test, value })}
          {...suffix}
        />
      )}
    </Group>
  );
}

interface ValueTestFieldProps {
  readonly test: ValueTest;
  readonly onChange: (test: ValueTest) => void;
  /** What the value is called. */
  readonly label: string;
  /** Values that exist. */
  readonly known: readonly string[];
  /** Its type as seen so far comes first among the operators. */
  readonly type?: ValueTest['type'] | undefined;
}

/** Any test of one value: every operator, those of its own type first. */
export function ValueTestField({ test, onChange, label, known, type }: ValueTestFieldProps) {
  const { t } = useTranslation();
  const first = type ?? test.type;
  const kinds = [...valueKinds].sort((one, other) => Number(other === first) - Number(one === first));
  const groups = kinds.map((kind) => ({
    group: t(`segments.type.${kind}`),
    items: opKeys[kind].map((value) => ({ value: String(value), label: t(`segments.test.${value}`) })),
  }));
  return (
    <Group gap={6}>
      <Pick
        label={t('segments.field.operator', { name: label })}
        value={opKeyOf(test)}
        choices={groups}
        onPick={(key) => {
          const [kind, op = ''] = key.split('-');
          onChange(withOp(test, valueKinds.find((one) => one === kind) ?? 'text', op));
        }}
      />
      <ValueInputs test={test} onChange={onChange} label={label} known={known} />
    </Group>
  );
}

/** A test of a text only, as order lines know. */
export function TextTestField(props: {
  test: TextTest;
  onChange: (test: TextTest) => void;
  label: string;
  known: readonly string[];
}) {
  const { test, onChange, label, known } = props;
  const { t } = useTranslation();
  const change = (next: ValueTest) => {
    if (next.type === 'text') onChange(next);
  };
  return (
    <Group gap={6}>
      <Pick
        label={t('segments.field.operator', { name: label })}
        value={test.op}
        choices={valueOps.text.map((value) => ({ value, label: t(`segments.test.text-${value}`) }))}
        onPick={(op) => change(withOp(test, 'text', op))}
      />
      <ValueInputs test={test} onChange={change} label={label} known={known} />
    </Group>
  );
}

/** A test of a date only. */
export function DateTestField(props: { test: DateTest; onChange: (test: DateTest) => void; label: string }) {
  const { test, onChange, label } = props;
  const { t } = useTranslation();
  const change = (next: ValueTest) => {
    if (next.type === 'date') onChange(next);
  };
  return (
    <Group gap={6}>
      <Pick
        label={t('segments.field.operator', { name: label })}
        value={test.op}
        choices={valueOps.date.map((value) => ({ value, label: t(`segments.test.date-${value}`) }))}
        onPick={(op) => change(withOp(test, 'date', op))}
      />
      <DateInputs test={test} onChange={onChange} name={t('segments.field.valueOf', { name: label })} />
    </Group>
  );
}

function ValueInputs({ test, onChange, label, known }: Omit<ValueTestFieldProps, 'type'>) {
  const { t } = useTranslation();
  const name = t('segments.field.valueOf', { name: label });
  const placeholder = t('segments.field.value');
  switch (test.type) {
    case 'any':
      return null;
    case 'text':
      return 'values' in test ? (
        <Words
          label={name}
          placeholder={placeholder}
          known={known}
          values={test.values}
          onChange={(values) => onChange({ ...test, values })}
        />
      ) : (
        <Word
          label={name}
          placeholder={placeholder}
          known={known}
          value={test.value}
          onChange={(value) => onChange({ ...test, value })}
        />
      );
    case 'list':
      return (
        <Words
          label={name}
          placeholder={placeholder}
          known={known}
          values={test.values}
          onChange={(values) => onChange({ ...test, values })}
        />
      );
    case 'boolean':
      return (
        <Pick
          label={name}
          value={test.value ? 'yes' : 'no'}
          choices={[
            { value: 'yes', label: t('value.yes') },
            { value: 'no', label: t('value.no') },
          ]}
          onPick={(value) => onChange({ ...test, value: value === 'yes' })}
        />
      );
    case 'number':
      return test.op === 'between' ? (
        <>
          <Count
            wide
            label={t('segments.field.lowest')}
            value={test.from}
            onChange={(from) => onChange({ ...test, from })}
          />
          <Text size="xs" component="span">
            {t('segments.field.and')}
          </Text>
          <Count
            wide
            label={t('segments.field.highest')}
            value={test.to}
            onChange={(to) => onChange({ ...test, to })}
          />
        </>
      ) : (
        <Count wide label={name} value={test.value} onChange={(value) => onChange({ ...test, value })} />
      );
    case 'date':
      return <DateInputs test={test} onChange={onChange} name={name} />;
  }
}

type DateTest = Extract<ValueTest, { type: 'date' }>;

function DateInputs({ test, onChange, name }: { test: DateTest; onChange: (test: DateTest) => void; name: string }) {
  const { t } = useTranslation();
  switch (test.op) {
    case 'in_last':
    case 'not_in_last':
    case 'in_next':
      return <SpanField span={test} onChange={(span) => onChange({ type: 'date', op: test.op, ...span })} />;
    case 'between':
      return (
        <RangeField
          from={test.from}
          to={test.to}
          onChange={(range) => onChange({ type: 'date', op: 'between', ...range })}
        />
      );
    case 'anniversary':
      return (
        <>
          <Count
            label={t('segments.field.daysAfter')}
            value={test.after}
            min={0}
            whole
            onChange={(after) => onChange({ ...test, after })}
          />
          <Text size="xs" component="span">
            {t('segments.field.daysAgoTo')}
          </Text>
          <Count
            label={t('segments.field.daysBefore')}
            value={test.before}
            min={0}
            whole
            onChange={(before) => onChange({ ...test, before })}
          />
          <Text size="xs" component="span">
            {t('segments.field.daysAhead')}
          </Text>
        </>
      );
    default:
      return <Day label={name} value={test.value} onChange={(value) => onChange({ ...test, value })} />;
  }
}
