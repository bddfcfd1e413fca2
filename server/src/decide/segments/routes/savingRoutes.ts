import { segmentChangeSchema, segmentInputSchema, segmentSavedSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { archiveSegment, createSegment, restoreSegment, type SaveDeps, updateSegment } from '../saveSegment.ts';
import { byId, tags, write } from './shared.ts';

export function registerSavingRoutes(app: HttpApp, deps: SaveDeps): void {
  app.post(
    '/api/v1/segments',
    {
      config: write,
      schema: { tags, summary: 'Create a segment', body: segmentInputSchema, response: { 201: segmentSavedSchema } },
    },
    async (request, reply) => {
      const workspace = principalOf(request).workspaceId;
      return reply
        .code(201)
        .send(await createSegment(deps, { workspace, actor: actorOf(principalOf(request)), ...request.body }));
    },
  );

  app.put(
    '/api/v1/segments/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Give a segment a new version',
        params: byId,
        body: segmentChangeSchema,
        response: { 200: segmentSavedSchema },
      },
    },
    async (request) => {
      const workspace = principalOf(request).workspaceId;
      return updateSegment(deps, {
        workspace,
        actor: actorOf(principalOf(request)),
        id: request.params.id,
        ...request.body,
      });
    },
  );

  app.post(
    '/api/v1/segments/:id/archive',
    {
      config: write,
      schema: {
        tags,
        summary: 'Put a segment to rest; refused while others refer to it',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const workspace = principalOf(request).workspaceId;
      await archiveSegment(deps, { workspace, actor: actorOf(principalOf(request)), id: request.params.id });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/segments/:id/restore',
    {
      config: write,
      schema: {
        tags,
        summary: 'Take up an archived or stale segment again',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const workspace = principalOf(request).workspaceId;
      await restoreSegment(deps, { workspace, actor: actorOf(principalOf(request)), id: request.params.id });
      return reply.code(204).send(null);
    },
  );
}
