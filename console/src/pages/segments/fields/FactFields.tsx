import { ActionIcon, Button, Group, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import {
  type ConditionOf,
  type EventField,
  type EventTest,
  eventFields,
  type lineFields,
  orderNumberFields,
  orderTextFields,
  type TextTest,
} from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useProperties, useWords, type Words } from '../builder/vocabulary.tsx';
import { atLeast, firstTest, textIs } from '../draft/defaults.ts';
import { Pick, Word } from './Inline.tsx';
import { MeasureField, TextTestField, ValueTestField } from './TestFields.tsx';

/** Values that exist for a field of events, order lines or orders. */
function knownOf(field: string, { vocabulary }: Words): readonly string[] {
  switch (field) {
    case 'category':
      return vocabulary.categories;
    case 'brand':
      return vocabulary.brands;
    case 'site':
      return vocabulary.sites;
    case 'device_type':
      return ['mobile', 'desktop', 'tablet'];
    default:
      return [];
  }
}

const replaced = <Item,>(items: readonly Item[], at: number, item: Item): Item[] =>
  items.map((one, index) => (index === at ? item : one));
const without = <Item,>(items: readonly Item[], at: number): Item[] => items.filter((_, index) => index !== at);

/** Details one under the other, each can be taken away, and one more can be added. */
function FactList(props: {
  rows: readonly ReactNode[];
  onRemove: (at: number) => void;
  onAdd: () => void;
  add: string;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} align="flex-start">
      {props.rows.map((row, at) => (
        // Details have no name of their own; their place tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: a row keeps its place while it is edited
        <Group key={at} gap={6}>
          {row}
          <ActionIcon size="sm" aria-label={t('segments.fact.remove')} onClick={() => props.onRemove(at)}>
            <IconX size={14} aria-hidden="true" />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={12} aria-hidden="true" />}
        onClick={props.onAdd}
      >
        {props.add}
      </Button>
    </Stack>
  );
}

const otherProperty = 'property:';

/** Field or property, as one choice. */
export function SubjectPick(props: {
  label: string;
  events: readonly string[];
  subject: { field: EventField } | { property: string };
  onPick: (subject: { field: EventField } | { property: string }) => void;
}) {
  const { label, events, subject, onPick } = props;
  const { t } = useTranslation();
  const words = useWords();
  const properties = useProperties(events).data?.properties ?? [];
  const isKnown = 'property' in subject && properties.some(({ name }) => name === subject.property);
  const value =
    'field' in subject ? `field:${subject.field}` : isKnown ? `property:${subject.property}` : otherProperty;
  return (
    <>
      <Pick
        label={label}
        value={value}
        choices={[
          {
            group: t('segments.fact.fields'),
            items: eventFields.map((field) => ({ value: `field:${field}`, label: words.label('field', field) })),
          },
          {
            group: t('segments.fact.properties'),
            items: [
              ...properties.map(({ name }) => ({ value: `property:${name}`, label: words.label('property', name) })),
              { value: otherProperty, label: t('segments.fact.other') },
            ],
          },
        ]}
        onPick={(next) => {
          const field = eventFields.find((one) => `field:${one}` === next);
          onPick(field === undefined ? { property: next.slice(otherProperty.length) } : { field });
        }}
      />
      {'property' in subject && !isKnown ? (
        <Word
          label={t('segments.fact.propertyName')}
          placeholder={t('segments.fact.propertyName')}
          value={subject.property}
          known={properties.map(({ name }) => name)}
          onChange={(property) => onPick({ property })}
        />
      ) : null}
    </>
  );
}

/** Details of events: fields and properties with any test. */
export function EventFacts(props: {
  events: readonly string[];
  facts: readonly EventTest[];
  onChange: (facts: EventTest[]) => void;
}) {
  const { events, facts, onChange } = props;
  const { t } = useTranslation();
  const words = useWords();
  const properties = useProperties(events).data?.properties ?? [];
  const row = (fact: EventTest, at: number) => {
    const property = 'property' in fact ? properties.find(({ name }) => name === fact.property) : undefined;
    return (
      <>
        <SubjectPick
          label={t('segments.fact.which')}
          events={events}
          subject={fact}
          onPick={(subject) => {
            const type =
              'property' in subject ? properties.find(({ name }) => name === subject.property)?.type : 'text';
            const test = type === undefined || type === fact.test.type ? fact.test : firstTest(type);
            onChange(
              replaced(
                facts,
                at,
                'field' in subject ? { field: subject.field, test } : { property: subject.property, test },
              ),
            );
          }}
        />
        <ValueTestField
          test={fact.test}
          label={'field' in fact ? words.label('field', fact.field) : words.label('property', fact.property)}
          known={'field' in fact ? knownOf(fact.field, words) : (property?.values ?? [])}
          type={property?.type ?? (('field' in fact && fact.field === 'base_value' && 'number') || undefined)}
          onChange={(test) => onChange(replaced(facts, at, { ...fact, test }))}
        />
      </>
    );
  };
  return (
    <FactList
      rows={facts.map(row)}
      add={t('segments.fact.add')}
      onRemove={(at) => onChange(without(facts, at))}
      onAdd={() => onChange([...facts, { field: 'category', test: textIs('') }])}
    />
  );
}

type LineTest = ConditionOf<'product'>['match']['where'][number];

/** Details of products: category, brand, number. */
export function LineFacts(props: { facts: readonly LineTest[]; add: string; onChange: (facts: LineTest[]) => void }) {
  const { facts, add, onChange } = props;
  const { t } = useTranslation();
  const words = useWords();
  return (
    <FactList
      add={facts.length === 0 ? add : t('segments.fact.add')}
      onRemove={(at) => onChange(without(facts, at))}
      onAdd={() => onChange([...facts, { field: 'category', test: textIs('') }])}
      rows={facts.map((fact, at) => (
        <>
          <Pick
            label={t('segments.fact.which')}
            value={fact.field}
            choices={(['category', 'brand', 'product_id'] satisfies (typeof lineFields)[number][]).map((value) => ({
              value,
              label: words.label('field', value),
            }))}
            onPick={(field) => onChange(replaced(facts, at, { ...fact, field }))}
          />
          <TextTestField
            test={fact.test}
            label={words.label('field', fact.field)}
            known={knownOf(fact.field, words)}
            onChange={(test) => onChange(replaced(facts, at, { ...fact, test }))}
          />
        </>
      ))}
    />
  );
}

type OrderTest = ConditionOf<'order'>['match']['where'][number];
type OrderTextField = (typeof orderTextFields)[number];
type OrderNumberField = (typeof orderNumberFields)[number];

/** Details of orders: amounts, site, channel, currency, coupon, state. */
export function OrderFacts({
  facts,
  onChange,
}: {
  facts: readonly OrderTest[];
  onChange: (facts: OrderTest[]) => void;
}) {
  const { t } = useTranslation();
  const words = useWords();
  const labelOf = (field: OrderTest['field']) =>
    field === 'total' || field === 'discount' ? t(`segments.order.${field}`) : words.label('field', field);
  const pick = (at: number, given: OrderTest, field: OrderTest['field']) => {
    const isNumber = field === 'total' || field === 'discount';
    const { test } = given;
    if (isNumber) onChange(replaced(facts, at, numberFact(field, 'type' in test ? atLeast(100) : test)));
    else onChange(replaced(facts, at, textFact(field, 'type' in test ? test : textIs(''))));
  };
  return (
    <FactList
      add={t('segments.fact.addOrder')}
      onRemove={(at) => onChange(without(facts, at))}
      onAdd={() => onChange([...facts, numberFact('total', atLeast(100))])}
      rows={facts.map((fact, at) => {
        const { field, test } = fact;
        return (
          <>
            <Pick
              label={t('segments.fact.which')}
              value={field}
              choices={[...orderNumberFields, ...orderTextFields].map((value) => ({ value, label: labelOf(value) }))}
              onPick={(next) => pick(at, fact, next)}
            />
            {'type' in test ? (
              <TextTestField
                test={test}
                label={labelOf(field)}
                known={knownOf(field, words)}
                onChange={(next) => pick(at, textFact(textFieldOf(field), next), field)}
              />
            ) : (
              <MeasureField
                test={test}
                unit={words.names.currency}
                onChange={(next) => pick(at, numberFact(field === 'discount' ? field : 'total', next), field)}
              />
            )}
          </>
        );
      })}
    />
  );
}

const numberFact = (field: OrderNumberField, test: ReturnType<typeof atLeast>): OrderTest => ({ field, test });
const textFact = (field: OrderTextField, test: TextTest): OrderTest => ({ field, test });
const textFieldOf = (field: OrderTest['field']): OrderTextField =>
  orderTextFields.find((one) => one === field) ?? 'site';
