import type { ExperimentMetric, ExperimentRequest } from '@vitrail/contracts';

/** The metrics a marketer chooses from; `own` is one made by the API that the form leaves as it is. */
export const presets = ['buyers', 'revenue', 'orders', 'basket', 'eventShare', 'eventMean', 'own'] as const;
export type Preset = (typeof presets)[number];

export interface FormMetric {
  /** Of the row in the form. */
  readonly row: number;
  readonly preset: Preset;
  readonly event: string;
  readonly role: ExperimentMetric['role'];
  readonly goal: ExperimentMetric['goal'];
  readonly windowDays: number;
  readonly kept: ExperimentMetric | null;
}
export interface FormVariation {
  readonly row: number;
  readonly key: string;
  readonly name: string;
  readonly percent: number;
}
export interface FormValues {
  readonly key: string;
  readonly name: string;
  readonly hypothesis: string;
  readonly kind: ExperimentRequest['kind'];
  readonly target: string;
  readonly unit: ExperimentRequest['unit'];
  readonly variations: readonly FormVariation[];
  readonly coverage: number;
  readonly group: string;
  readonly groupShare: number;
  readonly holdout: number;
  readonly allocation: ExperimentRequest['allocation'];
  readonly every: ExperimentRequest['bandit']['every'];
  /** In percent. */
  readonly minimum: number;
  readonly metrics: readonly FormMetric[];
  readonly analysis: ExperimentRequest['analysis'];
  readonly plannedDays: number;
}

const measures: Readonly<
  Record<Exclude<Preset, 'own'>, (event: string) => Pick<ExperimentMetric, 'type' | 'measure' | 'denominator'>>
> = {
  buyers: () => ({ type: 'share', measure: { of: 'orders' } }),
  revenue: () => ({ type: 'mean', measure: { of: 'revenue' } }),
  orders: () => ({ type: 'mean', measure: { of: 'orders' } }),
  basket: () => ({ type: 'ratio', measure: { of: 'revenue' }, denominator: { of: 'orders' } }),
  eventShare: (event) => ({ type: 'share', measure: { of: 'event', event } }),
  eventMean: (event) => ({ type: 'mean', measure: { of: 'event', event } }),
};
export const needsEvent = (preset: Preset): boolean => preset === 'eventShare' || preset === 'eventMean';

function presetOf(metric: ExperimentMetric): Preset {
  const { type, measure, denominator } = metric;
  if (measure.of === 'event') return type === 'share' ? 'eventShare' : type === 'mean' ? 'eventMean' : 'own';
  if (measure.of === 'orders') return type === 'share' ? 'buyers' : type === 'mean' ? 'orders' : 'own';
  if (type === 'mean') return 'revenue';
  return type === 'ratio' && denominator?.of === 'orders' ? 'basket' : 'own';
}

/** A key for machines out of a name: "Bannière d'été" becomes `banniere-d-ete`. */
export const keyFrom = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);

let lastRow = 0;
export const newRow = (): number => ++lastRow;

export const newMetric = (role: FormMetric['role']): FormMetric => ({
  row: newRow(),
  preset: role === 'primary' ? 'buyers' : 'revenue',
  event: '',
  role,
  goal: 'increase',
  windowDays: 14,
  kept: null,
});

const percentOf = (share: number): number => Math.round(share * 10_000) / 100;

export function formFor(
  start: ExperimentRequest | undefined,
  words: { control: string; variation: string },
): FormValues {
  if (start === undefined)
    return {
      key: '',
      name: '',
      hypothesis: '',
      kind: 'experience',
      target: '',
      unit: 'person',
      variations: [
        { row: newRow(), key: 'control', name: words.control, percent: 50 },
        { row: newRow(), key: 'b', name: words.variation, percent: 50 },
      ],
      coverage: 100,
      group: '',
      groupShare: 50,
      holdout: 0,
      allocation: 'fixed',
      every: 'day',
      minimum: 5,
      metrics: [newMetric('primary'), newMetric('secondary')],
      analysis: {
        engine: 'sequential',
        confidence: 0.95,
        correction: 'false_discovery',
        lookbackDays: 14,
        relevant: 0.02,
      },
      plannedDays: 28,
    };
  const { bandit, ...kept } = start;
  return {
    ...kept,
    every: bandit.every,
    minimum: percentOf(bandit.minimum),
    variations: start.variations.map(({ key, name, weight }) => ({
      row: newRow(),
      key,
      name,
      percent: percentOf(weight),
    })),
    coverage: percentOf(start.coverage),
    group: start.group?.name ?? '',
    groupShare: percentOf(start.group?.share ?? 0.5),
    holdout: percentOf(start.holdout),
    metrics: start.metrics.map((metric) => ({
      row: newRow(),
      preset: presetOf(metric),
      event: metric.measure.of === 'event' ? metric.measure.event : '',
      role: metric.role,
      goal: metric.goal,
      windowDays: metric.windowDays,
      kept: metric,
    })),
  };
}

