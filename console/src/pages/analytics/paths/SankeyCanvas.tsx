import { SankeyChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { readId, type SankeyOption } from './sankeyOption.ts';

use([SankeyChart, TooltipComponent, CanvasRenderer]);

export interface SankeyHandle {
  /** The picture as a PNG file, twice as fine as on the screen. */
  png(background: string): Promise<Blob>;
}

interface SankeyCanvasProps {
  readonly option: SankeyOption;
  readonly height: number;
  readonly handle: Ref<SankeyHandle>;
  readonly onPick: (step: number, node: string, from?: string) => void;
}

/** The part that needs ECharts, loaded with the first picture of paths. */
export default function SankeyCanvas({ option, height, handle, onPick }: SankeyCanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const created = init(element);
    chart.current = created;
    created.on('click', ({ dataType, name, data }) => {
      if (dataType === 'node') {
        const { step, node } = readId(name);
        pick.current(step, node);
        return;
      }
      if (typeof data !== 'object' || data === null || !('source' in data) || !('target' in data)) return;
      const [one, other] = [readId(String(data.source)), readId(String(data.target))];
      const [from, to] = one.step < other.step ? [one, other] : [other, one];
      pick.current(to.step, to.node, from.node);
    });
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  useImperativeHandle(handle, () => ({
    png: async (background) => {
      const url = chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background }) ?? '';
      const bytes = atob(url.slice(url.indexOf(',') + 1));
      return new Blob([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], { type: 'image/png' });
    },
  }));
  return <div ref={box} style={{ height }} />;
}
