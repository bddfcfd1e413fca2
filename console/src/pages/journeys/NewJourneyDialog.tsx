import { Button, Modal, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { JourneyDefinition, ReadyJourney } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { createJourney, readyJourneysQuery, takeReadyTemplate } from '../../api/journeys.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { emptyJourney } from './draft.ts';
import styles from './Journeys.module.css';

interface Wanted {
  readonly name: string;
  readonly description: string;
  readonly definition: JourneyDefinition;
  readonly templates: ReadyJourney['templates'];
  readonly labels: ReadyJourney['labels'];
}

/** Begins a journey from a ready-made one, or from nothing. */
export function NewJourneyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t, language } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const words = language === 'fr' ? 'fr' : 'en';
  const ready = useQuery({ ...readyJourneysQuery(api), enabled: opened });
  const make = useMutation({
    mutationFn: async ({ name, description, definition, templates, labels }: Wanted) => {
      const nodes = { ...definition.nodes };
      for (const [id, label] of Object.entries(labels)) {
        const node = nodes[id];
        if (node !== undefined) nodes[id] = { ...node, label: label[words] };
      }
      for (const [id, key] of Object.entries(templates)) {
        const node = nodes[id];
        if (node?.kind === 'message') nodes[id] = { ...node, template: (await takeReadyTemplate(api, key)).id };
      }
      return createJourney(api, { name, description, definition: { ...definition, nodes } });
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['journeys', 'list'] });
      await client.invalidateQueries({ queryKey: ['templates'] });
      onClose();
      await navigate({ to: '/messages/journeys/$id', params: { id } });
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={t('journeys.beginWith')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        {make.error === null ? null : <ProblemAlert error={make.error} />}
        {ready.error === null ? null : <ProblemAlert error={ready.error} />}
        {ready.isPending ? <Skeleton height={320} /> : null}
        <div className={styles.gallery}>
          {(ready.data?.items ?? []).map((one) => (
            <UnstyledButton
              key={one.key}
              className={styles.ready}
              disabled={make.isPending}
              onClick={() => make.mutate({ ...one, name: one.name[words], description: one.description[words] })}
            >
              <Text fw={600}>{one.name[words]}</Text>
              <Text size="sm" c="dimmed">
                {one.description[words]}
              </Text>
            </UnstyledButton>
          ))}
        </div>
        <div>
          <Button
            variant="default"
            loading={make.isPending}
            onClick={() =>
              make.mutate({
                name: t('journeys.unnamed'),
                description: '',
                definition: emptyJourney(),
                templates: {},
                labels: {},
              })
            }
          >
            {t('journeys.fromNothing')}
          </Button>
        </div>
      </Stack>
    </Modal>
  );
}
