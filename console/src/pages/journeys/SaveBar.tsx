import { Alert, Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { findJourneyProblems, type JourneyDefinition, type JourneyDetail } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { saveJourney } from '../../api/journeys.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

interface SaveBarProps {
  readonly journey: JourneyDetail;
  readonly draft: { readonly basedOn: number; readonly name: string; readonly definition: JourneyDefinition };
  readonly onName: (name: string) => void;
  readonly onDone: () => void;
}

/** Changes that are not saved: what they mean for the people inside is chosen here, never assumed. */
export function SaveBar({ journey, draft, onName, onDone }: SaveBarProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [inFlight, setInFlight] = useState<'stay' | 'migrate'>('stay');
  const problems = findJourneyProblems(draft.definition);
  const save = useMutation({
    mutationFn: () => saveJourney(api, journey.id, { ...draft, description: journey.description, inFlight }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['journeys'] });
      notifications.show({ message: t('action.saved') });
      onDone();
    },
  });
  return (
    <Alert color="blue" variant="light" title={t('journeys.unsaved')}>
      <Stack gap="sm">
        <TextInput
          label={t('journeys.name')}
          maxLength={120}
          value={draft.name}
          onChange={(event) => onName(event.currentTarget.value)}
        />
        {journey.people.inside === 0 ? null : (
          <Radio.Group
            label={t('journeys.inFlight', { people: journey.people.inside })}
            value={inFlight}
            onChange={(value) => setInFlight(value === 'migrate' ? 'migrate' : 'stay')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="stay" label={t('journeys.stay')} />
              <Radio value="migrate" label={t('journeys.migrate')} />
            </Stack>
          </Radio.Group>
        )}
        {problems.length === 0 ? null : (
          <ul>
            {problems.map(({ code, path }) => (
              <li key={`${code}/${path.join('.')}`}>
                {t(`journeys.problem.${code}`, { step: String(path[1] ?? path[0] ?? '') })}
              </li>
            ))}
          </ul>
        )}
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        <Group>
          <Button
            loading={save.isPending}
            disabled={problems.length > 0 || draft.name.trim() === ''}
            onClick={() => save.mutate()}
          >
            {t('action.save')}
          </Button>
          <Button variant="default" disabled={save.isPending} onClick={onDone}>
            {t('journeys.discard')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
