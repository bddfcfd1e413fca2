import { Group, Text } from '@mantine/core';
import { type DurationUnit, durationUnits, type MomentTest, type TimeWindow } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { endAfter, lastDayOf, momentOps, withMomentOp } from '../draft/valueTests.ts';
import { Count, Day, Pick } from './Inline.tsx';

interface Span {
  readonly n: number;
  readonly unit: DurationUnit;
}

/** "90 days". */
export function SpanField({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const { t } = useTranslation();
  const many = Number.isNaN(span.n) ? 2 : span.n;
  return (
    <>
      <Count
        label={t('segments.field.length')}
        value={span.n}
        min={1}
        whole
        onChange={(n) => onChange({ ...span, n })}
      />
      <Pick
        label={t('segments.field.unit')}
        value={span.unit}
        choices={durationUnits.map((value) => ({ value, label: t(`segments.unit.${value}`, { count: many }) }))}
        onPick={(unit) => onChange({ ...span, unit })}
      />
    </>
  );
}

const windowKinds = ['last', 'since', 'between', 'ever'] as const;

/** When: in the last n, since a day, between two days, ever. */
export function WindowField({ window, onChange }: { window: TimeWindow; onChange: (window: TimeWindow) => void }) {
  const { t } = useTranslation();
  const from = 'from' in window ? window.from : '';
  const change = (kind: TimeWindow['kind']) => {
    if (kind === 'ever') onChange({ kind });
    else if (kind === 'last') onChange({ kind, n: 30, unit: 'day' });
    else if (kind === 'since') onChange({ kind, from });
    else onChange({ kind, from, to: '' });
  };
  return (
    <Group gap={6}>
      <Pick
        label={t('segments.field.when')}
        value={window.kind}
        choices={windowKinds.map((value) => ({ value, label: t(`segments.window.${value}`) }))}
        onPick={change}
      />
      {window.kind === 'last' ? (
        <SpanField span={window} onChange={(span) => onChange({ kind: 'last', ...span })} />
      ) : null}
      {window.kind === 'since' ? (
        <Day
          label={t('segments.field.from')}
          value={window.from}
          onChange={(next) => onChange({ ...window, from: next })}
        />
      ) : null}
      {window.kind === 'between' ? (
        <RangeField from={window.from} to={window.to} onChange={(range) => onChange({ kind: 'between', ...range })} />
      ) : null}
    </Group>
  );
}

/** From a day to a day, both counted. */
export function RangeField(props: {
  from: string;
  to: string;
  onChange: (range: { from: string; to: string }) => void;
}) {
  const { from, to, onChange } = props;
  const { t } = useTranslation();
  return (
    <>
      <Day label={t('segments.field.from')} value={from} onChange={(next) => onChange({ from: next, to })} />
      <Text size="xs" component="span">
        {t('segments.field.until')}
      </Text>
      <Day
        label={t('segments.field.to')}
        value={to === '' ? '' : lastDayOf(to)}
        onChange={(next) => onChange({ from, to: endAfter(next) })}
      />
    </>
  );
}

/** When the first or last time was. */
export function MomentField({ test, onChange }: { test: MomentTest; onChange: (test: MomentTest) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap={6}>
      <Pick
        label={t('segments.field.moment')}
        value={test.op}
        choices={momentOps.map((value) => ({ value, label: t(`segments.moment.${value}`) }))}
        onPick={(op) => onChange(withMomentOp(test, op))}
      />
      {'n' in test ? (
        <SpanField span={test} onChange={(span) => onChange({ op: test.op, ...span })} />
      ) : (
        <Day
          label={t('segments.field.day')}
          value={test.value}
          onChange={(value) => onChange({ op: test.op, value })}
        />
      )}
    </Group>
  );
}
