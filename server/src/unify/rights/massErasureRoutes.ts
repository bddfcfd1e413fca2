import { massErasureInputSchema, massErasureListSchema, massErasureSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { refuseWhere, type SelectDeps } from '../listing/selectPeople.ts';
import { getMassErasure, listErasures, startMassErasure, stopMassErasure } from './eraseMany.ts';

const tags = ['Profiles'];
const byId = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });
const erase = { access: 'profiles.erase' } as const;

/** Many people erased by one request, as a job with its progress. */
export function registerMassErasureRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock' | 'jobs'> & SelectDeps): void {
  app.post(
    '/api/v1/erasures',
    {
      config: erase,
      schema: {
        tags,
        summary: 'Erase many people in every store',
        description:
          'At most 10,000 people, fixed now. `expect` must be how many the selection holds, else nobody is erased (409).',
        body: massErasureInputSchema,
        response: { 202: massErasureSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      refuseWhere(principal, request.body.people);
      const input = { workspace: principal.workspaceId, actor: actorOf(principal), ...request.body };
      return reply.code(202).send(await startMassErasure(deps, input));
    },
  );

  app.get(
    '/api/v1/erasures',
    {
      config: erase,
      schema: { tags, summary: 'The last fifty erasures of many people', response: { 200: massErasureListSchema } },
    },
    async (request) => ({ items: await listErasures(deps, principalOf(request).workspaceId) }),
  );

  app.get(
    '/api/v1/erasures/:id',
    {
      config: erase,
      schema: {
        tags,
        summary: 'How far an erasure of many people is',
        params: byId,
        response: { 200: massErasureSchema },
      },
    },
    (request) => getMassErasure(deps, principalOf(request).workspaceId, request.params.id),
  );

  app.post(
    '/api/v1/erasures/:id/cancel',
    {
      config: erase,
      schema: {
        tags,
        summary: 'Stop erasing: who is erased stays erased, the others stay',
        params: byId,
        response: { 200: massErasureSchema },
      },
    },
    (request) => {
      const principal = principalOf(request);
      const { id } = request.params;
      return stopMassErasure(deps, { workspace: principal.workspaceId, id, actor: actorOf(principal) });
    },
  );
}
