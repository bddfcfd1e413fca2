import { ActionIcon, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ScoreSignal, SegmentCondition } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EventMatchField } from '../segments/fields/EventMatchField.tsx';
import { OrderFacts } from '../segments/fields/FactFields.tsx';
import { Labelled } from '../segments/fields/Labelled.tsx';
import { ConsentFields, IdentifierFields, ProfileFields, TraitFields } from '../segments/fields/PersonFields.tsx';
import styles from './Scores.module.css';

interface SignalEditorProps {
  readonly signal: ScoreSignal;
  readonly onChange: (signal: ScoreSignal) => void;
  readonly onRemove: () => void;
}

/** A number, or nothing. */
const numberOrNull = (value: string | number): number | null => (value === '' ? null : Number(value));

/** One signal: what it looks for, what it gives, how that fades. */
export function SignalEditor({ signal, onChange, onRemove }: SignalEditorProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.signal} aria-label={signal.name}>
      <Stack gap="sm">
        <Group justify="space-between" align="end" wrap="nowrap">
          <TextInput
            label={t('scores.signalName')}
            value={signal.name}
            onChange={(event) => onChange({ ...signal, name: event.currentTarget.value })}
            flex={1}
          />
          <ActionIcon aria-label={t('scores.removeSignal', { name: signal.name })} onClick={onRemove} size="lg">
            <IconTrash size={18} aria-hidden="true" />
          </ActionIcon>
        </Group>
        <SignalTest signal={signal} onChange={onChange} />
        <div className={styles.numbers}>
          <NumberInput
            label={t(signal.kind === 'fact' ? 'scores.pointsOnce' : 'scores.pointsEach')}
            value={signal.points}
            onChange={(value) => onChange({ ...signal, points: Number(value) })}
            allowNegative
          />
          {signal.kind === 'fact' ? null : (
            <>
              <NumberInput
                label={t('scores.halfLife')}
                description={t('scores.halfLifeNote')}
                placeholder={t('scores.never')}
                value={signal.halfLifeDays ?? ''}
                min={1}
                onChange={(value) => onChange({ ...signal, halfLifeDays: numberOrNull(value) })}
              />
              <NumberInput
                label={t('scores.within')}
                description={t('scores.withinNote')}
                placeholder={t('scores.ever')}
                value={signal.withinDays ?? ''}
                min={1}
                onChange={(value) => onChange({ ...signal, withinDays: numberOrNull(value) })}
              />
              <NumberInput
                label={t('scores.cap')}
                description={t('scores.capNote')}
                placeholder={t('scores.none')}
                value={signal.cap ?? ''}
                min={0}
                onChange={(value) => onChange({ ...signal, cap: numberOrNull(value) })}
              />
            </>
          )}
        </div>
      </Stack>
    </fieldset>
  );
}

function SignalTest({ signal, onChange }: Pick<SignalEditorProps, 'signal' | 'onChange'>) {
  const { t } = useTranslation();
  if (signal.kind === 'event')
    return <EventMatchField match={signal.match} onChange={(match) => onChange({ ...signal, match })} />;
  if (signal.kind === 'order')
    return (
      <Labelled label={t('scores.whichOrders')}>
        <OrderFacts
          facts={signal.match.where}
          onChange={(where) => onChange({ ...signal, match: { ...signal.match, where } })}
        />
      </Labelled>
    );
  const { test } = signal;
  const take = (next: SegmentCondition) => {
    if (next.kind === 'trait' || next.kind === 'consent' || next.kind === 'identifier' || next.kind === 'profile')
      onChange({ ...signal, test: next });
  };
  switch (test.kind) {
    case 'trait':
      return <TraitFields condition={test} onChange={take} />;
    case 'consent':
      return <ConsentFields condition={test} onChange={take} />;
    case 'identifier':
      return <IdentifierFields condition={test} onChange={take} />;
    case 'profile':
      return <ProfileFields condition={test} onChange={take} />;
  }
}
