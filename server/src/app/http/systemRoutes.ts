import { z } from 'zod';
import { Fault, type HttpApp, type Metrics } from '../../platform/index.ts';

export interface ReadyPart {
  /** `postgres`, `clickhouse`, `pipeline` … */
  readonly name: string;
  /** Null when ready; else one sentence on what is missing. Throwing means not ready too. */
  check(): Promise<string | null>;
}

const partSchema = z.object({ name: z.string(), ready: z.boolean(), reason: z.string().nullable() });
const patienceMs = 3000;

async function askPart(part: ReadyPart): Promise<z.output<typeof partSchema>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, patienceMs, `did not answer within ${patienceMs} ms`);
  });
  try {
    const reason = await Promise.race([part.check(), late]);
    return { name: part.name, ready: reason === null, reason };
  } catch (error) {
    // Only a fault's sentence is meant for readers; other errors may quote anything.
    return { name: part.name, ready: false, reason: error instanceof Fault ? error.message : 'the check failed' };
  } finally {
    clearTimeout(timer);
  }
}

/** For load balancers, supervisors and Prometheus. */
export function registerSystemRoutes(app: HttpApp, parts: { ready: readonly ReadyPart[]; metrics: Metrics }): void {
  app.get(
    '/health/live',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The process runs',
        tags: ['app'],
        response: { 200: z.object({ status: z.literal('live') }) },
      },
    },
    async () => ({ status: 'live' as const }),
  );

  app.get(
    '/health/ready',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Every part is ready to work; else 503 with the parts that are not',
        tags: ['app'],
        response: { 200: z.object({ status: z.literal('ready'), parts: z.array(partSchema) }) },
      },
    },
    async () => {
      const asked = await Promise.all(parts.ready.map(askPart));
      const missing = asked.filter((part) => !part.ready);
      if (missing.length > 0)
        throw new Fault(
          'unavailable',
          'app.not_ready',
          `Not ready: ${missing.map((part) => `${part.name} (${part.reason})`).join(', ')}.`,
          { details: { parts: asked } },
        );
      return { status: 'ready' as const, parts: asked };
    },
  );

  app.get(
    '/metrics',
    {
      config: { access: 'settings.read', localAccess: true },
      schema: {
        summary: 'Prometheus metrics; open to callers on this machine',
        tags: ['app'],
        response: {
          200: { content: { 'text/plain': { schema: z.string() } }, description: 'Prometheus text format.' },
        },
      },
    },
    async (_request, reply) => {
      const { contentType, text } = await parts.metrics.render();
      return reply.type(contentType).send(text);
    },
  );
}
