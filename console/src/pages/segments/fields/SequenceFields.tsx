import { ActionIcon, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type ConditionOf, segmentLimits } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useProperties } from '../builder/vocabulary.tsx';
import { sequenceHindrance } from '../draft/complete.ts';
import { step } from '../draft/defaults.ts';
import { EventNames } from './EventMatchField.tsx';
import { EventFacts } from './FactFields.tsx';
import { Pick, Word } from './Inline.tsx';
import { Labelled } from './Labelled.tsx';
import styles from './SequenceFields.module.css';
import { SpanField, WindowField } from './TimeFields.tsx';

type Sequence = ConditionOf<'sequence'>;
type Step = Sequence['steps'][number];

interface StepFieldsProps {
  readonly step: Step;
  readonly place: number;
  readonly isLast: boolean;
  readonly onChange: (step: Step) => void;
  readonly onRemove: (() => void) | null;
}

function StepFields({ step: one, place, isLast, onChange, onRemove }: StepFieldsProps) {
  const { t } = useTranslation();
  const { within, ...rest } = one;
  return (
    <li className={styles.step}>
      <Group gap={6}>
        {place === 0 ? (
          <Text size="xs" fw={600}>
            {t('segments.step.first')}
          </Text>
        ) : (
          <Pick
            label={t('segments.step.kind', { place: place + 1 })}
            value={one.not ? 'not' : 'did'}
            choices={[
              { value: 'did', label: t('segments.step.then') },
              { value: 'not', label: t('segments.step.thenNot') },
            ]}
            onPick={(kind) => {
              const not = kind === 'not';
              if (not && isLast) onChange({ ...rest, not, within: within ?? { n: 1, unit: 'day' } });
              else onChange(not ? { ...rest, not } : { ...one, not });
            }}
          />
        )}
        <EventNames match={one.match} onChange={(match) => onChange({ ...one, match })} />
        {onRemove === null ? null : (
          <ActionIcon size="sm" aria-label={t('segments.step.remove', { place: place + 1 })} onClick={onRemove}>
            <IconX size={14} aria-hidden="true" />
          </ActionIcon>
        )}
      </Group>
      {place === 0 || (one.not && !isLast) ? null : (
        <Group gap={6}>
          <Checkbox
            size="xs"
            label={t(one.not ? 'segments.step.during' : 'segments.step.within')}
            checked={within !== undefined}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? { ...one, within: { n: 1, unit: 'day' } } : rest)
            }
          />
          {within === undefined ? null : (
            <SpanField span={within} onChange={(span) => onChange({ ...one, within: span })} />
          )}
        </Group>
      )}
      <EventFacts
        events={one.match.events}
        facts={one.match.where}
        onChange={(where) => onChange({ ...one, match: { ...one.match, where } })}
      />
    </li>
  );
}

/** Steps in order of time. */
export function SequenceFields({
  condition,
  onChange,
}: {
  condition: Sequence;
  onChange: (condition: Sequence) => void;
}) {
  const { t } = useTranslation();
  const { steps, sameProperty, window } = condition;
  const properties = useProperties(steps[0]?.match.events ?? []).data?.properties ?? [];
  const hindrance = sequenceHindrance(condition);
  const { sameProperty: _left, ...free } = condition;
  // Only the last "not" step lasts a given time.
  const change = (next: readonly Step[]) => {
    const last = next.length - 1;
    const settled = next.map((one, at): Step => {
      if (!one.not || at === last) return one;
      const { within: _within, ...rest } = one;
      return rest;
    });
    onChange({ ...condition, steps: settled });
  };
  return (
    <>
      <Labelled label={t('segments.row.steps')}>
        <Stack gap="xs" className={styles.whole}>
          <ol className={styles.steps}>
            {steps.map((one, place) => (
              <StepFields
                // Steps have no name of their own; their place is what they are.
                // biome-ignore lint/suspicious/noArrayIndexKey: a step keeps its place while it is edited
                key={place}
                step={one}
                place={place}
                isLast={place === steps.length - 1}
                onChange={(next) => change(steps.map((each, at) => (at === place ? next : each)))}
                onRemove={steps.length > 2 && place > 0 ? () => change(steps.filter((_, at) => at !== place)) : null}
              />
            ))}
          </ol>
          {hindrance === null ? null : (
            <Text size="xs" c="red" role="status">
              {t(`segments.step.${hindrance}`)}
            </Text>
          )}
          {steps.length >= segmentLimits.steps ? null : (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconPlus size={12} aria-hidden="true" />}
              onClick={() => change([...steps, step({})])}
              className={styles.add}
            >
              {t('segments.step.add')}
            </Button>
          )}
        </Stack>
      </Labelled>
      <Labelled label={t('segments.row.same')}>
        <Checkbox
          size="xs"
          label={t('segments.step.same')}
          checked={sameProperty !== undefined}
          onChange={(event) => onChange(event.currentTarget.checked ? { ...condition, sameProperty: 'cart_id' } : free)}
        />
        {sameProperty === undefined ? null : (
          <Word
            label={t('segments.fact.propertyName')}
            placeholder={t('segments.fact.propertyName')}
            value={sameProperty}
            known={properties.map(({ name }) => name)}
            onChange={(next) => onChange({ ...condition, sameProperty: next })}
          />
        )}
      </Labelled>
      <Labelled label={t('segments.row.when')}>
        <WindowField window={window} onChange={(next) => onChange({ ...condition, window: next })} />
      </Labelled>
    </>
  );
}
