import { Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import type { ExperienceTrigger } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { fromLocalInput, toLocalInput } from '../../offers/localTime.ts';
import styles from '../Experiences.module.css';
import type { Draft } from './draft.ts';
import { useExperienceForm } from './formContext.tsx';

const triggers = ['load', 'delay', 'scroll', 'exit', 'idle', 'click', 'event'] as const;

function triggerOf(on: string | null): ExperienceTrigger {
  switch (on) {
    case 'delay':
      return { on, seconds: 5 };
    case 'idle':
      return { on, seconds: 20 };
    case 'scroll':
      return { on, percent: 50 };
    case 'exit':
      return { on };
    case 'click':
      return { on, selector: '' };
    case 'event':
      return { on, event: '' };
    default:
      return { on: 'load' };
  }
}

/** The moment on the page, and the days and hours on which it may show. */
export function WhenFields() {
  const { t } = useTranslation();
  const { draft, change, errorAt, disabled } = useExperienceForm();
  const { trigger } = draft;
  return (
    <Card title={t('experiences.when')}>
      <Stack gap="md">
        <div className={styles.two}>
          <Select
            label={t('experiences.triggerTitle')}
            disabled={disabled}
            value={trigger.on}
            onChange={(next) => change({ trigger: triggerOf(next) })}
            data={triggers.map((one) => ({ value: one, label: t(`experiences.trigger.${one}`) }))}
          />
          {trigger.on === 'delay' || trigger.on === 'idle' ? (
            <NumberInput
              label={t('experiences.seconds')}
              min={trigger.on === 'idle' ? 1 : 0}
              max={3_600}
              disabled={disabled}
              value={trigger.seconds}
              error={errorAt('trigger.seconds')}
              onChange={(next) => change({ trigger: { ...trigger, seconds: Number(next) } })}
            />
          ) : null}
          {trigger.on === 'scroll' ? (
            <NumberInput
              label={t('experiences.percent')}
              suffix=" %"
              min={1}
              max={100}
              disabled={disabled}
              value={trigger.percent}
              error={errorAt('trigger.percent')}
              onChange={(next) => change({ trigger: { ...trigger, percent: Number(next) } })}
            />
          ) : null}
          {trigger.on === 'click' ? (
            <TextInput
              label={t('experiences.selector')}
              description={t('experiences.selectorHint')}
              required
              disabled={disabled}
              value={trigger.selector}
              error={errorAt('trigger.selector')}
              onChange={(event) => change({ trigger: { ...trigger, selector: event.currentTarget.value } })}
            />
          ) : null}
          {trigger.on === 'event' ? (
            <TextInput
              label={t('experiences.event')}
              description={t('experiences.eventHint')}
              required
              disabled={disabled}
              value={trigger.event}
              error={errorAt('trigger.event')}
              onChange={(event) => change({ trigger: { ...trigger, event: event.currentTarget.value } })}
            />
          ) : null}
        </div>
        <ScheduleFields />
      </Stack>
    </Card>
  );
}

/** 2024 began on a Monday. */
const dayOf = (weekday: number): string => `2024-01-0${weekday}T12:00:00.000Z`;

function ScheduleFields() {
  const { t } = useTranslation();
  const { settings } = useFormat();
  const { draft, change, errorAt, disabled } = useExperienceForm();
  const { schedule } = draft;
  const put = (part: Partial<Draft['schedule']>): void => {
    const next = { ...schedule, ...part };
    change({ schedule: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) });
  };
  const { hours } = schedule;
  const putHours = (part: Partial<NonNullable<typeof hours>>): void => {
    const next = { from: '', to: '', ...hours, ...part };
    put({ hours: next.from === '' && next.to === '' ? undefined : next });
  };
  const dayName = new Intl.DateTimeFormat(settings.locale, { weekday: 'long', timeZone: 'UTC' });
  return (
    <>
      <div className={styles.two}>
        <TextInput
          type="datetime-local"
          label={t('experiences.from')}
          description={t('experiences.fromHint')}
          disabled={disabled}
          value={toLocalInput(schedule.from ?? null)}
          error={errorAt('schedule.from')}
          onChange={(event) => put({ from: fromLocalInput(event.currentTarget.value) ?? undefined })}
        />
        <TextInput
          type="datetime-local"
          label={t('experiences.ends')}
          description={t('experiences.toHint')}
          disabled={disabled}
          value={toLocalInput(schedule.until ?? null)}
          error={errorAt('schedule.until')}
          onChange={(event) => put({ until: fromLocalInput(event.currentTarget.value) ?? undefined })}
        />
        <TextInput
          type="time"
          label={t('experiences.hourFrom')}
          description={t('experiences.hoursHint', { zone: settings.timeZone })}
          disabled={disabled}
          value={hours?.from ?? ''}
          error={errorAt('schedule.hours.from')}
          onChange={(event) => putHours({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('experiences.hourTo')}
          description={t('experiences.nightHint')}
          disabled={disabled}
          value={hours?.to ?? ''}
          error={errorAt('schedule.hours.to')}
          onChange={(event) => putHours({ to: event.currentTarget.value })}
        />
      </div>
      <Checkbox.Group
        label={t('experiences.weekdays')}
        description={t('experiences.weekdaysHint')}
        value={(schedule.weekdays ?? []).map(String)}
        onChange={(next) =>
          put({ weekdays: next.length === 0 ? undefined : next.map(Number).toSorted((one, other) => one - other) })
        }
      >
        <Group gap="md" mt={6}>
          {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
            <Checkbox
              key={weekday}
              value={String(weekday)}
              disabled={disabled}
              label={dayName.format(new Date(dayOf(weekday)))}
            />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}
