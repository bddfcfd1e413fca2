import { NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import type { JourneyTrigger } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { SegmentSelect } from './AudienceSelect.tsx';
import { HourField } from './choices.tsx';
import { DurationField } from './DurationField.tsx';
import { EntryFields } from './EntryFields.tsx';
import { EventFields } from './EventFields.tsx';
import { GoalFields } from './GoalFields.tsx';
import type { WholeProps } from './wholeProps.ts';

const kinds = ['event', 'segment', 'date', 'schedule', 'product', 'api'] as const;
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const everyUnits = ['once', 'day', 'week', 'month'] as const;

function triggerOf(kind: (typeof kinds)[number]): JourneyTrigger {
  switch (kind) {
    case 'event':
      return { kind, type: 'track', event: 'Product Added', where: [] };
    case 'segment':
      return { kind, segment: 'choose', on: 'enter' };
    case 'date':
      return { kind, trait: 'birthday', yearly: true, days: 0, hour: '09:00' };
    case 'schedule':
      return { kind, every: { unit: 'week', day: 1 }, hour: '10:00' };
    case 'product':
      return {
        kind,
        change: 'back_in_stock',
        interest: { events: ['Product Viewed'], within: { n: 60, unit: 'day' } },
      };
    case 'api':
      return { kind };
  }
}

/** What begins the journey, who may come, what it is for, what ends it. */
export function TriggerPanel(props: WholeProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Card title={t('journeys.begins')} note={t('journeys.beginsNote')}>
        <TriggerFields {...props} />
      </Card>
      <Card title={t('journeys.entry')} note={t('journeys.entryNote')}>
        <EntryFields {...props} />
      </Card>
      <Card title={t('journeys.goalAndExits')} note={t('journeys.goalNote')}>
        <GoalFields {...props} />
      </Card>
    </Stack>
  );
}

function TriggerFields({ definition, onChange, disabled }: WholeProps) {
  const { t } = useTranslation();
  const { trigger } = definition;
  const set = (changed: JourneyTrigger): void => onChange({ ...definition, trigger: changed });
  return (
    <Stack gap="sm">
      <Select
        label={t('journeys.triggerTitle')}
        allowDeselect={false}
        disabled={disabled}
        value={trigger.kind}
        data={kinds.map((kind) => ({ value: kind, label: t(`journeys.trigger.${kind}`) }))}
        onChange={(text) => set(triggerOf(kinds.find((kind) => kind === text) ?? 'event'))}
      />
      {trigger.kind === 'event' ? (
        <EventFields
          value={trigger}
          ofRun={false}
          disabled={disabled}
          onChange={(event) => set({ kind: 'event', ...event })}
        />
      ) : null}
      {trigger.kind === 'segment' ? (
        <>
          <Select
            label={t('journeys.onTitle')}
            allowDeselect={false}
            disabled={disabled}
            value={trigger.on}
            data={(['enter', 'exit'] as const).map((value) => ({ value, label: t(`journeys.onDo.${value}`) }))}
            onChange={(text) => set({ ...trigger, on: text === 'exit' ? 'exit' : 'enter' })}
          />
          <SegmentSelect
            label={t('journeys.segment')}
            value={trigger.segment}
            disabled={disabled}
            onChange={(segment) => set({ ...trigger, segment: segment === '' ? 'choose' : segment })}
          />
        </>
      ) : null}
      {trigger.kind === 'date' ? (
        <>
          <TextInput
            label={t('journeys.trait')}
            value={trigger.trait}
            disabled={disabled}
            onChange={(event) => set({ ...trigger, trait: event.currentTarget.value })}
          />
          <NumberInput
            label={t('journeys.daysAfter')}
            description={t('journeys.daysAfterHint')}
            min={-365}
            max={365}
            value={trigger.days}
            disabled={disabled}
            onChange={(days) => {
              if (typeof days === 'number') set({ ...trigger, days });
            }}
          />
        </>
      ) : null}
      {trigger.kind === 'schedule' ? <ScheduleFields trigger={trigger} onChange={set} disabled={disabled} /> : null}
      {trigger.kind === 'date' || trigger.kind === 'schedule' ? (
        <HourField
          label={t('journeys.hourOfShop')}
          value={trigger.hour}
          disabled={disabled}
          onChange={(hour) => set({ ...trigger, hour })}
        />
      ) : null}
      {trigger.kind === 'product' ? (
        <>
          <Select
            label={t('journeys.changeTitle')}
            allowDeselect={false}
            disabled={disabled}
            value={trigger.change}
            data={(['back_in_stock', 'price_drop'] as const).map((value) => ({
              value,
              label: t(`journeys.change.${value}`),
            }))}
            onChange={(text) => set({ ...trigger, change: text === 'price_drop' ? 'price_drop' : 'back_in_stock' })}
          />
          <TagsInput
            label={t('journeys.interest')}
            description={t('journeys.interestHint')}
            value={trigger.interest.events}
            disabled={disabled}
            onChange={(events) => set({ ...trigger, interest: { ...trigger.interest, events } })}
          />
          <DurationField
            label={t('journeys.within')}
            value={trigger.interest.within}
            disabled={disabled}
            onChange={(within) => set({ ...trigger, interest: { ...trigger.interest, within } })}
          />
        </>
      ) : null}
    </Stack>
  );
}

type Schedule = Extract<JourneyTrigger, { kind: 'schedule' }>;

function everyOf(unit: (typeof everyUnits)[number]): Schedule['every'] {
  if (unit === 'once') return { unit, date: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) };
  return unit === 'day' ? { unit } : { unit, day: 1 };
}

function ScheduleFields({
  trigger,
  onChange,
  disabled,
}: {
  trigger: Schedule;
  onChange: (trigger: Schedule) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const { every } = trigger;
  return (
    <>
      <Select
        label={t('journeys.everyTitle')}
        allowDeselect={false}
        disabled={disabled}
        value={every.unit}
        data={everyUnits.map((unit) => ({ value: unit, label: t(`journeys.everyUnit.${unit}`) }))}
        onChange={(text) =>
          onChange({ ...trigger, every: everyOf(everyUnits.find((unit) => unit === text) ?? 'week') })
        }
      />
      {every.unit === 'once' ? (
        <TextInput
          label={t('journeys.day')}
          type="date"
          value={every.date}
          disabled={disabled}
          onChange={(event) => {
            if (event.currentTarget.value !== '')
              onChange({ ...trigger, every: { unit: 'once', date: event.currentTarget.value } });
          }}
        />
      ) : null}
      {every.unit === 'week' ? (
        <Select
          label={t('journeys.weekday')}
          allowDeselect={false}
          disabled={disabled}
          value={String(every.day)}
          data={weekdays.map((day) => ({ value: String(day), label: t(`journeys.weekdays.${day}`) }))}
          onChange={(day) => onChange({ ...trigger, every: { unit: 'week', day: Number(day ?? 1) } })}
        />
      ) : null}
      {every.unit === 'month' ? (
        <NumberInput
          label={t('journeys.monthday')}
          min={1}
          max={28}
          value={every.day}
          disabled={disabled}
          onChange={(day) => {
            if (typeof day === 'number') onChange({ ...trigger, every: { unit: 'month', day } });
          }}
        />
      ) : null}
    </>
  );
}
