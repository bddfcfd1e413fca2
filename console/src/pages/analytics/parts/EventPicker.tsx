import { Button, Popover, Stack } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import type { EventMatch } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useEventName } from '../../../ui/useEventName.ts';
import { EventMatchField } from '../../segments/fields/EventMatchField.tsx';

/** What an event match says, short enough for a button. */
export function useMatchName(): (match: EventMatch) => string {
  const { t } = useTranslation();
  const nameOf = useEventName();
  return ({ type, events, where }) => {
    const what = events.length === 0 ? t(`analytics.anyEvent.${type}`) : events.map(nameOf).join(', ');
    return where.length === 0 ? what : t('analytics.withFacts', { what, count: where.length });
  };
}

/** Which events are counted: type, names and facts about them. */
export function EventPicker(props: {
  readonly label: string;
  readonly match: EventMatch;
  readonly onChange: (match: EventMatch) => void;
}) {
  const { t } = useTranslation();
  const nameOf = useMatchName();
  return (
    <Popover position="bottom-start" width={440} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          aria-label={t('filter.is', { name: props.label, value: nameOf(props.match) })}
          leftSection={<IconBolt size={15} aria-hidden="true" />}
          flex="0 1 auto"
          miw={0}
          maw="100%"
        >
          {nameOf(props.match)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 32px)">
        <Stack gap="sm">
          <EventMatchField match={props.match} onChange={props.onChange} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
