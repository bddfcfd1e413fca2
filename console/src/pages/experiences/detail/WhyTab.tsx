import { Alert, Stack } from '@mantine/core';
import type { Experience, ProfileSummary } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { PersonName } from '../../../ui/PersonName.tsx';
import { PersonSearch } from '../../segments/detail/Why.tsx';
import { Decisions } from './Decisions.tsx';
import { SituationFields, startPage } from './SituationFields.tsx';

/** Why does this person see it, or not? */
export function WhyTab({ experience }: { experience: Experience }) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<ProfileSummary | null>(null);
  const [situation, setSituation] = useState({ ...startPage, site: experience.definition.site });
  return (
    <Card title={t('experiences.whyTitle')} note={t('experiences.whyNote')}>
      <Stack gap="md">
        {experience.state === 'running' ? null : (
          <Alert color="yellow" variant="light">
            {t('experiences.notRunning')}
          </Alert>
        )}
        <PersonSearch onChoose={setPerson} />
        <div>
          <SituationFields value={situation} onChange={setSituation} />
        </div>
        {person === null ? null : (
          <>
            <PersonName person={person} size={36} note={person.email} />
            <Decisions profile={person.id} situation={situation} own={experience.definition.key} />
          </>
        )}
      </Stack>
    </Card>
  );
}
