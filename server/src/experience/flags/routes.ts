import { flagPageSchema, flagRequestSchema, flagSchema } from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import type { By } from '../experiments/changeExperiments.ts';
import { createFlag, editFlag, flagIdOf, getFlag, pageFlags, removeFlag } from './changeFlags.ts';

const tags = ['Flags'];
const byId = z.object({ id: z.string().max(40) });
const mayRead = { access: 'experience.read' } as const;
const mayWrite = { access: 'experience.write' } as const;

const byOf = (request: FastifyRequest): By => {
  const principal = principalOf(request);
  return { workspace: principal.workspaceId, actor: actorOf(principal) };
};

/** Flags: switches and values that programs ask for. */
export function registerFlagRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/flags',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'List flags, by key',
        querystring: z.object({ q: z.string().max(100).default(''), cursor: z.string().max(80).optional() }),
        response: { 200: flagPageSchema },
      },
    },
    (request) => {
      const { q, cursor } = request.query;
      return pageFlags(deps, principalOf(request).workspaceId, { words: q, cursor });
    },
  );

  app.post(
    '/api/v1/flags',
    {
      config: mayWrite,
      schema: { tags, summary: 'Make a flag', body: flagRequestSchema, response: { 201: flagSchema } },
    },
    async (request, reply) => reply.code(201).send(await createFlag(deps, byOf(request), request.body)),
  );

  app.get(
    '/api/v1/flags/:id',
    { config: mayRead, schema: { tags, summary: 'Read a flag', params: byId, response: { 200: flagSchema } } },
    (request) => getFlag(deps, principalOf(request).workspaceId, flagIdOf(request.params.id)),
  );

  app.put(
    '/api/v1/flags/:id',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Change a flag: everything of it but its key',
        params: byId,
        body: flagRequestSchema,
        response: { 200: flagSchema },
      },
    },
    (request) => editFlag(deps, byOf(request), flagIdOf(request.params.id), request.body),
  );

  app.delete(
    '/api/v1/flags/:id',
    { config: mayWrite, schema: { tags, summary: 'Delete a flag', params: byId, response: { 204: z.null() } } },
    async (request, reply) => {
      await removeFlag(deps, byOf(request), flagIdOf(request.params.id));
      return reply.code(204).send(null);
    },
  );
}
