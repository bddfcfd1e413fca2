import { Select, TextInput } from '@mantine/core';
import type { JourneyEvent } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { FactsEditor } from './FactsEditor.tsx';

const types = ['track', 'page', 'screen', 'message'] as const;

interface EventFieldsProps {
  readonly value: JourneyEvent;
  readonly onChange: (value: JourneyEvent) => void;
  readonly ofRun: boolean;
  readonly disabled: boolean;
}

/** An event by type and name, with facts about it. */
export function EventFields({ value, onChange, ofRun, disabled }: EventFieldsProps) {
  const { t } = useTranslation();
  const { type, event, where } = value;
  return (
    <>
      <Select
        label={t('journeys.eventType')}
        allowDeselect={false}
        disabled={disabled}
        value={type}
        data={types.map((one) => ({ value: one, label: t(`journeys.type.${one}`) }))}
        onChange={(text) => onChange({ type: types.find((one) => one === text) ?? 'track', event, where })}
      />
      <TextInput
        label={t('journeys.event')}
        required
        value={event}
        disabled={disabled}
        onChange={(change) => onChange({ type, event: change.currentTarget.value, where })}
      />
      <FactsEditor
        label={t('journeys.facts')}
        value={where}
        ofRun={ofRun}
        disabled={disabled}
        onChange={(facts) => onChange({ type, event, where: facts })}
      />
    </>
  );
}
