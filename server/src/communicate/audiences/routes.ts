import { adAudienceInputSchema, adAudienceListSchema, adAudienceSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { HttpApp } from '../../platform/index.ts';
import {
  type ChangeDeps,
  changeAudience,
  createAudience,
  hastenAudience,
  noAudience,
  removeAudience,
} from './changeAudiences.ts';
import { listAudiences, readAudience } from './readAudiences.ts';

const tags = ['Advertising audiences'];
const byId = z.object({ id: z.string().max(20) });
const idOf = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw noAudience();
  return Number(text);
};
const byOf = (principal: ReturnType<typeof principalOf>) => ({
  workspace: principal.workspaceId,
  actor: actorOf(principal),
});

/** Segments that are kept in step with audiences at advertising companies. */
export function registerAudienceRoutes(app: HttpApp, deps: ChangeDeps): void {
  app.get(
    '/api/v1/ad-audiences',
    {
      config: { access: 'segments.read' },
      schema: {
        tags,
        summary: 'List advertising audiences: who is in them, and what is in the way',
        response: { 200: adAudienceListSchema },
      },
    },
    async (request) => ({ items: await listAudiences(deps, principalOf(request).workspaceId) }),
  );

  app.post(
    '/api/v1/ad-audiences',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Keep an audience at an advertising company in step with a segment',
        description:
          'Only people who allow advertising are handed on, by SHA-256 of their addresses; whoever leaves the segment or takes the permission back is taken out.',
        body: adAudienceInputSchema,
        response: { 201: adAudienceSchema },
      },
    },
    async (request, reply) => {
      const by = byOf(principalOf(request));
      const id = await createAudience(deps, by, request.body);
      return reply.code(201).send(await readAudience(deps, by.workspace, id));
    },
  );

  registerOneAudience(app, deps);
}

function registerOneAudience(app: HttpApp, deps: ChangeDeps): void {
  app.get(
    '/api/v1/ad-audiences/:id',
    {
      config: { access: 'segments.read' },
      schema: {
        tags,
        summary: 'Read an advertising audience, without its secrets',
        params: byId,
        response: { 200: adAudienceSchema },
      },
    },
    async (request) => readAudience(deps, principalOf(request).workspaceId, idOf(request.params.id)),
  );

  app.put(
    '/api/v1/ad-audiences/:id',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Change its name, segment or secrets, or pause it; secrets left out stay',
        params: byId,
        body: adAudienceInputSchema,
        response: { 200: adAudienceSchema },
      },
    },
    async (request) => {
      const by = byOf(principalOf(request));
      const id = idOf(request.params.id);
      await changeAudience(deps, by, id, request.body);
      return readAudience(deps, by.workspace, id);
    },
  );

  app.post(
    '/api/v1/ad-audiences/:id/sync',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Look at everybody now, also while it waits after a failure',
        params: byId,
        response: { 202: adAudienceSchema },
      },
    },
    async (request, reply) => {
      const { workspaceId: workspace } = principalOf(request);
      const id = idOf(request.params.id);
      await hastenAudience(deps, workspace, id);
      return reply.code(202).send(await readAudience(deps, workspace, id));
    },
  );

  app.delete(
    '/api/v1/ad-audiences/:id',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Take everybody out at the company, then remove the audience here',
        params: byId,
        querystring: z.object({
          forget: z.enum(['true', 'false']).optional().meta({
            description: 'true: removed here at once. Whoever is in it at the company stays there.',
          }),
        }),
        response: { 204: z.null().meta({ description: 'It is being removed, or is gone' }) },
      },
    },
    async (request, reply) => {
      const { forget } = request.query;
      await removeAudience(deps, byOf(principalOf(request)), idOf(request.params.id), forget === 'true');
      return reply.code(204).send(null);
    },
  );
}
