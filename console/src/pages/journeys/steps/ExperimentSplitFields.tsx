import { Anchor, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Split } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { experimentChoicesQuery } from '../../../api/experiments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';

type ExperimentSplit = Extract<Split, { by: 'experiment' }>;

/** Which experiment leads people on. Its variations become the branches; whoever is not in it goes the other way. */
export function ExperimentSplitFields({
  split,
  onChange,
  disabled,
}: {
  split: ExperimentSplit;
  onChange: (split: ExperimentSplit) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const query = useQuery(experimentChoicesQuery(useApi()));
  const choices = (query.data?.items ?? []).filter(({ definition }) => definition.kind === 'journey');
  const chosen = choices.find(({ definition }) => definition.key === split.experiment);
  const next = split.branches[0]?.next ?? split.otherwise;
  return (
    <Stack gap="xs">
      <Select
        label={t('journeys.whichExperiment')}
        description={t('journeys.experimentHint')}
        searchable
        allowDeselect={false}
        disabled={disabled}
        value={chosen?.definition.key ?? null}
        data={choices.map(({ definition }) => ({ value: definition.key, label: definition.name }))}
        onChange={(key) => {
          const experiment = choices.find(({ definition }) => definition.key === key);
          if (experiment === undefined) return;
          onChange({
            ...split,
            experiment: experiment.definition.key,
            branches: experiment.definition.variations.map(({ key: variation, name }) => ({
              name,
              variation,
              next: split.branches.find((branch) => branch.variation === variation)?.next ?? next,
            })),
          });
        }}
      />
      {query.data !== undefined && choices.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('journeys.noExperiment')}{' '}
          <Anchor component={Link} to="/website/experiments/new" size="sm">
            {t('journeys.makeExperiment')}
          </Anchor>
        </Text>
      ) : null}
      {chosen === undefined || chosen.state === 'running' ? null : (
        <Text size="sm" c="dimmed" role="note">
          {t('journeys.experimentIdle')}
        </Text>
      )}
    </Stack>
  );
}
