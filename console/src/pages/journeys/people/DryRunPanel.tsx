import { Alert, Button, Group, JsonInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { JourneyDefinition } from '@vitrail/contracts';
import { useState } from 'react';
import { z } from 'zod';
import { useApi } from '../../../api/context.tsx';
import { dryRunJourney } from '../../../api/journeys.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { DateTime } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from '../Journeys.module.css';
import { useStepWords } from '../useStepWords.ts';
import { StepLine } from './RunTrace.tsx';

const objectSchema = z.record(z.string(), z.json());

function readObject(text: string): z.output<typeof objectSchema> | null {
  try {
    return objectSchema.safeParse(text.trim() === '' ? {} : JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What the journey, as it is drawn here, would do with a real person: at another time, with events that may come. */
export function DryRunPanel({ journey, definition }: { journey: string; definition: JourneyDefinition }) {
  const { t } = useTranslation();
  const api = useApi();
  const words = useStepWords();
  const [profile, setProfile] = useState('');
  const [at, setAt] = useState('');
  const [event, setEvent] = useState('{\n  "cart_id": "c1"\n}');
  const [later, setLater] = useState({ event: '', at: '', properties: '{}' });
  const began = readObject(event);
  const properties = readObject(later.properties);
  const run = useMutation({
    mutationFn: () =>
      dryRunJourney(api, journey, {
        profile: profile.trim(),
        definition,
        event: began ?? {},
        ...(at !== '' && { at: new Date(at).toISOString() }),
        events:
          later.event === '' || later.at === ''
            ? []
            : [{ event: later.event, at: new Date(later.at).toISOString(), properties: properties ?? {} }],
      }),
  });
  const titleOf = (id: string): string => {
    const node = definition.nodes[id];
    return node === undefined ? '' : words.title(node);
  };
  return (
    <Card title={t('journeys.tryOut')} note={t('journeys.tryOutNote')}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          run.mutate();
        }}
      >
        <Stack gap="sm">
          <Group align="flex-start" grow>
            <TextInput
              label={t('journeys.profileId')}
              required
              value={profile}
              onChange={(change) => setProfile(change.currentTarget.value)}
            />
            <TextInput
              label={t('journeys.beginsAt')}
              type="datetime-local"
              value={at}
              onChange={(change) => setAt(change.currentTarget.value)}
            />
          </Group>
          <JsonInput
            label={t('journeys.eventProperties')}
            autosize
            minRows={3}
            value={event}
            error={began === null ? t('journeys.notJson') : null}
            onChange={setEvent}
          />
          <Group align="flex-start" grow>
            <TextInput
              label={t('journeys.laterEvent')}
              placeholder="Order Completed"
              value={later.event}
              onChange={(change) => setLater({ ...later, event: change.currentTarget.value })}
            />
            <TextInput
              label={t('journeys.laterAt')}
              type="datetime-local"
              value={later.at}
              onChange={(change) => setLater({ ...later, at: change.currentTarget.value })}
            />
          </Group>
          <JsonInput
            label={t('journeys.laterProperties')}
            autosize
            minRows={2}
            value={later.properties}
            error={properties === null ? t('journeys.notJson') : null}
            onChange={(text) => setLater({ ...later, properties: text })}
          />
          <Group>
            <Button type="submit" loading={run.isPending} disabled={began === null || properties === null}>
              {t('journeys.tryNow')}
            </Button>
          </Group>
          {run.error === null ? null : <ProblemAlert error={run.error} />}
        </Stack>
      </form>
      {run.data === undefined ? null : run.data.reason !== null ? (
        <Alert mt="md" color="yellow" variant="light" title={t('journeys.notEnteredTitle')}>
          {t(`journeys.why.${run.data.reason}`)}
        </Alert>
      ) : (
        <ol className={styles.trace} style={{ marginTop: 16 }} aria-label={t('journeys.tryOut')}>
          {run.data.steps.map((step) => (
            <li key={`${step.at}/${step.node}/${step.outcome}`} className={styles.traceStep}>
              <DateTime at={step.at} />
              <StepLine step={step} title={titleOf(step.node)} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
