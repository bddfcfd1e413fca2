import { setTimeout as pause } from 'node:timers/promises';
import { pipelineStatusSchema } from '@vitrail/contracts';
import { prepareLoad } from './load.ts';
import { readCpu } from './processTree.ts';
import { type BenchServer, writeKey } from './server.ts';

export interface ThroughputReport {
  readonly events: number;
  readonly bytesPerEvent: number;
  readonly acceptedPerSecond: number;
  readonly visiblePerSecond: number;
  /** CPU seconds of the server and of PostgreSQL until everything was visible. */
  readonly cpu: { readonly node: number; readonly postgres: number };
}

/** Two events of the mix have a schema, so that the tracking plan is asked. */
export async function planEvents(server: BenchServer): Promise<void> {
  const price = { price: { type: 'number', minimum: 0 }, product_id: { type: 'string' } };
  for (const [event, schema] of [
    ['Product Viewed', { type: 'object', required: ['product_id'], properties: price }],
    ['Order Completed', { type: 'object', required: ['order_id', 'total'], properties: { total: { type: 'number' } } }],
  ] as const) {
    const path = `/api/v1/tracking-plan/${encodeURIComponent(event)}`;
    const status = await server.send('PUT', path, { description: '', mode: 'report', schema });
    if (status >= 300) throw new Error(`the tracking plan answered ${status}`);
  }
}

/** Resolves when everything that was sent has reacted. */
export async function untilVisible(server: BenchServer, accepted: number): Promise<void> {
  for (;;) {
    const status = await server.get(pipelineStatusSchema, '/api/v1/pipeline');
    if (status.backlog === 0 && status.accepted >= accepted) return;
    await pause(25);
  }
}

/** Events a second from the first byte sent until the last event is on its profile. */
export async function benchThroughput(
  server: BenchServer,
  { events, visitors }: { events: number; visitors: number },
): Promise<ThroughputReport> {
  const { hostname, port } = new URL(server.url);
  const run = Math.random().toString(36).slice(2, 8);
  const order = { host: hostname, port: Number(port), writeKey, visitors, run, batch: 100, connections: 8, pace: null };
  const { accepted } = await server.get(pipelineStatusSchema, '/api/v1/pipeline');
  const load = await prepareLoad({ ...order, events });
  const before = readCpu(server.pid);
  const began = performance.now();
  const sent = await load.go();
  await untilVisible(server, accepted + events);
  const seconds = (performance.now() - began) / 1_000;
  const after = readCpu(server.pid);
  return {
    events,
    bytesPerEvent: sent.bytes / events,
    acceptedPerSecond: events / sent.seconds,
    visiblePerSecond: events / seconds,
    cpu: { node: after.node - before.node, postgres: after.postgres - before.postgres },
  };
}
