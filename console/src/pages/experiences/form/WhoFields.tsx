import '@mantine/core/styles/PillsInput.css';
import { MultiSelect, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../api/context.tsx';
import { segmentChoicesQuery } from '../../../api/segments.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import styles from '../Experiences.module.css';
import { ConditionRows } from './ConditionRows.tsx';
import type { Draft } from './draft.ts';
import { useExperienceForm } from './formContext.tsx';

const visitors = ['all', 'known', 'anonymous'] as const;

/** Who sees it: people, and what must hold where they are. */
export function WhoFields() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { draft, change, errorAt, disabled } = useExperienceForm();
  const { audience } = draft;
  const put = (part: Partial<Draft['audience']>): void => change({ audience: { ...audience, ...part } });
  const segments = useQuery({ ...segmentChoicesQuery(useApi()), enabled: can('segments.read') }).data?.items ?? [];
  const named = new Map(segments.map(({ id, name }) => [id, name]));
  const choices = [...new Set([...named.keys(), ...audience.segments, ...audience.exclude])].map((id) => ({
    value: id,
    label: named.get(id) ?? t('experiences.segmentGone', { id }),
  }));
  return (
    <Card title={t('experiences.who')} note={t('experiences.whoNote')}>
      <Stack gap="md">
        <div className={styles.two}>
          <MultiSelect
            label={t('experiences.segments')}
            description={t('experiences.segmentsHint')}
            searchable
            clearable
            maxValues={20}
            disabled={disabled}
            value={audience.segments}
            error={errorAt('audience')}
            onChange={(next) => put({ segments: next })}
            data={choices.filter(({ value }) => !audience.exclude.includes(value))}
          />
          <MultiSelect
            label={t('experiences.exclude')}
            description={t('experiences.excludeHint')}
            searchable
            clearable
            maxValues={20}
            disabled={disabled}
            value={audience.exclude}
            onChange={(next) => put({ exclude: next })}
            data={choices.filter(({ value }) => !audience.segments.includes(value))}
          />
          <Select
            label={t('experiences.visitorsTitle')}
            disabled={disabled}
            value={audience.visitors}
            onChange={(next) => put({ visitors: visitors.find((one) => one === next) ?? 'all' })}
            data={visitors.map((one) => ({ value: one, label: t(`experiences.visitors.${one}`) }))}
          />
        </div>
        <ConditionRows />
      </Stack>
    </Card>
  );
}
