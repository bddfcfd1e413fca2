import { Alert, Group, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Experiment } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { type BreakdownAsk, experimentBreakdownQuery } from '../../api/experiments.ts';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ArmTable, type NameOf } from './ArmTable.tsx';

const dimensions = ['device_type', 'country', 'language', 'site', 'segment'] as const;

/** One metric for parts of the people: a place to find questions, not answers. */
export function Breakdown({
  experiment,
  nameOf,
  currency,
}: {
  experiment: Experiment;
  nameOf: NameOf;
  currency: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const { can } = useSession();
  const { metrics } = experiment.definition;
  const [by, setBy] = useState<BreakdownAsk['by'] | null>(null);
  const [metric, setMetric] = useState(metrics.find(({ role }) => role === 'primary')?.key ?? '');
  const [segment, setSegment] = useState<string | undefined>(undefined);
  const maySegments = can('segments.read');
  const segments = useQuery({ ...segmentChoicesQuery(api), enabled: maySegments && by === 'segment' });
  const asked = experimentBreakdownQuery(api, experiment.id, { by: by ?? 'device_type', segment, metric });
  const query = useQuery({ ...asked, enabled: by !== null && (by !== 'segment' || segment !== undefined) });
  const chosen = metrics.find(({ key }) => key === metric);
  const value = (number: number): string => {
    if (chosen?.type === 'share') return format.percent(number);
    return chosen?.measure.of === 'revenue' ? (format.money(number, currency) ?? '') : format.number(number, 3);
  };
  const groupName = (group: string): string => {
    if (by === 'segment') return t(group === 'in' ? 'experiments.inSegment' : 'experiments.outSegment');
    return by === 'country' && group.length === 2 ? format.name(group, 'region') : group;
  };
  return (
    <Card title={t('experiments.breakdown')} note={t('experiments.breakdownNote')}>
      <Stack gap="md">
        <Group align="end">
          <Select
            label={t('experiments.by')}
            placeholder={t('experiments.byHint')}
            value={by}
            onChange={(next) => setBy(dimensions.find((each) => each === next) ?? null)}
            data={dimensions
              .filter((each) => each !== 'segment' || maySegments)
              .map((each) => ({ value: each, label: t(`experiments.dimension.${each}`) }))}
          />
          {by === 'segment' ? (
            <Select
              label={t('experiments.dimension.segment')}
              searchable
              value={segment ?? null}
              onChange={(next) => setSegment(next ?? undefined)}
              data={(segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          ) : null}
          <Select
            label={t('experiments.metric')}
            allowDeselect={false}
            value={metric}
            onChange={(next) => setMetric(next ?? metric)}
            data={metrics.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </Group>
        {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.isFetching && query.data === undefined ? <Skeleton height={160} aria-busy="true" /> : null}
        {query.data === undefined ? null : (
          <>
            <Alert color="yellow" variant="light">
              {t('experiments.breakdownWarning', { comparisons: query.data.comparisons })}
            </Alert>
            {query.data.groups.length === 0 ? <Text size="sm">{t('experiments.nobodyYet')}</Text> : null}
            {query.data.groups.map(({ group, metric: result }) => (
              <div key={group}>
                <Title order={3} size="sm">
                  {groupName(group)}
                </Title>
                <ArmTable result={result} nameOf={nameOf} label={groupName(group)} value={value} />
              </div>
            ))}
            {query.data.more ? (
              <Text size="xs" c="dimmed">
                {t('experiments.moreGroups')}
              </Text>
            ) : null}
          </>
        )}
      </Stack>
    </Card>
  );
}
