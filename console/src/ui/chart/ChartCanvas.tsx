import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { ChartOption } from './chartOption.ts';

use([LineChart, BarChart, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

export interface ChartHandle {
  /** The picture as a PNG file, twice as fine as on the screen. */
  png(background: string): Promise<Blob>;
}

interface ChartCanvasProps {
  readonly option: ChartOption;
  readonly height: number;
  readonly handle: Ref<ChartHandle>;
}

/** The part that needs ECharts, loaded when the first chart is shown. */
export default function ChartCanvas({ option, height, handle }: ChartCanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const created = init(element);
    chart.current = created;
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);
  useImperativeHandle(handle, () => ({
    png: async (background) => {
      const url = chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background }) ?? '';
      const bytes = atob(url.slice(url.indexOf(',') + 1));
      return new Blob([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], { type: 'image/png' });
    },
  }));
  return <div ref={box} style={{ height }} />;
}
