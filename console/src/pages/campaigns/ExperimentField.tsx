import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { experimentChoicesQuery } from '../../api/experiments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import type { FieldsProps } from './fieldsProps.ts';

/** An experiment on messages that gives each person their variant; nothing where there is none. */
export function ExperimentField({ values, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = useQuery({ ...experimentChoicesQuery(useApi()), enabled: can('experience.read') });
  const { experiment, templates } = values;
  const choices = (query.data?.items ?? []).filter(
    ({ definition }) => definition.kind === 'message' && definition.variations.length <= 6,
  );
  if (choices.length === 0 && experiment === null) return null;
  const known = choices.map(({ definition }) => ({ value: definition.key, label: definition.name }));
  const isKnown = experiment === null || known.some(({ value }) => value === experiment.key);
  return (
    <Select
      label={t('campaigns.experiment')}
      description={t('campaigns.experimentHint')}
      clearable
      value={experiment?.key ?? null}
      data={isKnown ? known : [...known, { value: experiment.key, label: experiment.key }]}
      onChange={(key) => {
        const chosen = choices.find(({ definition }) => definition.key === key);
        if (chosen === undefined) {
          onChange({ experiment: null });
          return;
        }
        const variations = chosen.definition.variations.map((variation) => variation.key);
        onChange({
          experiment: { key: chosen.definition.key, variations },
          templates: variations.map((_, index) => templates[index] ?? null),
          winner: null,
        });
      }}
    />
  );
}
