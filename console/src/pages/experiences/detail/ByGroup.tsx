import { Alert, Group, Select, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Experience, ExperienceReport } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { experienceReportQuery } from '../../../api/experiences.ts';
import { segmentChoicesQuery } from '../../../api/segments.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Num, nothing, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from '../Experiences.module.css';
import { useUplift } from './useUplift.ts';

/** What came of it for parts of the people: each against its own part of the control group. */
export function ByGroup({ experience, days }: { experience: Experience; days: number }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const [by, setBy] = useState<'device' | 'segment' | null>(null);
  const [segment, setSegment] = useState<string | null>(null);
  const maySegments = can('segments.read');
  const segments = useQuery({ ...segmentChoicesQuery(api), enabled: maySegments && by === 'segment' });
  const asked = by === 'device' ? 'device' : by === 'segment' && segment !== null ? `segment:${segment}` : null;
  const query = useQuery({
    ...experienceReportQuery(api, experience.id, days, asked ?? undefined),
    enabled: asked !== null,
  });
  const report = asked === null ? undefined : query.data;
  return (
    <Card title={t('experiences.byGroup')} note={t('experiences.byGroupNote')}>
      <Stack gap="md">
        <Group align="end">
          <Select
            label={t('experiences.groupBy')}
            placeholder={t('experiences.groupByHint')}
            clearable
            value={by}
            onChange={(next) => setBy(next === 'device' || next === 'segment' ? next : null)}
            data={(['device', 'segment'] as const)
              .filter((each) => each === 'device' || maySegments)
              .map((each) => ({ value: each, label: t(`experiences.groupKind.${each}`) }))}
          />
          {by === 'segment' ? (
            <Select
              label={t('experiences.groupKind.segment')}
              searchable
              value={segment}
              onChange={setSegment}
              data={(segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          ) : null}
        </Group>
        {asked === null || query.error === null ? null : (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )}
        {asked !== null && query.isPending ? <Skeleton height={160} aria-busy="true" /> : null}
        {report === undefined ? null : <Groups experience={experience} report={report} by={by ?? 'device'} />}
      </Stack>
    </Card>
  );
}

interface GroupsProps {
  readonly experience: Experience;
  readonly report: ExperienceReport;
  readonly by: 'device' | 'segment';
}

function Groups({ experience, report, by }: GroupsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useUplift();
  const names = new Map(experience.definition.variants.map(({ key, name }) => [key, name]));
  const groupName = (group: string): string => {
    if (group === '') return t('experiences.groupUnknown');
    return by === 'segment' ? t(group === 'in' ? 'experiences.groupIn' : 'experiences.groupOut') : group;
  };
  const compared = report.groups.reduce((sum, { comparisons }) => sum + comparisons.length, 0);
  if (report.groups.length === 0) return <Text size="sm">{t('experiences.unseen')}</Text>;
  return (
    <>
      {compared === 0 ? null : (
        <Alert color="yellow" variant="light">
          {t('experiences.groupWarning', { comparisons: compared })}
        </Alert>
      )}
      <Table.ScrollContainer
        minWidth={640}
        type="native"
        tabIndex={0}
        role="group"
        aria-label={t('experiences.byGroup')}
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t(`experiences.groupKind.${by}`)}</Table.Th>
              <Table.Th>{t('experiences.groupOf')}</Table.Th>
              {(['people', 'clicks', 'buyers', 'revenue'] as const).map((column) => (
                <Table.Th key={column} className={styles.number}>
                  {t(`experiences.${column}`)}
                </Table.Th>
              ))}
              <Table.Th className={styles.number}>{t('experiences.uplift')}</Table.Th>
              <Table.Th className={styles.number}>{t('experiences.corrected')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.groups.flatMap(({ group, variants, comparisons }) =>
              variants.map((row) => {
                const comparison = comparisons.find(({ variant }) => variant === row.variant);
                return (
                  <Table.Tr key={`${group}/${row.variant}`}>
                    <Table.Th scope="row">{groupName(group)}</Table.Th>
                    <Table.Td>
                      {row.variant === '' ? t('experiences.controlGroup') : (names.get(row.variant) ?? row.variant)}
                    </Table.Td>
                    <Table.Td className={styles.number}>
                      <Num value={row.people} />
                    </Table.Td>
                    <Table.Td className={styles.number}>
                      {row.variant === '' ? nothing : <Num value={row.clicks} />}
                    </Table.Td>
                    <Table.Td className={styles.number}>
                      <Num value={row.buyers} />
                      {row.people === 0 ? null : (
                        <Text span size="xs" c="dimmed">
                          {' '}
                          {format.percent(row.buyers / row.people)}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td className={styles.number}>{format.money(row.revenue, report.currency)}</Table.Td>
                    <Table.Td className={styles.number}>
                      {comparison === undefined
                        ? nothing
                        : t('experiences.upliftText', {
                            value: say(comparison.value, comparison.relative),
                            low: say(comparison.low, comparison.relative),
                            high: say(comparison.high, comparison.relative),
                          })}
                    </Table.Td>
                    <Table.Td className={styles.number}>
                      {comparison === undefined ? nothing : format.number(comparison.corrected, 3)}
                    </Table.Td>
                  </Table.Tr>
                );
              }),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
