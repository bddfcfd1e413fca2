import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Decisions } from './detail/Decisions.tsx';
import { SituationFields, startPage } from './detail/SituationFields.tsx';

/** What a customer would get on the shop's pages now. */
export default function CustomerWebsite({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const [situation, setSituation] = useState(startPage);
  return (
    <Card title={t('decision.title')} note={t('decision.note')}>
      <Stack gap="md">
        <div>
          <SituationFields value={situation} onChange={setSituation} />
        </div>
        <Decisions profile={profile} situation={situation} />
      </Stack>
    </Card>
  );
}
