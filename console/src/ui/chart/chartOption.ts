import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { type Scheme, surfaces } from '../theme/palette.ts';
import { type ChartData, type ChartSeries, colorOf, inkOf } from './chartData.ts';

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | TooltipComponentOption
>;

interface OptionSettings {
  readonly scheme: Scheme;
  readonly calm: boolean;
  /** The names of several lines stand beside them. */
  readonly named: boolean;
  readonly label: (label: string) => string;
  readonly value: (value: number) => string;
  /** Shorter, for the axis. */
  readonly tick: (value: number) => string;
}

/** Room at the right for the names of the lines. */
export const labelWidth = 116;

const font = "'Inter Variable', system-ui, sans-serif";
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (found) => escapes[found] ?? found);

/** One theme for every chart: zero baseline, labels at the lines themselves, few and quiet axes. */
export function chartOption(data: ChartData, settings: OptionSettings): ChartOption {
  const surface = surfaces[settings.scheme];
  const labelled = settings.named && data.series.length > 1 && data.series.some((one) => one.kind === 'line');
  return {
    animation: !settings.calm,
    animationDuration: 300,
    textStyle: { fontFamily: font, color: surface.text },
    grid: {
      left: 4,
      right: labelled ? labelWidth + 8 : 8,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: surface.raised,
      borderColor: surface.line,
      padding: [8, 12],
      textStyle: { color: surface.text, fontFamily: font, fontSize: 13 },
      axisPointer: {
        type: data.series.some((one) => one.kind === 'bar') ? 'shadow' : 'line',
        lineStyle: { color: surface.lineStrong },
      },
      formatter: (raw) => {
        const points = Array.isArray(raw) ? raw : [raw];
        const head = settings.label(String(points[0]?.name ?? ''));
        // A line with an open end is drawn as two series of one name; only one of them has the value.
        const rows = points
          .filter(
            (point, at) =>
              typeof point.value === 'number' ||
              !points.some(
                (other, place) =>
                  place !== at && other.seriesName === point.seriesName && typeof other.value === 'number',
              ),
          )
          .filter((point, at, kept) => kept.findIndex((other) => other.seriesName === point.seriesName) === at)
          .map((point) => {
            const value = typeof point.value === 'number' ? settings.value(point.value) : '–';
            return `<div>${typeof point.marker === 'string' ? point.marker : ''} ${escapeHtml(String(point.seriesName))} <b>${escapeHtml(value)}</b></div>`;
          });
        return `<div>${escapeHtml(head)}</div>${rows.join('')}`;
      },
    },
    xAxis: {
      type: 'category',
      data: [...data.labels],
      boundaryGap: data.series.some((one) => one.kind === 'bar'),
      axisLine: { lineStyle: { color: surface.line } },
      axisTick: { show: false },
      axisLabel: { color: surface.dim, fontSize: 11, hideOverlap: true, formatter: settings.label },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...(data.shares === true ? topOfShares(data) : { minInterval: 1 }),
      splitNumber: 4,
      axisLabel: { color: surface.dim, fontSize: 11, formatter: settings.tick },
      splitLine: { lineStyle: { color: surface.line } },
    },
    series: data.series.flatMap((one) => marksOf(one, data, settings)),
  };
}

/** An axis of shares that come near the whole ends with it: nothing is more than all. */
function topOfShares({ series }: ChartData): { max?: number; interval?: number } {
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return highest > 0.8 && highest <= 1 ? { max: 1, interval: 0.25 } : {};
}

/** What is written where a line ends. */
export interface LineName {
  readonly name: string;
  readonly color: string;
  readonly value: number;
}

/** The names of several lines, at their last values; one line alone is named by the chart's title. */
export function lineNamesOf(data: ChartData, scheme: Scheme): readonly LineName[] {
  if (data.series.length < 2) return [];
  return data.series.flatMap((one) => {
    const value = one.values.findLast((known) => known !== null);
    return one.kind === 'line' && typeof value === 'number'
      ? [{ name: one.name, color: inkOf(one.color, scheme), value }]
      : [];
  });
}

/** The marks of one series: a line with an open end gets a dashed tail of the same name. */
function marksOf(one: ChartSeries, data: ChartData, settings: OptionSettings): (BarSeriesOption | LineSeriesOption)[] {
  const color = colorOf(one.color, settings.scheme);
  const last = data.labels.length - 1;
  const open = data.openEnd === true && last > 0;
  const several = data.series.length > 1;
  if (one.kind === 'bar')
    return [
      {
        type: 'bar',
        name: one.name,
        data: one.values.map((value, at) =>
          open && at === last ? { value, itemStyle: { color, opacity: 0.45 } } : value,
        ),
        barMaxWidth: 26,
        itemStyle: { color, borderRadius: one.stack === undefined ? [3, 3, 0, 0] : 0 },
        ...(one.stack === undefined ? {} : { stack: one.stack }),
      },
    ];
  const line: LineSeriesOption = {
    type: 'line',
    name: one.name,
    itemStyle: { color },
    showSymbol: data.labels.length < 3,
    symbolSize: 6,
    emphasis: { disabled: true },
  };
  const body: LineSeriesOption = {
    ...line,
    data: one.values.map((value, at) => (open && at === last ? null : value)),
    lineStyle: { color, width: 2 },
    ...(several ? {} : { areaStyle: { color, opacity: 0.08 } }),
  };
  if (!open) return [body];
  return [
    body,
    {
      ...line,
      data: one.values.map((value, at) => (at < last - 1 ? null : value)),
      lineStyle: { color, width: 2, type: 'dotted', opacity: 0.7 },
    },
  ];
}
