import { expect, test } from 'vitest';
import { createMetrics } from './createMetrics.ts';

test('counters, histograms and gauges of a room appear in the Prometheus text', async () => {
  const metrics = createMetrics();
  const dropped = metrics.counter({ name: 'dropped_total', help: 'Dropped events.', labels: ['reason'] });
  const took = metrics.histogram({
    name: 'stage_seconds',
    help: 'Time in a stage.',
    labels: ['stage'],
    buckets: [1, 2],
  });
  metrics.gauge({ name: 'backlog', help: 'Waiting requests.', read: () => [{ value: 7 }] });
  metrics.gauge({
    name: 'store_bytes',
    help: 'Bytes on disk.',
    labels: ['store'],
    read: async () => [{ labels: { store: 'postgres' }, value: 5 }],
  });
  dropped.add({ reason: 'duplicate' });
  dropped.add({ reason: 'duplicate' }, 2);
  took.observe({ stage: 'resolve' }, 1.5);
  const { contentType, text } = await metrics.render();
  expect(contentType).toContain('text/plain');
  expect(text).toContain('vitrail_dropped_total{reason="duplicate"} 3');
  expect(text).toContain('vitrail_stage_seconds_bucket{le="2",stage="resolve"} 1');
  expect(text).toContain('vitrail_backlog 7');
  expect(text).toContain('vitrail_store_bytes{store="postgres"} 5');
  expect(text).toContain('vitrail_process_resident_memory_bytes');
});

test('a gauge that cannot be read leaves the others readable and is counted', async () => {
  const metrics = createMetrics();
  metrics.gauge({ name: 'well', help: 'Works.', read: () => [{ value: 1 }] });
  metrics.gauge({ name: 'broken', help: 'Does not.', read: () => Promise.reject(new Error('store is away')) });
  await metrics.render();
  const { text } = await metrics.render();
  expect(text).toContain('vitrail_well 1');
  expect(text).toMatch(/vitrail_metric_read_failures_total\{metric="broken"\} [12]/);
});

test('a name cannot be defined twice', () => {
  const metrics = createMetrics();
  metrics.counter({ name: 'once_total', help: 'Once.' });
  expect(() => metrics.counter({ name: 'once_total', help: 'Twice.' })).toThrow(/once_total/);
});
