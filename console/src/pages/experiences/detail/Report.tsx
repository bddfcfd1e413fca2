import { Group, NativeSelect, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Experience, ExperienceReport } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { experienceReportQuery } from '../../../api/experiences.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Chart } from '../../../ui/chart/Chart.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num, nothing, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { localDay } from '../../../ui/format/localDay.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../../ui/StatTile.tsx';
import styles from '../Experiences.module.css';
import { Answers } from './Answers.tsx';
import { ByGroup } from './ByGroup.tsx';
import { daysBack } from './daysBack.ts';
import { PageCost } from './PageCost.tsx';
import { Verdict } from './Verdict.tsx';

type Result = ExperienceReport['variants'][number];
const periods = [7, 30, 90] as const;

/** What came of it: people, views, clicks, closings, orders; each variant against those who saw nothing. */
export function Report({ experience }: { experience: Experience }) {
  const { t } = useTranslation();
  const [days, setDays] = useState<number>(30);
  const query = useQuery(experienceReportQuery(useApi(), experience.id, days));
  const period = (
    <Group justify="flex-end">
      <NativeSelect
        aria-label={t('experiences.period')}
        value={String(days)}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
        data={periods.map((each) => ({ value: String(each), label: t('experiences.lastDays', { days: each }) }))}
      />
    </Group>
  );
  if (query.error !== null) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined)
    return (
      <Stack aria-busy="true">
        <Skeleton height={90} />
        <Skeleton height={240} />
      </Stack>
    );
  const report = query.data;
  const isSeen = report.variants.some(({ people }) => people > 0);
  return (
    <Stack gap="lg">
      {period}
      {isSeen ? (
        <Seen experience={experience} report={report} days={days} />
      ) : (
        <EmptyState title={t('experiences.unseen')}>
          {t(experience.state === 'running' ? 'experiences.unseenYet' : 'experiences.unseenDraft')}
        </EmptyState>
      )}
      <Answers experience={experience} days={days} />
    </Stack>
  );
}

interface SeenProps {
  readonly experience: Experience;
  readonly report: ExperienceReport;
  readonly days: number;
}

function Seen({ experience, report, days }: SeenProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = report.variants.filter(({ variant }) => variant !== '');
  const sum = (value: (group: Result) => number): number => shown.reduce((total, group) => total + value(group), 0);
  const [people, views, clicks] = [sum((one) => one.people), sum((one) => one.views), sum((one) => one.clicks)];
  const share = (part: number, of: number) => (of === 0 ? undefined : format.percent(part / of));
  const labels = daysBack(localDay(Date.parse(report.at), format.settings.timeZone), days);
  const byDay = new Map(report.days.map((one) => [one.day, one]));
  return (
    <>
      <StatRow>
        <StatTile
          label={t('experiences.people')}
          definition={t('experiences.peopleMeans')}
          value={<Num value={people} />}
        />
        <StatTile
          label={t('experiences.views')}
          definition={t('experiences.viewsMeans')}
          value={<Num value={views} />}
        />
        <StatTile
          label={t('experiences.clicks')}
          definition={t('experiences.clicksMeans')}
          value={<Num value={clicks} />}
          note={share(clicks, views)}
        />
        <StatTile
          label={t('experiences.closes')}
          definition={t('experiences.closesMeans')}
          value={<Num value={sum((one) => one.closes)} />}
          note={share(
            sum((one) => one.closes),
            views,
          )}
        />
        <StatTile
          label={t('experiences.buyers')}
          definition={t('experiences.buyersMeans', { days: report.windowDays })}
          value={<Num value={sum((one) => one.buyers)} />}
          note={share(
            sum((one) => one.buyers),
            people,
          )}
        />
        <StatTile
          label={t('experiences.revenue')}
          definition={t('experiences.revenueMeans', { days: report.windowDays })}
          value={format.money(
            sum((one) => one.revenue),
            report.currency,
          )}
        />
      </StatRow>
      <Verdict experience={experience} report={report} />
      <Card title={t('experiences.groups')} note={t('experiences.groupsNote', { days: report.windowDays })} flush>
        <Groups experience={experience} report={report} />
      </Card>
      <ByGroup experience={experience} days={days} />
      <Chart
        title={t('experiences.byDay')}
        note={t('experiences.byDayNote', { at: format.dateTime(report.at) })}
        axis={t('experiences.day')}
        data={{
          labels,
          openEnd: true,
          series: [
            {
              name: t('experiences.views'),
              values: labels.map((day) => byDay.get(day)?.views ?? 0),
              color: 'web',
              kind: 'line',
            },
            {
              name: t('experiences.clicks'),
              values: labels.map((day) => byDay.get(day)?.clicks ?? 0),
              color: 'store',
              kind: 'line',
            },
          ],
        }}
      />
      <PageCost cost={report.cost} />
    </>
  );
}

function Groups({ experience, report }: Omit<SeenProps, 'days'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = new Map(experience.definition.variants.map(({ key, name }) => [key, name]));
  const nameOf = (key: string): string =>
    key === '' ? t('experiences.controlGroup') : t('experiences.variant', { name: names.get(key) ?? key });
  // The control group stands last, where it is looked for.
  const rows = report.variants.toSorted((one, other) => Number(one.variant === '') - Number(other.variant === ''));
  return (
    <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="group" aria-label={t('experiences.groups')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('experiences.groupOf')}</Table.Th>
            {(['people', 'views', 'clicks', 'closes', 'answers', 'buyers', 'revenue'] as const).map((column) => (
              <Table.Th key={column} className={styles.number}>
                {t(`experiences.${column}`)}
              </Table.Th>
            ))}
            <Table.Th className={styles.number}>{t('experiences.perPersonRevenue')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.variant}>
              <Table.Th scope="row">{nameOf(row.variant)}</Table.Th>
              <Table.Td className={styles.number}>
                <Num value={row.people} />
              </Table.Td>
              {(['views', 'clicks', 'closes', 'answers'] as const).map((column) => (
                <Table.Td key={column} className={styles.number}>
                  {row.variant === '' ? nothing : <Num value={row[column]} />}
                </Table.Td>
              ))}
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
                {row.people === 0 ? nothing : format.money(row.revenue / row.people, report.currency)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
