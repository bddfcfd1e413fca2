import type { Metrics, Pg } from '../../platform/index.ts';
import type { Reactor } from './shipBatch.ts';
import { countAllWaiting } from './sql/batches.pg.ts';

/** Numbers of the pipeline for Prometheus. The reactor it returns counts batches as they become visible. */
export function definePipelineMetrics(metrics: Metrics, pg: Pg): Reactor {
  metrics.gauge({
    name: 'pipeline_backlog_events',
    help: 'Events accepted and not yet visible, by stage.',
    labels: ['stage'],
    read: async () => {
      const counted = await pg.row(countAllWaiting, {});
      return [
        { labels: { stage: 'waiting' }, value: counted?.waiting ?? 0 },
        { labels: { stage: 'moving' }, value: counted?.moving ?? 0 },
      ];
    },
  });
  const events = metrics.counter({
    name: 'pipeline_events_total',
    help: 'Events that became visible, drops included.',
  });
  const batches = metrics.counter({ name: 'pipeline_batches_total', help: 'Batches that became visible.' });
  return async (batch) => {
    events.add({}, batch.events);
    batches.add({});
  };
}
