import { SegmentedControl, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { DataHealth } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { dataHealthQuery, pipelineQuery } from '../../api/health.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { reasonText } from '../../ui/reasons.ts';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { HealthCharts } from './HealthCharts.tsx';
import { SourceHealth } from './SourceHealth.tsx';
import { addCounts, sumOf } from './sums.ts';

const route = getRouteApi('/shell/data/health');
const spans = ['7', '14', '30', '90'] as const;

/** Whether what is sent arrives, and what does not and why. */
export function HealthPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const search = route.useSearch();
  const days = spans.find((span) => span === search.days) ?? '14';
  const api = useApi();
  const health = useQuery(dataHealthQuery(api, Number(days)));
  const pipeline = useQuery(pipelineQuery(api));
  const sources = health.data?.sources ?? [];
  const dropped = addCounts(sources.map((source) => source.dropped));
  const refused = addCounts(sources.map((source) => source.refused));
  const loading = health.isPending;
  return (
    <>
      <PageHeader
        title={t('place.health')}
        purpose={
          pipeline.data === undefined ? t('health.purpose') : t('home.asOf', { at: format.dateTime(pipeline.data.at) })
        }
        actions={
          <SegmentedControl
            aria-label={t('home.range')}
            value={days}
            onChange={(value) => void navigate({ to: '/data/health', search: { days: value }, replace: true })}
            data={spans.map((span) => ({ value: span, label: t('home.days', { count: Number(span) }) }))}
          />
        }
      />
      <Stack gap="lg">
        {health.error === null ? null : <ProblemAlert error={health.error} onRetry={() => void health.refetch()} />}
        {pipeline.error === null ? null : (
          <ProblemAlert error={pipeline.error} onRetry={() => void pipeline.refetch()} />
        )}
        <StatRow>
          <StatTile
            label={t('health.backlog')}
            definition={t('health.backlogDefinition')}
            loading={pipeline.isPending}
            value={<Num value={pipeline.data?.backlog} />}
            note={pipeline.data?.backlog === 0 ? t('health.upToDate') : undefined}
          />
          <StatTile
            label={t('health.accepted')}
            definition={t('health.acceptedDefinition')}
            loading={loading}
            value={<Num value={sources.reduce((sum, source) => sum + source.accepted, 0)} />}
          />
          <StatTile
            label={t('health.dropped')}
            definition={t('health.droppedDefinition')}
            loading={loading}
            value={<Num value={sumOf(dropped)} />}
            note={<Link to="/data/drops">{t('health.readThem')}</Link>}
          />
          <StatTile
            label={t('health.refused')}
            definition={t('health.refusedDefinition')}
            loading={loading}
            value={<Num value={sumOf(refused)} />}
          />
          <StatTile
            label={t('plan.violations')}
            definition={t('health.violationsDefinition')}
            loading={loading}
            value={<Num value={sources.reduce((sum, source) => sum + source.violations, 0)} />}
            note={<Link to="/data/plan">{t('place.plan')}</Link>}
          />
        </StatRow>
        <HealthCharts health={health.data} />
        <Reasons dropped={dropped} refused={refused} badValues={pipeline.data?.badValues ?? {}} />
        <SourceHealth health={health} />
      </Stack>
    </>
  );
}

/** Repeats and records of erased people are only counted; there is nothing to read. */
const isKept = (reason: string): boolean => reason !== 'duplicate' && reason !== 'erased';

type Counts = DataHealth['sources'][number]['dropped'];

function Reasons({ dropped, refused, badValues }: { dropped: Counts; refused: Counts; badValues: Counts }) {
  const { t, language } = useTranslation();
  const groups = [
    ['dropped', dropped],
    ['refused', refused],
    ['badValues', badValues],
  ] as const;
  if (groups.every(([, counts]) => sumOf(counts) === 0)) return null;
  return (
    <Card title={t('health.reasons')} note={t('health.reasonsNote')}>
      <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} role="group" aria-label={t('health.reasons')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('health.what')}</Table.Th>
              <Table.Th>{t('dryRun.reason')}</Table.Th>
              <Table.Th ta="end">{t('plan.count')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.flatMap(([group, counts]) =>
              Object.entries(counts)
                .filter(([, count]) => count > 0)
                .sort((one, other) => other[1] - one[1])
                .map(([reason, count]) => (
                  <Table.Tr key={`${group} ${reason}`}>
                    <Table.Td>{t(`health.${group}`)}</Table.Td>
                    <Table.Td>
                      {group === 'dropped' && isKept(reason) ? (
                        <Link to="/data/drops" search={{ reason }}>
                          {reasonText(reason, language)}
                        </Link>
                      ) : (
                        reasonText(reason, language)
                      )}
                    </Table.Td>
                    <Table.Td ta="end">
                      <Num value={count} />
                    </Table.Td>
                  </Table.Tr>
                )),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
