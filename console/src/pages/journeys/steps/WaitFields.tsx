import { NumberInput, Select, Stack, TextInput } from '@mantine/core';
import type { JourneyNode, WaitFor } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { HourField } from './choices.tsx';
import { DurationField } from './DurationField.tsx';
import { EventFields } from './EventFields.tsx';

type WaitNode = Extract<JourneyNode, { kind: 'wait' }>;
const kinds = ['duration', 'hour', 'date', 'event'] as const;

interface WaitFieldsProps {
  readonly node: WaitNode;
  readonly onChange: (node: WaitNode) => void;
  readonly disabled: boolean;
}

/** A wait of another kind; both ways of an event lead on at first. */
function waitOf(kind: (typeof kinds)[number], next: string): WaitFor {
  switch (kind) {
    case 'duration':
      return { kind, n: 1, unit: 'day' };
    case 'hour':
      return { kind, hour: '09:00' };
    case 'date':
      return { kind, at: { trait: 'birthday' }, days: 0, hour: '09:00' };
    case 'event':
      return {
        kind,
        type: 'track',
        event: 'Order Completed',
        where: [],
        timeout: { n: 1, unit: 'day' },
        otherwise: next,
      };
  }
}

export function WaitFields({ node, onChange, disabled }: WaitFieldsProps) {
  const { t } = useTranslation();
  const { until } = node;
  const set = (changed: WaitFor): void => onChange({ ...node, until: changed });
  return (
    <Stack gap="sm">
      <Select
        label={t('journeys.waitUntil')}
        allowDeselect={false}
        disabled={disabled}
        value={until.kind}
        data={kinds.map((kind) => ({ value: kind, label: t(`journeys.wait.${kind}`) }))}
        onChange={(text) => set(waitOf(kinds.find((kind) => kind === text) ?? 'duration', node.next))}
      />
      {until.kind === 'duration' ? (
        <DurationField
          label={t('journeys.howLong')}
          value={until}
          disabled={disabled}
          onChange={(value) => set({ kind: 'duration', ...value })}
        />
      ) : null}
      {until.kind === 'hour' ? (
        <HourField
          label={t('journeys.hour')}
          value={until.hour}
          disabled={disabled}
          onChange={(hour) => set({ ...until, hour })}
        />
      ) : null}
      {until.kind === 'date' ? <DateFields until={until} onChange={set} disabled={disabled} /> : null}
      {until.kind === 'event' ? (
        <>
          <EventFields value={until} ofRun disabled={disabled} onChange={(event) => set({ ...until, ...event })} />
          <DurationField
            label={t('journeys.atMost')}
            value={until.timeout}
            disabled={disabled}
            onChange={(timeout) => set({ ...until, timeout })}
          />
        </>
      ) : null}
    </Stack>
  );
}

function DateFields({
  until,
  onChange,
  disabled,
}: {
  until: Extract<WaitFor, { kind: 'date' }>;
  onChange: (until: WaitFor) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const of = 'fixed' in until.at ? 'fixed' : 'trait' in until.at ? 'trait' : 'run';
  const text = 'fixed' in until.at ? until.at.fixed.slice(0, 10) : 'trait' in until.at ? until.at.trait : until.at.run;
  const at = (kind: string, value: string): Extract<WaitFor, { kind: 'date' }>['at'] =>
    kind === 'fixed' ? { fixed: `${value}T00:00:00Z` } : kind === 'run' ? { run: value } : { trait: value };
  return (
    <>
      <Select
        label={t('journeys.dateOf')}
        allowDeselect={false}
        disabled={disabled}
        value={of}
        data={(['trait', 'run', 'fixed'] as const).map((value) => ({ value, label: t(`journeys.date.${value}`) }))}
        onChange={(kind) =>
          onChange({
            ...until,
            at: at(
              kind ?? 'trait',
              kind === 'fixed'
                ? new Date().toISOString().slice(0, 10)
                : kind === 'run'
                  ? 'event.properties.date'
                  : 'birthday',
            ),
          })
        }
      />
      <TextInput
        label={t(`journeys.date.${of}`)}
        type={of === 'fixed' ? 'date' : 'text'}
        value={text}
        disabled={disabled}
        onChange={(event) => {
          if (event.currentTarget.value !== '') onChange({ ...until, at: at(of, event.currentTarget.value) });
        }}
      />
      <NumberInput
        label={t('journeys.daysAfter')}
        description={t('journeys.daysAfterHint')}
        min={-365}
        max={365}
        allowDecimal={false}
        value={until.days}
        disabled={disabled}
        onChange={(days) => {
          if (typeof days === 'number') onChange({ ...until, days });
        }}
      />
      <HourField
        label={t('journeys.hour')}
        value={until.hour ?? ''}
        disabled={disabled}
        onChange={(hour) => onChange({ ...until, hour })}
      />
    </>
  );
}
