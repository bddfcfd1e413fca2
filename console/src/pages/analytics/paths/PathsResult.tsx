import { Button, Group, Skeleton, Table, useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconPhoto } from '@tabler/icons-react';
import type { Paths, PathsInput } from '@vitrail/contracts';
import { lazy, Suspense, useMemo, useRef } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { CsvButton } from '../../../ui/chart/CsvButton.tsx';
import { saveFile } from '../../../ui/csv.ts';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { surfaces } from '../../../ui/theme/palette.ts';
import { useEventName } from '../../../ui/useEventName.ts';
import styles from '../Analytics.module.css';
import { useMatchName } from '../parts/EventPicker.tsx';
import { PickNumber } from '../parts/PickNumber.tsx';
import type { SankeyHandle } from './SankeyCanvas.tsx';
import { sankeyOption } from './sankeyOption.ts';

const SankeyCanvas = lazy(() => import('./SankeyCanvas.tsx'));

interface PathsResultProps {
  readonly input: PathsInput;
  readonly paths: Paths | undefined;
  readonly onOpen: (title: string, point: object) => void;
}

/** Streams from step to step, and the same as a table; each opens its people. */
export function PathsResult({ input, paths, onOpen }: PathsResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const calm = useReducedMotion();
  const eventName = useEventName();
  const matchName = useMatchName();
  const handle = useRef<SankeyHandle>(null);
  const start = matchName(input.start);
  const nameOf = useMemo(() => {
    const fixed: Readonly<Record<string, string>> = {
      start,
      end: t(input.direction === 'after' ? 'analytics.pathEnd' : 'analytics.pathOrigin'),
      other: t('analytics.others'),
    };
    return (node: string): string =>
      fixed[node] ??
      (node.startsWith('event:') ? eventName(node.slice('event:'.length)) : node.slice('page:'.length) || '/');
  }, [start, t, input.direction, eventName]);
  const option = useMemo(
    () =>
      paths === undefined
        ? null
        : sankeyOption(paths, { scheme, calm, nameOf, value: format.number, mirrored: input.direction === 'before' }),
    [paths, scheme, calm, nameOf, format, input.direction],
  );
  if (paths === undefined || option === null) return <Skeleton height={380} />;
  const open = (step: number, node: string, from?: string) =>
    onOpen(from === undefined ? nameOf(node) : `${nameOf(from)} → ${nameOf(node)}`, {
      step,
      node,
      ...(from !== undefined && { from }),
    });
  const savePng = async () => {
    const picture = await handle.current?.png(surfaces[scheme].raised);
    if (picture !== undefined) saveFile('paths.png', picture);
  };
  const heads = [
    t('analytics.stepTitle'),
    t('analytics.pathFrom'),
    t('analytics.pathTo'),
    t('analytics.times'),
    t('analytics.people'),
  ];
  return (
    <>
      <Card
        title={t('analytics.streams')}
        note={t('analytics.starts', {
          times: format.number(paths.starts),
          people: format.number(paths.people),
        })}
        actions={
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPhoto size={15} aria-hidden="true" />}
            onClick={() => void savePng()}
          >
            {t('chart.png')}
          </Button>
        }
      >
        <div
          role="img"
          aria-label={`${t('analytics.streams')}. ${t('analytics.sameAsTable')}`}
          style={{ overflowX: 'auto' }}
        >
          <div style={{ minWidth: 520 }}>
            <Suspense fallback={<Skeleton height={380} />}>
              <SankeyCanvas
                option={option}
                height={Math.max(320, 56 * Math.max(4, input.groups))}
                handle={handle}
                onPick={open}
              />
            </Suspense>
          </div>
        </div>
      </Card>
      <Card
        title={t('analytics.everyStep')}
        flush
        actions={
          <CsvButton
            name="paths"
            head={heads}
            rows={() =>
              paths.links.map(({ step, from, to, times, people }) => [step, nameOf(from), nameOf(to), times, people])
            }
          />
        }
      >
        <Table.ScrollContainer
          minWidth={480}
          maxHeight={420}
          type="native"
          tabIndex={0}
          role="group"
          aria-label={t('analytics.everyStep')}
        >
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                {heads.map((head, at) => (
                  <Table.Th key={head} ta={at > 2 ? 'end' : undefined}>
                    {head}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {paths.links.map(({ step, from, to, times, people }) => (
                <Table.Tr key={`${step} ${from} > ${to}`}>
                  <Table.Td>{step}</Table.Td>
                  <Table.Td className={styles.names}>{nameOf(from)}</Table.Td>
                  <Table.Th scope="row" fw={400} className={styles.names}>
                    {nameOf(to)}
                  </Table.Th>
                  <Table.Td ta="end">{format.number(times)}</Table.Td>
                  <Table.Td ta="end">
                    <Group justify="flex-end">
                      <PickNumber of={`${nameOf(from)} → ${nameOf(to)}`} onPick={() => open(step, to, from)}>
                        {format.number(people)}
                      </PickNumber>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Card>
    </>
  );
}
