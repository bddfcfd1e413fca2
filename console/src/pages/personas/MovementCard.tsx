import { Button, Group, NativeSelect, Skeleton, Table, Text, useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Rfm } from '@vitrail/contracts';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { movementQuery } from '../../api/rfm.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import type { ChartHandle } from '../../ui/chart/ChartCanvas.tsx';
import { colorOf } from '../../ui/chart/chartData.ts';
import { saveFile, toCsv } from '../../ui/csv.ts';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { surfaces } from '../../ui/theme/palette.ts';
import { daysBefore, today } from './dates.ts';
import { directionOf, movementOf } from './flows.ts';
import { personaColor, personaName } from './personaWords.ts';

const SankeyCanvas = lazy(() => import('./SankeyCanvas.tsx'));
const spans = ['30', '90', '180', '360'] as const;
const height = 420;

/** Who became what since then: a picture, or the same as a table. */
export function MovementCard({ rfm }: { rfm: Rfm }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const calm = useReducedMotion();
  const [span, setSpan] = useState<string>('30');
  const [asTable, setAsTable] = useState(false);
  const handle = useRef<ChartHandle>(null);
  const to = today(rfm.timeZone);
  const query = useQuery(movementQuery(useApi(), { from: daysBefore(to, Number(span)), to }));
  const { names } = rfm.settings;
  const movement = useMemo(() => (query.data === undefined ? null : movementOf(query.data)), [query.data]);
  const picture = useMemo(() => {
    const nameOf = (key: Parameters<typeof personaName>[0]) => personaName(key, names, language);
    const side = (keys: readonly Parameters<typeof personaName>[0][], depth: 0 | 1) =>
      keys.map((key) => ({
        id: `${depth} ${key}`,
        name: nameOf(key),
        color: colorOf(personaColor[key], scheme),
        depth,
      }));
    return {
      nodes: movement === null ? [] : [...side(movement.before, 0), ...side(movement.after, 1)],
      links: (movement?.flows ?? []).map((flow) => ({
        from: `0 ${flow.from}`,
        to: `1 ${flow.to}`,
        value: flow.profiles,
        text: `${nameOf(flow.from)} → ${nameOf(flow.to)}: ${format.number(flow.profiles)}`,
      })),
    };
  }, [movement, names, language, scheme, format]);
  const file = t('personas.movement')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  const saveCsv = () => {
    const rows = (movement?.flows ?? []).map((flow) => [
      personaName(flow.from, names, language),
      personaName(flow.to, names, language),
      flow.profiles,
    ]);
    saveFile(
      `${file}.csv`,
      toCsv([t('personas.before'), t('personas.after'), t('personas.customers')], rows, format.settings.locale),
    );
  };
  const savePng = async () => {
    const png = await handle.current?.png(surfaces[scheme].raised);
    if (png !== undefined) saveFile(`${file}.png`, png);
  };
  const first = query.data?.first ?? null;
  const empty = movement !== null && movement.flows.length === 0;
  return (
    <Card
      title={t('personas.movement')}
      note={
        query.data === undefined
          ? t('personas.movementNote')
          : t('personas.movementOf', { from: format.date(query.data.from), to: format.date(query.data.to) })
      }
      actions={
        <NativeSelect
          size="xs"
          aria-label={t('personas.since')}
          value={span}
          onChange={(event) => setSpan(event.currentTarget.value)}
          data={spans.map((value) => ({ value, label: t('personas.sinceDays', { count: Number(value) }) }))}
        />
      }
    >
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {movement === null ? <Skeleton height={height} /> : null}
      {empty ? <Text c="dimmed">{t(first === null ? 'personas.movementNone' : 'personas.movementEmpty')}</Text> : null}
      {movement === null || empty ? null : (
        <>
          <Group justify="space-between" mb="xs">
            <Text size="sm">{t('personas.moved', { moved: movement.moved, stayed: movement.stayed })}</Text>
            <Group gap="xs">
              <Button size="compact-sm" variant="default" onClick={() => setAsTable(!asTable)}>
                {t(asTable ? 'chart.picture' : 'chart.table')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={saveCsv}>
                {t('chart.csv')}
              </Button>
              {asTable ? null : (
                <Button size="compact-sm" variant="default" onClick={() => void savePng()}>
                  {t('chart.png')}
                </Button>
              )}
            </Group>
          </Group>
          {asTable ? (
            <Table.ScrollContainer
              minWidth={320}
              maxHeight={height}
              type="native"
              tabIndex={0}
              role="group"
              aria-label={t('personas.movement')}
            >
              <Table stickyHeader>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('personas.before')}</Table.Th>
                    <Table.Th>{t('personas.after')}</Table.Th>
                    <Table.Th ta="end">{t('personas.customers')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {movement.flows.map((flow) => (
                    <Table.Tr key={`${flow.from} ${flow.to}`}>
                      <Table.Td>{personaName(flow.from, names, language)}</Table.Td>
                      <Table.Td>
                        {personaName(flow.to, names, language)} {t(`personas.way.${directionOf(flow)}`)}
                      </Table.Td>
                      <Table.Td ta="end">{format.number(flow.profiles)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          ) : (
            <div
              role="img"
              aria-label={`${t('personas.movement')}. ${t('personas.moved', { moved: movement.moved, stayed: movement.stayed })}`}
            >
              <Suspense fallback={<Skeleton height={height} />}>
                <SankeyCanvas {...picture} height={height} scheme={scheme} calm={calm} handle={handle} />
              </Suspense>
            </div>
          )}
        </>
      )}
    </Card>
  );
}
