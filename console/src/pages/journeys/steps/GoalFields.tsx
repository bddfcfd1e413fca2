import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { JourneyHappening } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Journeys.module.css';
import { SegmentSelect } from './AudienceSelect.tsx';
import { DurationField } from './DurationField.tsx';
import { EventFields } from './EventFields.tsx';
import type { WholeProps } from './wholeProps.ts';

const bought = (): JourneyHappening => ({ kind: 'event', type: 'track', event: 'Order Completed', where: [] });

/** What the journey is for, and what ends it early. */
export function GoalFields({ definition, onChange, disabled }: WholeProps) {
  const { t } = useTranslation();
  const { goal, exits } = definition;
  return (
    <Stack gap="sm">
      <Switch
        label={t('journeys.hasGoal')}
        checked={goal !== undefined}
        disabled={disabled}
        onChange={(event) => {
          const { goal: _, ...rest } = definition;
          onChange(
            event.currentTarget.checked
              ? { ...rest, goal: { when: bought(), within: { n: 30, unit: 'day' }, exit: true } }
              : rest,
          );
        }}
      />
      {goal === undefined ? null : (
        <Stack gap="sm" className={styles.fact}>
          <HappeningFields
            value={goal.when}
            disabled={disabled}
            onChange={(when) => onChange({ ...definition, goal: { ...goal, when } })}
          />
          <DurationField
            label={t('journeys.goalWithin')}
            value={goal.within}
            disabled={disabled}
            onChange={(within) => onChange({ ...definition, goal: { ...goal, within } })}
          />
          <Switch
            label={t('journeys.goalExit')}
            checked={goal.exit}
            disabled={disabled}
            onChange={(event) => onChange({ ...definition, goal: { ...goal, exit: event.currentTarget.checked } })}
          />
        </Stack>
      )}
      <Text size="sm" fw={500}>
        {t('journeys.exits')}
      </Text>
      {exits.map((exit, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place; its event is being typed
        <Stack key={index} gap="sm" className={styles.fact}>
          <HappeningFields
            value={exit}
            disabled={disabled}
            onChange={(changed) =>
              onChange({ ...definition, exits: exits.map((one, place) => (place === index ? changed : one)) })
            }
          />
          <div>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              disabled={disabled}
              onClick={() => onChange({ ...definition, exits: exits.filter((_, place) => place !== index) })}
            >
              {t('action.remove')}
            </Button>
          </div>
        </Stack>
      ))}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled || exits.length >= 10}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onChange({ ...definition, exits: [...exits, bought()] })}
        >
          {t('journeys.addExitEvent')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled || exits.length >= 10}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() =>
            onChange({ ...definition, exits: [...exits, { kind: 'segment', segment: 'choose', on: 'exit' }] })
          }
        >
          {t('journeys.addExitSegment')}
        </Button>
      </Group>
    </Stack>
  );
}

function HappeningFields({
  value,
  onChange,
  disabled,
}: {
  value: JourneyHappening;
  onChange: (value: JourneyHappening) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  if (value.kind === 'event') {
    return (
      <EventFields
        value={value}
        ofRun
        disabled={disabled}
        onChange={(event) => onChange({ kind: 'event', ...event })}
      />
    );
  }
  return (
    <SegmentSelect
      label={t(`journeys.onDo.${value.on}`)}
      value={value.segment}
      disabled={disabled}
      onChange={(segment) => onChange({ ...value, segment: segment === '' ? 'choose' : segment })}
    />
  );
}
