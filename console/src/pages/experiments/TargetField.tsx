import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { experienceNamesQuery } from '../../api/experiences.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import type { FieldsProps } from './fieldsProps.ts';
import { newRow } from './formValues.ts';

/** What the experiment is about. An experience brings its own variations: they are shown to people as it says. */
export function TargetField(props: FieldsProps) {
  const { t } = useTranslation();
  const { values, onChange, begun } = props;
  if (values.kind === 'experience') return <ExperienceField {...props} />;
  return (
    <TextInput
      label={t('experiments.target')}
      description={t(`experiments.targetFor.${values.kind}`)}
      disabled={begun}
      maxLength={120}
      value={values.target}
      onChange={(event) => onChange({ target: event.currentTarget.value })}
    />
  );
}

function ExperienceField({ values, onChange, begun }: FieldsProps) {
  const { t } = useTranslation();
  const query = useQuery(experienceNamesQuery(useApi()));
  const experiences = query.data ?? [];
  const known = experiences.map(({ definition }) => ({ value: definition.key, label: definition.name }));
  const { target } = values;
  const isKnown = target === '' || known.some(({ value }) => value === target);
  return (
    <Select
      label={t('experiments.target')}
      description={t('experiments.targetFor.experience')}
      clearable
      searchable
      disabled={begun}
      value={target === '' ? null : target}
      data={isKnown ? known : [...known, { value: target, label: target }]}
      onChange={(key) => {
        const chosen = experiences.find(({ definition }) => definition.key === key)?.definition;
        if (chosen === undefined) {
          onChange({ target: '' });
          return;
        }
        const { control, variants } = chosen;
        const percent = (share: number): number => Math.round(share * 10_000) / 100;
        const nothing = {
          row: newRow(),
          key: 'control',
          name: t('experiments.seesNothing'),
          percent: percent(control),
        };
        onChange({
          target: chosen.key,
          variations: [
            ...(control > 0 ? [nothing] : []),
            ...variants.map(({ key: variant, name, weight }) => ({
              row: newRow(),
              key: variant,
              name,
              percent: percent(weight * (1 - control)),
            })),
          ],
        });
      }}
    />
  );
}
