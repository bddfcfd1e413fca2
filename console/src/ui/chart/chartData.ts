import { type Family, type Scheme, surfaces, tones } from '../theme/palette.ts';

/** A colour by meaning; the scheme decides the shade. */
export type ChartColor = Family | 'lead' | 'good' | 'bad' | 'quiet';

export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly color: ChartColor;
  readonly kind: 'line' | 'bar';
  /** Bars with the same name stand on each other. */
  readonly stack?: string;
}

export interface ChartData {
  /** ISO days, or names. */
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  /** The last label is still running, as today is: its marks are drawn lighter. */
  readonly openEnd?: boolean;
  /** Values are parts of one: the axis has steps between nothing and all. */
  readonly shares?: boolean;
}

export function colorOf(color: ChartColor, scheme: Scheme): string {
  const surface = surfaces[scheme];
  switch (color) {
    case 'lead':
      return surface.text;
    case 'good':
      return tones[scheme].crm.glass;
    case 'bad':
      return tones[scheme].ads.glass;
    case 'quiet':
      return surface.lineStrong;
    default:
      return tones[scheme][color].glass;
  }
}

/** The same, dark or light enough to be read as text. */
export function inkOf(color: ChartColor, scheme: Scheme): string {
  const surface = surfaces[scheme];
  switch (color) {
    case 'lead':
      return surface.text;
    case 'good':
      return surface.good;
    case 'bad':
      return surface.bad;
    case 'quiet':
      return surface.dim;
    default:
      return tones[scheme][color].ink;
  }
}

/** The picture in one sentence, for those who do not see it. */
export function summaryOf(data: ChartData, format: (value: number) => string): string {
  return data.series
    .map(({ name, values }) => {
      const known = values.filter((value) => value !== null);
      const total = known.reduce((sum, value) => sum + value, 0);
      const highest = known.length === 0 ? null : Math.max(...known);
      const at = highest === null ? undefined : data.labels[values.indexOf(highest)];
      return highest === null || at === undefined
        ? name
        : `${name}: Σ ${format(total)}, max ${format(highest)} (${at})`;
    })
    .join('; ');
}
