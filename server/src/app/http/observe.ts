import type { FastifyInstance } from 'fastify';
import type { Log, Metrics } from '../../platform/index.ts';

const streams = /^text\/event-stream/;

/**
 * Counts and times every request by the pattern of its route, and logs one line for each that failed or was slow.
 * Neither holds the address asked for, its query, a body, or anybody's id.
 */
export function observeRequests(app: FastifyInstance, deps: { log: Log; metrics: Metrics; slowMs: number }): void {
  const { log, slowMs } = deps;
  const took = deps.metrics.histogram({
    name: 'http_request_seconds',
    help: 'Time to answer, by route.',
    labels: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10, 30],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    const ms = reply.elapsedTime;
    const status = reply.statusCode;
    took.observe({ method: request.method, route, status: String(status) }, ms / 1000);
    const fields = { method: request.method, route, status, ms: Math.round(ms), requestId: request.id };
    const streamed = streams.test(String(reply.getHeader('content-type') ?? reply.raw.getHeader('content-type') ?? ''));
    if (status >= 500) log.warn(fields, 'request failed');
    else if (ms >= slowMs && !streamed) log.warn(fields, 'request was slow');
    else if (status >= 400) log.debug(fields, 'request was refused');
    done();
  });
}
