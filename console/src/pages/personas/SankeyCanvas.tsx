import { SankeyChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { ChartHandle } from '../../ui/chart/ChartCanvas.tsx';
import { type Scheme, surfaces } from '../../ui/theme/palette.ts';

use([SankeyChart, TooltipComponent, CanvasRenderer]);

export interface SankeyNode {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly depth: 0 | 1;
}
export interface SankeyLink {
  readonly from: string;
  readonly to: string;
  readonly value: number;
  readonly text: string;
}

interface SankeyCanvasProps {
  readonly nodes: readonly SankeyNode[];
  readonly links: readonly SankeyLink[];
  readonly height: number;
  readonly scheme: Scheme;
  readonly calm: boolean;
  readonly handle: Ref<ChartHandle>;
}

const font = "'Inter Variable', system-ui, sans-serif";

/** The part that needs ECharts: two columns and the ribbons between them. */
export default function SankeyCanvas({ nodes, links, height, scheme, calm, handle }: SankeyCanvasProps) {
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
  useEffect(() => {
    const surface = surfaces[scheme];
    const texts = new Map(links.map((link) => [`${link.from} ${link.to}`, link.text]));
    chart.current?.setOption(
      {
        animation: !calm,
        animationDuration: 300,
        textStyle: { fontFamily: font },
        tooltip: {
          confine: true,
          renderMode: 'richText',
          backgroundColor: surface.raised,
          borderColor: surface.line,
          textStyle: { color: surface.text, fontFamily: font, fontSize: 13 },
          formatter: ({ data }: { data: { source?: string; target?: string; label?: { formatter?: string } } }) =>
            texts.get(`${data.source} ${data.target}`) ?? data.label?.formatter ?? '',
        },
        series: [
          {
            type: 'sankey',
            left: 4,
            right: 4,
            top: 8,
            bottom: 8,
            nodeWidth: 10,
            nodeGap: 10,
            draggable: false,
            layoutIterations: 0,
            emphasis: { focus: 'adjacency' },
            lineStyle: { color: 'source', opacity: scheme === 'dark' ? 0.34 : 0.26 },
            data: nodes.map(({ id, name, color, depth }) => ({
              name: id,
              depth,
              itemStyle: { color, borderWidth: 0 },
              label: {
                formatter: name,
                position: depth === 0 ? 'right' : 'left',
                color: surface.text,
                fontFamily: font,
                fontSize: 12,
              },
            })),
            links: links.map(({ from, to, value }) => ({ source: from, target: to, value })),
          },
        ],
      },
      { notMerge: true },
    );
  }, [nodes, links, scheme, calm]);
  useImperativeHandle(handle, () => ({
    png: async (background) => {
      const url = chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background }) ?? '';
      const bytes = atob(url.slice(url.indexOf(',') + 1));
      return new Blob([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], { type: 'image/png' });
    },
  }));
  return <div ref={box} style={{ height }} />;
}
