import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * The labels that exist. The list is closed so that nothing about a person (address, id, key, path with an id in it)
 * can become a label; every value must come from a small fixed set.
 */
export type MetricLabel =
  | 'job'
  | 'kind'
  | 'lane'
  | 'method'
  | 'metric'
  | 'outcome'
  | 'reason'
  | 'route'
  | 'source_family'
  | 'stage'
  | 'status'
  | 'store';

export type MetricLabels<L extends MetricLabel> = { readonly [K in L]: string };

export interface MetricDefinition<L extends MetricLabel> {
  /** Prometheus name with its unit, without the `vitrail_` in front: `pipeline_events_total`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly L[];
}

export interface Sample<L extends MetricLabel> {
  readonly labels?: MetricLabels<L>;
  readonly value: number;
}

/** Numbers for Prometheus. Every room defines its own; `app/` serves them at `/metrics`. A name may be defined once. */
export interface Metrics {
  counter<L extends MetricLabel = never>(
    definition: MetricDefinition<L>,
  ): { add(labels: MetricLabels<L>, by?: number): void };
  histogram<L extends MetricLabel = never>(
    definition: MetricDefinition<L> & { readonly buckets?: readonly number[] },
  ): { observe(labels: MetricLabels<L>, value: number): void };
  /** Asked each time someone looks. One that fails leaves the others readable and is counted. */
  gauge<L extends MetricLabel = never>(
    definition: MetricDefinition<L> & { read(): readonly Sample<L>[] | Promise<readonly Sample<L>[]> },
  ): void;
  render(): Promise<{ contentType: string; text: string }>;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A fresh registry with the process's own numbers (memory, event loop, garbage collection) already in it. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'vitrail_' });
  const failures = new Counter({
    name: 'vitrail_metric_read_failures_total',
    help: 'Gauges that could not be read when asked.',
    labelNames: ['metric'],
    registers,
  });
  const named = <L extends MetricLabel>({ name, help, labels = [] }: MetricDefinition<L>) => ({
    name: `vitrail_${name}`,
    help,
    labelNames: [...labels],
    registers,
  });
  return {
    counter: (definition) => {
      const counter = new Counter(named(definition));
      return { add: (labels, by = 1) => counter.inc(labels, by) };
    },
    histogram: (definition) => {
      const histogram = new Histogram({ ...named(definition), buckets: [...(definition.buckets ?? seconds)] });
      return { observe: (labels, value) => histogram.observe(labels, value) };
    },
    gauge: (definition) => {
      new Gauge({
        ...named(definition),
        async collect() {
          this.reset();
          try {
            for (const { labels, value } of await definition.read()) {
              if (labels === undefined) this.set(value);
              else this.set(labels, value);
            }
          } catch {
            // The number is missing from this answer; the failure itself is the news, and it is counted.
            failures.inc({ metric: definition.name });
          }
        },
      });
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
