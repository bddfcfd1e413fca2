import '@mantine/core/styles/PillsInput.css';
import { Anchor, MultiSelect, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import type { FieldsProps } from './fieldsProps.ts';

/** The segment, and whom to leave out of it. */
export function WhoFields({ values, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const segments = useQuery(segmentChoicesQuery(useApi()));
  const choices = (segments.data?.items ?? []).map(({ id, name, size }) => ({
    value: id,
    label: size === null ? name : `${name} (${format.number(size)})`,
  }));
  return (
    <>
      {segments.error === null ? null : <ProblemAlert error={segments.error} />}
      <Select
        label={t('campaigns.segment')}
        description={t('campaigns.segmentHint')}
        searchable
        required
        value={values.segment}
        onChange={(segment) => onChange({ segment })}
        data={choices}
        nothingFoundMessage={t('campaigns.noSegment')}
      />
      {segments.data !== undefined && choices.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('campaigns.noSegment')}{' '}
          <Anchor component={Link} to="/segments" size="sm">
            {t('campaigns.buildOne')}
          </Anchor>
        </Text>
      ) : null}
      <MultiSelect
        label={t('campaigns.exclude')}
        description={t('campaigns.excludeHint')}
        searchable
        clearable
        value={[...values.exclude]}
        onChange={(exclude) => onChange({ exclude })}
        data={choices.filter(({ value }) => value !== values.segment)}
      />
    </>
  );
}
