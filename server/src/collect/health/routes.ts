import {
  dataHealthQuerySchema,
  dataHealthSchema,
  dropPageSchema,
  dropQuerySchema,
  liveQuerySchema,
  replayRequestSchema,
  replayResponseSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf, recordAudit } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { listDrops } from './listDrops.ts';
import { createLiveHub } from './liveHub.ts';
import { openLiveStream } from './liveStream.ts';
import { readHealth } from './readHealth.ts';
import { replayDrops } from './replayDrops.ts';

const tags = ['data health'];

type HealthDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'> & {
  /** Records were put back into the inbox. */
  readonly onReplay: () => void;
};

function registerDropRoutes(app: HttpApp, deps: HealthDeps): void {
  app.get(
    '/api/v1/drops',
    {
      config: { access: 'events.read' },
      schema: {
        summary: 'Records that were accepted at the door and not kept, newest first',
        description: 'Kept for 90 days. The record itself is shown with `personal.read` only.',
        tags,
        querystring: dropQuerySchema,
        response: { 200: dropPageSchema },
      },
    },
    (request) => {
      const principal = principalOf(request);
      const { replayed, ...search } = request.query;
      return listDrops(deps.ch, principal.workspaceId, {
        ...search,
        replayed: replayed === undefined ? undefined : replayed === 'true',
        masked: isMasked(principal),
      });
    },
  );

  app.post(
    '/api/v1/drops/replay',
    {
      config: { access: 'data.write' },
      schema: {
        summary: 'Put dropped records back at the beginning of the pipeline',
        description:
          'By id, or up to 500 that fit a filter. A record goes back once; what is still wrong is dropped anew.',
        tags,
        body: replayRequestSchema,
        response: { 200: replayResponseSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const outcome = await replayDrops(deps, principal.workspaceId, request.body);
      if (outcome.replayed > 0) {
        deps.onReplay();
        await recordAudit(deps.pg, deps, {
          workspaceId: principal.workspaceId,
          actor: actorOf(principal),
          action: 'drops.replayed',
          target: 'dropped records',
          details: { replayed: outcome.replayed },
        });
      }
      return outcome;
    },
  );
}

/** Data health, dropped records and their replay, and the live stream. */
export function registerHealthRoutes(app: HttpApp, deps: HealthDeps): void {
  app.get(
    '/api/v1/health-data',
    {
      config: { access: 'data.read' },
      schema: {
        summary: 'Per source and day: accepted, dropped, refused, violations; age of the last event',
        tags,
        querystring: dataHealthQuerySchema,
        response: { 200: dataHealthSchema },
      },
    },
    (request) => readHealth(deps, principalOf(request).workspaceId, request.query.days),
  );
  registerDropRoutes(app, deps);

  const hub = createLiveHub(deps);
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const end of open) end();
    await hub.close();
  });
  app.get(
    '/api/v1/live',
    {
      config: { access: 'events.read' },
      schema: {
        summary: 'Events as they arrive, as server-sent events',
        description: 'A sample when many arrive at once. Ends after ten minutes; clients reconnect by themselves.',
        tags,
        produces: ['text/event-stream'],
        querystring: liveQuerySchema,
        response: { 200: z.unknown().meta({ type: 'string' }) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const stream = await openLiveStream(hub, {
        workspaceId: principal.workspaceId,
        filter: request.query,
        masked: isMasked(principal),
      });
      const end = () => stream.end();
      open.add(end);
      reply.raw.once('close', () => stream.destroy());
      stream.once('close', () => open.delete(end));
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream);
    },
  );
}
