import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { type Scheme, surfaces } from '../theme/palette.ts';
import { type ChartData, colorOf } from './chartData.ts';

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | TooltipComponentOption
>;

interface OptionSettings {
  readonly scheme: Scheme;
  readonly calm: boolean;
  readonly label: (label: string) => string;
  readonly value: (value: number) => string;
  /** Shorter, for the axis. */
  readonly tick: (value: number) => string;
}

const font = "'Inter Variable', system-ui, sans-serif";
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (found) => escapes[found] ?? found);

/** One theme for every chart: zero baseline, labels at the lines themselves, few and quiet axes. */
export function chartOption(data: ChartData, settings: OptionSettings): ChartOption {
  const surface = surfaces[settings.scheme];
  const several = data.series.length > 1;
  const labelled = several && data.series.some((one) => one.kind === 'line');
  return {
    animation: !settings.calm,
    animationDuration: 300,
    textStyle: { fontFamily: font, color: surface.text },
    grid: {
      left: 4,
      right: labelled ? 88 : 8,
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
        const rows = points.map((point) => {
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
      minInterval: 1,
      splitNumber: 4,
      axisLabel: { color: surface.dim, fontSize: 11, formatter: settings.tick },
      splitLine: { lineStyle: { color: surface.line } },
    },
    series: data.series.map((one) => {
      const color = colorOf(one.color, settings.scheme);
      const shared = { name: one.name, data: [...one.values], itemStyle: { color } };
      if (one.kind === 'bar')
        return {
          ...shared,
          type: 'bar',
          barMaxWidth: 26,
          itemStyle: { color, borderRadius: one.stack === undefined ? [3, 3, 0, 0] : 0 },
          ...(one.stack === undefined ? {} : { stack: one.stack }),
        };
      return {
        ...shared,
        type: 'line',
        showSymbol: data.labels.length < 3,
        symbolSize: 6,
        lineStyle: { color, width: 2 },
        ...(several ? {} : { areaStyle: { color, opacity: 0.08 } }),
        endLabel: {
          show: several,
          formatter: '{a}',
          color,
          fontSize: 11,
          fontFamily: font,
          width: 84,
          overflow: 'truncate',
        },
        labelLayout: { moveOverlap: 'shiftY' },
        emphasis: { disabled: true },
      };
    }),
  };
}