/** Whether the server keeps what people were given, and so may change how it shares out. */
export const isKept = (kind: ExperimentRequest['kind']): boolean =>
  kind === 'message' || kind === 'journey' || kind === 'recommendation';

export type Missing = 'name' | 'key' | 'variations' | 'weights' | 'primary' | 'event' | 'twice';
const keyPattern = /^[a-z0-9][a-z0-9_-]{0,59}$/;

/** What keeps it from being stored, the first of it; null: nothing. */
export function missingIn({ name, key, variations, metrics }: FormValues): Missing | null {
  if (name.trim() === '') return 'name';
  if (!keyPattern.test(key)) return 'key';
  const keys = variations.map((each) => each.key);
  if (
    variations.some((each) => each.name.trim() === '' || !keyPattern.test(each.key)) ||
    new Set(keys).size < keys.length
  )
    return 'variations';
  const sum = variations.reduce((total, { percent }) => total + percent, 0);
  if (Math.abs(sum - 100) > 0.05 || variations.some(({ percent }) => percent <= 0)) return 'weights';
  if (metrics.filter(({ role }) => role === 'primary').length !== 1) return 'primary';
  if (metrics.some(({ preset, event }) => needsEvent(preset) && event.trim() === '')) return 'event';
  const metricKeys = metrics.map(metricKeyOf);
  return new Set(metricKeys).size < metricKeys.length ? 'twice' : null;
}

const metricKeyOf = ({ preset, event, kept }: FormMetric): string => {
  if (
    kept !== null &&
    preset === presetOf(kept) &&
    (kept.measure.of !== 'event' || kept.measure.event === event.trim())
  )
    return kept.key;
  const plain = preset.toLowerCase();
  return needsEvent(preset) ? `${plain}-${keyFrom(event)}`.slice(0, 60) : plain;
};

export function requestOf(values: FormValues, nameOf: (preset: Preset, event: string) => string): ExperimentRequest {
  const { variations, coverage, group, groupShare, holdout, metrics, allocation, every, minimum, ...rest } = values;
  return {
    ...rest,
    name: values.name.trim(),
    hashVersion: 2,
    variations: variations.map(({ key, name, percent }) => ({ key, name: name.trim(), weight: percent / 100 })),
    coverage: coverage / 100,
    group: group.trim() === '' ? null : { name: keyFrom(group), share: groupShare / 100 },
    holdout: holdout / 100,
    allocation: isKept(values.kind) ? allocation : 'fixed',
    bandit: { every, minimum: minimum / 100 },
    metrics: metrics.map((metric) => requestedMetric(metric, nameOf)),
  };
}

function requestedMetric(metric: FormMetric, nameOf: (preset: Preset, event: string) => string): ExperimentMetric {
  const { preset, event, role, goal, windowDays, kept } = metric;
  if (preset === 'own' && kept !== null) return { ...kept, role, goal, windowDays };
  const measure = measures[preset === 'own' ? 'buyers' : preset](event.trim());
  return {
    key: metricKeyOf(metric),
    name: nameOf(preset, event.trim()).slice(0, 80),
    ...measure,
    role,
    goal,
    windowDays,
    // A few very large baskets would drown the rest; what people bought before explains much of what they buy.
    cap: kept?.cap ?? (preset === 'revenue' ? 0.99 : null),
    cuped: kept?.cuped ?? true,
  };
}
