import type { Paths } from '@vitrail/contracts';
import type { SankeySeriesOption } from 'echarts/charts';
import type { TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { type Family, type Scheme, surfaces, tones } from '../../../ui/theme/palette.ts';

export type SankeyOption = ComposeOption<SankeySeriesOption | TooltipComponentOption>;

interface Settings {
  readonly scheme: Scheme;
  readonly calm: boolean;
  readonly nameOf: (node: string) => string;
  readonly value: (value: number) => string;
  /** The start stands at the right, what came before it at the left. */
  readonly mirrored: boolean;
}

/** A node of a step: the same page at another step is another node. */
export const idOf = (step: number, node: string): string => `${step} ${node}`;
export function readId(id: string): { step: number; node: string } {
  const space = id.indexOf(' ');
  return { step: Number(id.slice(0, space)), node: id.slice(space + 1) };
}

const font = "'Inter Variable', system-ui, sans-serif";
const families: readonly Family[] = ['web', 'support', 'crm', 'messages', 'ads', 'store'];

/** Paths as streams; how wide one is, is how often it was taken. */
export function sankeyOption(paths: Paths, { scheme, calm, nameOf, value, mirrored }: Settings): SankeyOption {
  const surface = surfaces[scheme];
  const names = [...new Set(paths.nodes.map(({ node }) => node))];
  const colorOf = (node: string): string => {
    if (node === 'start') return surface.text;
    if (node === 'end' || node === 'other') return surface.lineStrong;
    return tones[scheme][families[names.indexOf(node) % families.length] ?? 'web'].glass;
  };
  return {
    animation: !calm,
    textStyle: { fontFamily: font },
    tooltip: {
      confine: true,
      renderMode: 'richText',
      backgroundColor: surface.raised,
      borderColor: surface.line,
      textStyle: { color: surface.text, fontFamily: font, fontSize: 13 },
      valueFormatter: (given) => value(Number(given)),
    },
    series: [
      {
        type: 'sankey',
        left: 8,
        right: 130,
        top: 8,
        bottom: 8,
        nodeAlign: 'left',
        draggable: false,
        nodeGap: 14,
        layoutIterations: 24,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'gradient', opacity: 0.32, curveness: 0.5 },
        label: {
          color: surface.text,
          fontSize: 12,
          width: 120,
          overflow: 'truncate',
          formatter: ({ name }) => nameOf(readId(String(name)).node),
        },
        data: paths.nodes.map(({ step, node }) => ({
          name: idOf(step, node),
          depth: mirrored ? maxStep(paths) - step : step,
          itemStyle: { color: colorOf(node), borderWidth: 0 },
        })),
        links: paths.links.map(({ step, from, to, times }) =>
          mirrored
            ? { source: idOf(step, to), target: idOf(step - 1, from), value: times }
            : { source: idOf(step - 1, from), target: idOf(step, to), value: times },
        ),
      },
    ],
  };
}

const maxStep = (paths: Paths): number => Math.max(0, ...paths.nodes.map(({ step }) => step));
