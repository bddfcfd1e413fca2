import {
  lookalikeChangeSchema,
  lookalikePageSchema,
  lookalikeRequestSchema,
  lookalikeSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { createLookalike, editLookalike, refreshLookalike, removeLookalike } from './changeLookalikes.ts';
import { getLookalike, lookalikeIdOf, pageLookalikes } from './readLookalikes.ts';

const tags = ['Lookalikes'];
const byId = z.object({ id: z.string().max(40) });

/** Audiences of people most like a segment. */
export function registerLookalikeRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>): void {
  app.get(
    '/api/v1/lookalikes',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'List lookalike audiences, the newest first',
        querystring: z.object({ cursor: z.string().max(40).optional() }),
        response: { 200: lookalikePageSchema },
      },
    },
    async (request) => pageLookalikes(deps, principalOf(request).workspaceId, request.query.cursor),
  );

  app.post(
    '/api/v1/lookalikes',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Find the people most like a segment',
        description:
          'Everyone else is put in order of likeness in the background; never one of the segment’s own people.',
        body: lookalikeRequestSchema,
        response: { 202: lookalikeSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const id = await createLookalike(deps, { workspace, actor: actorOf(principal) }, request.body);
      return reply.code(202).send(await getLookalike(deps, workspace, id));
    },
  );

  app.get(
    '/api/v1/lookalikes/:id',
    {
      config: { access: 'analytics.read' },
      schema: { tags, summary: 'Read a lookalike audience', params: byId, response: { 200: lookalikeSchema } },
    },
    async (request) => getLookalike(deps, principalOf(request).workspaceId, lookalikeIdOf(request.params.id)),
  );

  app.patch(
    '/api/v1/lookalikes/:id',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Change how far a lookalike audience reaches, or its name',
        params: byId,
        body: lookalikeChangeSchema,
        response: { 200: lookalikeSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const id = lookalikeIdOf(request.params.id);
      await editLookalike(deps, { workspace, actor: actorOf(principal) }, id, request.body);
      return getLookalike(deps, workspace, id);
    },
  );

  app.post(
    '/api/v1/lookalikes/:id/refresh',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Score everyone for a lookalike audience again, now',
        params: byId,
        response: { 202: lookalikeSchema },
      },
    },
    async (request, reply) => {
      const { workspaceId: workspace } = principalOf(request);
      const id = lookalikeIdOf(request.params.id);
      await refreshLookalike(deps, workspace, id);
      return reply.code(202).send(await getLookalike(deps, workspace, id));
    },
  );

  app.delete(
    '/api/v1/lookalikes/:id',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Delete a lookalike audience that no segment asks for',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      await removeLookalike(deps, by, lookalikeIdOf(request.params.id));
      return reply.code(204).send(null);
    },
  );
}
