import { type Metric, orderMetrics } from '@vitrail/contracts';

export const metricNames = [
  ...orderMetrics,
  'visitors',
  'conversion',
  'events',
  'people',
  'per_person',
  'sum',
] as const satisfies readonly Metric['of'][];

const anyEvent = { type: 'any' as const, events: [], where: [] };

/** A metric by its name; what was chosen of the former one is kept where it fits. */
export function metricOf(name: string, former: Metric): Metric {
  const of = metricNames.find((one) => one === name) ?? former.of;
  const match = 'match' in former ? former.match : anyEvent;
  if (of === 'events' || of === 'people' || of === 'per_person') return { of, match };
  if (of === 'sum') return { of, match, value: { field: 'base_value' } };
  return { of };
}
