export {
  createMetrics,
  type MetricDefinition,
  type MetricLabel,
  type MetricLabels,
  type Metrics,
  type Sample,
} from './createMetrics.ts';
