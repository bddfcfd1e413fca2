import { Skeleton, Table } from '@mantine/core';
import type { Funnel, FunnelInput } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { CsvButton } from '../../ui/chart/CsvButton.tsx';
import type { ChartColor, ChartData } from '../../ui/chart/chartData.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { useMatchName } from './parts/EventPicker.tsx';
import { PickNumber } from './parts/PickNumber.tsx';
import { useGroupName } from './words.ts';

const colors: readonly ChartColor[] = ['web', 'store', 'crm', 'messages', 'ads', 'support', 'quiet'];

interface FunnelResultProps {
  readonly input: FunnelInput;
  readonly funnel: Funnel | undefined;
  readonly onOpen: (title: string, point: object) => void;
}

interface Row {
  readonly name: string;
  readonly group: string | null;
  readonly other: boolean;
  readonly steps: Funnel['steps'];
}

/** Bars per step, and a table with shares and times; each number opens its people. */
export function FunnelResult({ input, funnel, onOpen }: FunnelResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const matchName = useMatchName();
  const groupName = useGroupName();
  const names = input.steps.map(({ match, label }, at) => `${at + 1}. ${label ?? matchName(match)}`);
  const labels = JSON.stringify(names);
  const rows = useMemo<readonly Row[]>(() => {
    if (funnel === undefined) return [];
    const all = { name: t('analytics.everybody'), group: null, other: false, steps: funnel.steps };
    return [
      all,
      ...funnel.groups.map(({ group, other, steps }) => ({
        name: other ? t('analytics.others') : groupName(group, input.breakdown),
        group,
        other,
        steps,
      })),
    ];
  }, [funnel, groupName, input.breakdown, t]);
  const data = useMemo<ChartData>(() => {
    const own = rows.length > 1 ? rows.slice(1) : rows;
    return {
      labels: JSON.parse(labels),
      series: own.map(({ name, steps }, at) => ({
        name,
        values: steps.map(({ people }) => people),
        color: colors[at] ?? 'quiet',
        kind: 'bar',
        ...(own.length > 1 && { stack: 'groups' }),
      })),
    };
  }, [rows, labels]);
  if (funnel === undefined) return <Skeleton height={300} />;
  if (funnel.steps[0]?.people === 0)
    return <EmptyState title={t('analytics.nobodyStarted')}>{t('analytics.nobodyStartedAdvice')}</EmptyState>;
  const share = (value: number | null): string => (value === null ? '–' : format.percent(value));
  const time = (seconds: number | null): string => (seconds === null ? '–' : format.duration(seconds));
  return (
    <>
      <Chart
        title={t('analytics.peopleByStep')}
        note={t('analytics.clickAdvice')}
        data={data}
        axis={t('analytics.stepTitle')}
        height={300}
        label={(label) => label}
        onPick={(at) => onOpen(names[at] ?? '', { step: at + 1 })}
      />
      <Card
        title={t('analytics.sharesAndTimes')}
        flush
        actions={
          <CsvButton
            name="funnel"
            head={[t('analytics.group'), ...stepHeads(t)]}
            rows={() =>
              rows.flatMap((row) =>
                row.steps.map((step, at) => [
                  row.name,
                  names[at] ?? '',
                  step.people,
                  step.fromFirst,
                  step.fromBefore,
                  step.medianSeconds,
                ]),
              )
            }
          />
        }
      >
        <Table.ScrollContainer
          minWidth={560}
          type="native"
          tabIndex={0}
          role="group"
          aria-label={t('analytics.sharesAndTimes')}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                {rows.length > 1 ? <Table.Th>{t('analytics.group')}</Table.Th> : null}
                {stepHeads(t).map((head, at) => (
                  <Table.Th key={head} ta={at === 0 ? undefined : 'end'}>
                    {head}
                  </Table.Th>
                ))}
                <Table.Th ta="end">{t('analytics.stopped')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.flatMap((row) =>
                row.steps.map((step, at) => {
                  const title = row.group === null ? (names[at] ?? '') : `${names[at] ?? ''} · ${row.name}`;
                  const group = row.group === null ? {} : { group: row.group };
                  const gone = step.people - (row.steps[at + 1]?.people ?? step.people);
                  return (
                    <Table.Tr
                      key={`${row.group === null ? 'all' : row.other ? 'other' : `group ${row.group}`} ${names[at]}`}
                    >
                      {rows.length > 1 ? <Table.Td>{at === 0 ? row.name : ''}</Table.Td> : null}
                      <Table.Th scope="row" fw={400}>
                        {names[at]}
                      </Table.Th>
                      <Table.Td ta="end">
                        {row.other ? (
                          format.number(step.people)
                        ) : (
                          <PickNumber of={title} onPick={() => onOpen(title, { step: at + 1, ...group })}>
                            {format.number(step.people)}
                          </PickNumber>
                        )}
                      </Table.Td>
                      <Table.Td ta="end">{share(step.fromFirst)}</Table.Td>
                      <Table.Td ta="end">{share(step.fromBefore)}</Table.Td>
                      <Table.Td ta="end">{time(step.medianSeconds)}</Table.Td>
                      <Table.Td ta="end">
                        {row.other || at === row.steps.length - 1 ? (
                          '–'
                        ) : (
                          <PickNumber
                            of={title}
                            onPick={() =>
                              onOpen(t('analytics.stoppedAt', { step: title }), {
                                step: at + 1,
                                did: 'stopped',
                                ...group,
                              })
                            }
                          >
                            {format.number(gone)}
                          </PickNumber>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  );
                }),
              )}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Card>
    </>
  );
}

const stepHeads = (t: ReturnType<typeof useTranslation>['t']): string[] => [
  t('analytics.stepTitle'),
  t('analytics.people'),
  t('analytics.ofFirst'),
  t('analytics.ofBefore'),
  t('analytics.medianTime'),
];
