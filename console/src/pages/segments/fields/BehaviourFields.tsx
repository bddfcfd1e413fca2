import { type ConditionOf, type EventMeasure, isMomentTest, orderMeasures, productMeasures } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useWords } from '../builder/vocabulary.tsx';
import { atLeast } from '../draft/defaults.ts';
import { EventMatchField } from './EventMatchField.tsx';
import { LineFacts, OrderFacts, SubjectPick } from './FactFields.tsx';
import { Pick } from './Inline.tsx';
import { Labelled } from './Labelled.tsx';
import { MeasureField } from './TestFields.tsx';
import { MomentField, WindowField } from './TimeFields.tsx';

interface FieldsOf<K extends 'event' | 'order' | 'product'> {
  readonly condition: ConditionOf<K>;
  readonly onChange: (condition: ConditionOf<K>) => void;
}
type Test = ConditionOf<'event'>['test'];

const isTime = (of: string): boolean => of === 'first' || of === 'last';
/** A point in time and a number are compared in different ways: a change of one to the other begins anew. */
const testFor = (of: string, test: Test): Test => {
  if (isTime(of) === isMomentTest(test)) return test;
  return isTime(of) ? { op: 'in_last', n: 30, unit: 'day' } : atLeast(1);
};

function TestField({
  test,
  onChange,
  unit,
}: {
  test: Test;
  onChange: (test: Test) => void;
  unit?: string | undefined;
}) {
  if (isMomentTest(test)) return <MomentField test={test} onChange={onChange} />;
  return <MeasureField test={test} onChange={onChange} unit={unit} />;
}

const eventMeasures = ['count', 'first', 'last', 'sum', 'average', 'min', 'max', 'distinct'] as const;

/** Events counted or measured. */
export function EventFields({ condition, onChange }: FieldsOf<'event'>) {
  const { t } = useTranslation();
  const { names } = useWords();
  const { measure, match, test, window } = condition;
  const change = (of: EventMeasure['of']) => {
    const value = 'value' in measure ? measure.value : ({ field: 'base_value' } as const);
    const next: EventMeasure = of === 'count' || of === 'first' || of === 'last' ? { of } : { of, value };
    onChange({ ...condition, measure: next, test: testFor(of, test) });
  };
  const money =
    'value' in measure && measure.of !== 'distinct' && 'field' in measure.value && measure.value.field === 'base_value';
  return (
    <>
      <EventMatchField match={match} onChange={(next) => onChange({ ...condition, match: next })} />
      <Labelled label={t('segments.row.howMuch')}>
        <Pick
          label={t('segments.field.measure')}
          value={measure.of}
          choices={eventMeasures.map((value) => ({ value, label: t(`segments.measure.${value}`) }))}
          onPick={change}
        />
        {'value' in measure ? (
          <SubjectPick
            label={t('segments.field.measured')}
            events={match.events}
            subject={measure.value}
            onPick={(value) => onChange({ ...condition, measure: { of: measure.of, value } })}
          />
        ) : null}
        <TestField
          test={test}
          unit={measure.of === 'count' ? t('segments.unit.times') : money ? names.currency : undefined}
          onChange={(next) => onChange({ ...condition, test: next })}
        />
      </Labelled>
      <Labelled label={t('segments.row.when')}>
        <WindowField window={window} onChange={(next) => onChange({ ...condition, window: next })} />
      </Labelled>
    </>
  );
}

/** Orders counted or measured. */
export function OrderFields({ condition, onChange }: FieldsOf<'order'>) {
  const { t } = useTranslation();
  const { names } = useWords();
  const { measure, match, test, window } = condition;
  return (
    <>
      <Labelled label={t('segments.row.howMuch')}>
        <Pick
          label={t('segments.field.measure')}
          value={measure.of}
          choices={orderMeasures.map((value) => ({ value, label: t(`segments.orderMeasure.${value}`) }))}
          onPick={(of) => onChange({ ...condition, measure: { of }, test: testFor(of, test) })}
        />
        <TestField
          test={test}
          unit={measure.of === 'count' ? undefined : names.currency}
          onChange={(next) => onChange({ ...condition, test: next })}
        />
      </Labelled>
      <Labelled label={t('segments.row.products')}>
        <LineFacts
          facts={match.lines}
          add={t('segments.fact.addLine')}
          onChange={(lines) => onChange({ ...condition, match: { ...match, lines } })}
        />
      </Labelled>
      <Labelled label={t('segments.row.details')}>
        <OrderFacts facts={match.where} onChange={(where) => onChange({ ...condition, match: { ...match, where } })} />
      </Labelled>
      <Labelled label={t('segments.row.when')}>
        <WindowField window={window} onChange={(next) => onChange({ ...condition, window: next })} />
      </Labelled>
    </>
  );
}

const actions = ['bought', 'viewed', 'added'] as const;

/** Products bought, seen or put in the cart. */
export function ProductFields({ condition, onChange }: FieldsOf<'product'>) {
  const { t } = useTranslation();
  const { names } = useWords();
  const { measure, match, test, window } = condition;
  const measures = productMeasures.filter((of) => match.action === 'bought' || (of !== 'quantity' && of !== 'revenue'));
  return (
    <>
      <Labelled label={t('segments.row.what')}>
        <Pick
          label={t('segments.field.action')}
          value={match.action}
          choices={actions.map((value) => ({ value, label: t(`segments.action.${value}`) }))}
          onPick={(action) => {
            const fits = action === 'bought' || (measure.of !== 'quantity' && measure.of !== 'revenue');
            onChange({ ...condition, match: { ...match, action }, measure: fits ? measure : { of: 'count' } });
          }}
        />
      </Labelled>
      <Labelled label={t('segments.row.products')}>
        <LineFacts
          facts={match.where}
          add={t('segments.fact.addProduct')}
          onChange={(where) => onChange({ ...condition, match: { ...match, where } })}
        />
      </Labelled>
      <Labelled label={t('segments.row.howMuch')}>
        <Pick
          label={t('segments.field.measure')}
          value={measure.of}
          choices={measures.map((value) => ({ value, label: t(`segments.productMeasure.${value}`) }))}
          onPick={(of) => onChange({ ...condition, measure: { of }, test: testFor(of, test) })}
        />
        <TestField
          test={test}
          unit={
            measure.of === 'count' ? t('segments.unit.times') : measure.of === 'revenue' ? names.currency : undefined
          }
          onChange={(next) => onChange({ ...condition, test: next })}
        />
      </Labelled>
      <Labelled label={t('segments.row.when')}>
        <WindowField window={window} onChange={(next) => onChange({ ...condition, window: next })} />
      </Labelled>
    </>
  );
}
