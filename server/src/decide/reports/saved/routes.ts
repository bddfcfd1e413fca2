import { savedReportInputSchema, savedReportListSchema, savedReportSchema } from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf, principalOf } from '../../../govern/index.ts';
import type { Deps, HttpApp } from '../../../platform/index.ts';
import { changeReport, createReport, getReport, type Keeper, listReports, removeReport } from './savedReports.ts';

const tags = ['Analytics'];
const params = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });
const read = { access: 'analytics.read' } as const;
const write = { access: 'analytics.write' } as const;

function keeperOf(request: FastifyRequest): Keeper {
  const principal = principalOf(request);
  return { workspace: principal.workspaceId, actor: actorOf(principal), manages: principal.role === 'owner' };
}

/** Reports people keep: one's own, and those shared with everybody. */
export function registerSavedReportRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/reports/saved',
    {
      config: read,
      schema: {
        tags,
        summary: 'Saved reports: one’s own and the shared ones, by name',
        querystring: z.object({ cursor: z.string().optional() }),
        response: { 200: savedReportListSchema },
      },
    },
    async (request) => listReports(deps, keeperOf(request), request.query.cursor),
  );
  app.get(
    '/api/v1/reports/saved/:id',
    { config: read, schema: { tags, summary: 'One saved report', params, response: { 200: savedReportSchema } } },
    async (request) => getReport(deps, keeperOf(request), request.params.id),
  );
  app.post(
    '/api/v1/reports/saved',
    {
      config: write,
      schema: { tags, summary: 'Save a report', body: savedReportInputSchema, response: { 201: savedReportSchema } },
    },
    async (request, reply) => reply.code(201).send(await createReport(deps, keeperOf(request), request.body)),
  );
  app.put(
    '/api/v1/reports/saved/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a report of one’s own',
        params,
        body: savedReportInputSchema,
        response: { 200: savedReportSchema },
      },
    },
    async (request) => changeReport(deps, keeperOf(request), request.params.id, request.body),
  );
  app.delete(
    '/api/v1/reports/saved/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Remove a report; owners of the workspace also what others shared',
        params,
        response: { 204: z.null().meta({ description: 'Removed.' }) },
      },
    },
    async (request, reply) => {
      await removeReport(deps, keeperOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
