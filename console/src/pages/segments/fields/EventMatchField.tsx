import { Group } from '@mantine/core';
import { type EventMatch, findEventLabel } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useWords } from '../builder/vocabulary.tsx';
import { EventFacts } from './FactFields.tsx';
import { Pick, Words } from './Inline.tsx';
import { Labelled } from './Labelled.tsx';

const types = ['track', 'page', 'screen', 'any'] as const;

/** Which events: type and names. */
export function EventNames({ match, onChange }: { match: EventMatch; onChange: (match: EventMatch) => void }) {
  const { t } = useTranslation();
  const { vocabulary, language } = useWords();
  const known = vocabulary.events.filter(({ type }) => match.type === 'any' || type === match.type);
  return (
    <Group gap={6}>
      <Pick
        label={t('segments.field.eventType')}
        value={match.type}
        choices={types.map((value) => ({ value, label: t(`segments.eventType.${value}`) }))}
        onPick={(type) => onChange({ ...match, type, events: type === 'any' ? match.events : [] })}
      />
      <Words
        label={t('segments.field.events')}
        placeholder={t(`segments.everyEvent.${match.type}`)}
        values={match.events}
        known={known.map(({ name }) => name)}
        nameOf={(name) => findEventLabel(name, language)}
        onChange={(events) => onChange({ ...match, events })}
        mayBeEmpty
      />
    </Group>
  );
}

/** The same with its details, as the rows of a form. */
export function EventMatchField({ match, onChange }: { match: EventMatch; onChange: (match: EventMatch) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Labelled label={t('segments.row.what')}>
        <EventNames match={match} onChange={onChange} />
      </Labelled>
      <Labelled label={t('segments.row.details')}>
        <EventFacts events={match.events} facts={match.where} onChange={(where) => onChange({ ...match, where })} />
      </Labelled>
    </>
  );
}
