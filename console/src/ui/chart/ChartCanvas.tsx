import { BarChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { type ChartOption, type LineName, labelWidth } from './chartOption.ts';
import { spread } from './spread.ts';

use([LineChart, BarChart, GridComponent, TooltipComponent, GraphicComponent, CanvasRenderer]);

export interface ChartHandle {
  /** The picture as a PNG file, twice as fine as on the screen. */
  png(background: string): Promise<Blob>;
}

interface ChartCanvasProps {
  readonly option: ChartOption;
  readonly lineNames: readonly LineName[];
  readonly height: number;
  readonly handle: Ref<ChartHandle>;
  readonly onPick?: ((at: number) => void) | undefined;
}

/** Writes the name of each line where it ends, moved apart where lines meet. */
function drawNames(chart: EChartsType, names: readonly LineName[]): void {
  if (names.length === 0) return;
  const left = chart.getWidth() - labelWidth;
  const goals = names.map(({ value }) => Number(chart.convertToPixel({ yAxisIndex: 0 }, value)));
  const places = spread(goals, 15, 8, chart.getHeight() - 24);
  chart.setOption({
    graphic: names.map(({ name, color }, at) => ({
      id: `name ${at}`,
      type: 'text',
      left,
      top: (places[at] ?? 0) - 6,
      silent: true,
      style: {
        text: name,
        fill: color,
        font: "500 11px 'Inter Variable', system-ui, sans-serif",
        width: labelWidth,
        overflow: 'truncate',
      },
    })),
  });
}

/** The part that needs ECharts, loaded when the first chart is shown. */
export default function ChartCanvas({ option, lineNames, height, handle, onPick }: ChartCanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const names = useRef(lineNames);
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const created = init(element);
    chart.current = created;
    const observer = new ResizeObserver(() => {
      created.resize();
      drawNames(created, names.current);
    });
    observer.observe(element);
    // Anywhere above a label counts, not only the mark itself.
    created.getZr().on('click', ({ offsetX, offsetY }) => {
      if (!created.containPixel({ gridIndex: 0 }, [offsetX, offsetY])) return;
      const at = Number(created.convertFromPixel({ xAxisIndex: 0 }, offsetX));
      if (Number.isInteger(at)) pick.current?.(at);
    });
    return () => {
      observer.disconnect();
      created.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    if (chart.current === null) return;
    names.current = lineNames;
    chart.current.setOption(option, { notMerge: true });
    drawNames(chart.current, lineNames);
  }, [option, lineNames]);
  useImperativeHandle(handle, () => ({
    png: async (background) => {
      const url = chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background }) ?? '';
      const bytes = atob(url.slice(url.indexOf(',') + 1));
      return new Blob([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], { type: 'image/png' });
    },
  }));
  return <div ref={box} style={{ height }} />;
}
