import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JourneyDefinition } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { journeyTraceQuery } from '../../../api/journeys.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { DateTime } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { PersonById } from '../../segments/PersonById.tsx';
import { useStepWords } from '../useStepWords.ts';
import { RunTrace } from './RunTrace.tsx';

/** What happened to one person in this journey; or why they are not in it. */
export function TracePanel({
  journey,
  definition,
  profile,
  onProfile,
}: {
  journey: string;
  definition: JourneyDefinition;
  profile: string | null;
  onProfile: (profile: string) => void;
}) {
  const { t } = useTranslation();
  const words = useStepWords();
  const [text, setText] = useState(profile ?? '');
  const query = useQuery({ ...journeyTraceQuery(useApi(), journey, profile ?? ''), enabled: profile !== null });
  const titleOf = (id: string): string => {
    const node = definition.nodes[id];
    return node === undefined ? id : words.title(node);
  };
  const { data } = query;
  return (
    <Card title={t('journeys.traceOf')} note={t('journeys.traceNote')}>
      <Stack gap="md">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') onProfile(text.trim());
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label={t('journeys.profileId')}
              description={t('journeys.profileIdHint')}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" variant="default">
              {t('journeys.show')}
            </Button>
          </Group>
        </form>
        {profile === null ? null : <PersonById id={profile} />}
        {query.error === null ? null : <ProblemAlert error={query.error} />}
        {data?.notEntered === undefined || data.notEntered === null ? null : (
          <Alert color="yellow" variant="light" title={t('journeys.notEnteredTitle')}>
            {t(`journeys.why.${data.notEntered.reason}`)}
            {data.notEntered.at === null ? null : (
              <>
                {' '}
                <DateTime at={data.notEntered.at} />
              </>
            )}
          </Alert>
        )}
        {data?.runs.map((run) => (
          <RunTrace key={run.id} run={run} titleOf={titleOf} />
        ))}
      </Stack>
    </Card>
  );
}
