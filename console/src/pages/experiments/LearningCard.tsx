import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Experiment, Learning } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { writeLearning } from '../../api/experiments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Experiments.module.css';

const results: readonly Learning['result'][] = ['won', 'lost', 'no_difference', 'unclear'];

/** What stays when the experiment is over: found again in the list of those put away. */
export function LearningCard({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const { learning, definition, id } = experiment;
  const [result, setResult] = useState<Learning['result'] | null>(learning?.result ?? null);
  const [variation, setVariation] = useState<string | null>(learning?.variation ?? null);
  const [note, setNote] = useState(learning?.note ?? '');
  const keep = useMutation({
    mutationFn: (chosen: Learning['result']) => writeLearning(api, id, { result: chosen, variation, note }),
    onSuccess: async () => {
      notifications.show({ message: t('experiments.learning.kept') });
      await client.invalidateQueries({ queryKey: ['experiments'] });
    },
  });
  if (!can('experience.write'))
    return learning === null ? null : (
      <Card title={t('experiments.learning.title')}>
        <Text size="sm" fw={600}>
          {t(`experiments.learning.result.${learning.result}`)}
        </Text>
        <Text size="sm">{learning.note}</Text>
      </Card>
    );
  return (
    <Card title={t('experiments.learning.title')} note={t('experiments.learning.note')}>
      <Stack gap="md">
        <div className={styles.two}>
          <Select
            label={t('experiments.learning.what')}
            value={result}
            onChange={(next) => setResult(results.find((each) => each === next) ?? null)}
            data={results.map((each) => ({ value: each, label: t(`experiments.learning.result.${each}`) }))}
          />
          <Select
            label={t('experiments.learning.keptVariation')}
            clearable
            value={variation}
            onChange={setVariation}
            data={definition.variations.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </div>
        <Textarea
          label={t('experiments.learning.words')}
          autosize
          minRows={3}
          maxLength={4_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {keep.error === null ? null : <ProblemAlert error={keep.error} />}
        <Group justify="flex-end">
          <Button
            disabled={result === null}
            loading={keep.isPending}
            onClick={() => (result === null ? undefined : keep.mutate(result))}
          >
            {t('experiments.learning.keep')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
