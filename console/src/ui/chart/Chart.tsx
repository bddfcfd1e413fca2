import { ActionIcon, Menu, Skeleton, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery, useReducedMotion } from '@mantine/hooks';
import { IconChartBar, IconDots, IconFileSpreadsheet, IconPhoto, IconTable } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../Card.tsx';
import { saveFile, toCsv } from '../csv.ts';
import { useFormat } from '../format/FormatProvider.tsx';
import { surfaces } from '../theme/palette.ts';
import styles from './Chart.module.css';
import type { ChartHandle } from './ChartCanvas.tsx';
import { type ChartData, summaryOf } from './chartData.ts';
import { chartOption, type LineName, lineNamesOf } from './chartOption.ts';

const none: readonly LineName[] = [];
const ChartCanvas = lazy(() => import('./ChartCanvas.tsx'));
// Loaded when somebody asks for the numbers.
const ChartTable = lazy(() => import('./ChartTable.tsx'));

interface ChartProps {
  readonly title: string;
  /** What the numbers count. */
  readonly note: ReactNode;
  readonly data: ChartData;
  readonly loading?: boolean;
  readonly height?: number;
  /** What the labels are, as the head of the table: "Day". */
  readonly axis: string;
  readonly label?: (label: string) => string;
  readonly value?: (value: number) => string;
  readonly tick?: (value: number) => string;
  /** Opens what stands behind the label at this place, with a click in the picture or a button in the table. */
  readonly onPick?: ((at: number) => void) | undefined;
}

/** A chart with everything that belongs to it: words, a table of the same numbers, PNG and CSV. */
export function Chart(props: ChartProps) {
  const { title, note, data, loading = false, height = 220, axis } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const calm = useReducedMotion();
  const narrow = useMediaQuery('(max-width: 36em)') ?? false;
  const handle = useRef<ChartHandle>(null);
  const [asTable, setAsTable] = useState(false);
  const label = props.label ?? format.day;
  const value = props.value ?? format.number;
  const tick = props.tick ?? format.compact;
  const option = useMemo(
    () => chartOption(data, { scheme, calm, named: !narrow, label, value, tick }),
    [data, scheme, calm, narrow, label, value, tick],
  );
  const lineNames = useMemo(() => lineNamesOf(data, scheme), [data, scheme]);
  const fileName = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  const saveCsv = () => {
    const rows = data.labels.map((one, at) => [one, ...data.series.map(({ values }) => values[at])]);
    saveFile(`${fileName}.csv`, toCsv([axis, ...data.series.map(({ name }) => name)], rows, format.settings.locale));
  };
  const savePng = async () => {
    const picture = await handle.current?.png(surfaces[scheme].raised);
    if (picture !== undefined) saveFile(`${fileName}.png`, picture);
  };
  return (
    <Card
      title={title}
      note={note}
      actions={
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('chart.menu', { title })}>
              <IconDots size={18} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={
                asTable ? <IconChartBar size={16} aria-hidden="true" /> : <IconTable size={16} aria-hidden="true" />
              }
              onClick={() => setAsTable(!asTable)}
            >
              {t(asTable ? 'chart.picture' : 'chart.table')}
            </Menu.Item>
            <Menu.Item leftSection={<IconFileSpreadsheet size={16} aria-hidden="true" />} onClick={saveCsv}>
              {t('chart.csv')}
            </Menu.Item>
            {asTable ? null : (
              <Menu.Item leftSection={<IconPhoto size={16} aria-hidden="true" />} onClick={() => void savePng()}>
                {t('chart.png')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      }
    >
      {loading ? (
        <Skeleton height={height} />
      ) : asTable ? (
        <Suspense fallback={<Skeleton height={height} />}>
          <ChartTable
            title={title}
            axis={axis}
            data={data}
            height={height}
            label={label}
            value={value}
            onPick={props.onPick}
          />
        </Suspense>
      ) : (
        <div role="img" aria-label={`${title}. ${summaryOf({ ...data, labels: data.labels.map(label) }, value)}`}>
          <Suspense fallback={<Skeleton height={height} />}>
            <ChartCanvas
              option={option}
              lineNames={narrow ? none : lineNames}
              height={height}
              handle={handle}
              onPick={props.onPick}
            />
          </Suspense>
          {narrow && lineNames.length > 0 ? (
            <ul className={styles.names}>
              {lineNames.map(({ name, color }) => (
                <li key={name} style={{ color }}>
                  {name}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      )}
    </Card>
  );
}
