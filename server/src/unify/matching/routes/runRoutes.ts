import {
  matchRunSchema,
  runLinkListQuerySchema,
  runLinkListSchema,
  runListQuerySchema,
  runListSchema,
  startRunSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf } from '../../../govern/index.ts';
import { Fault, type HttpApp } from '../../../platform/index.ts';
import { executeRunNow, tidyMatchingNow } from '../jobs.ts';
import { maskRun, maskRunLinks } from '../mask.ts';
import { getRunRow, listMatchRuns, listRunLinks, readRun } from '../runs/showRun.ts';
import { wantCancel } from '../runs/sql/runs.pg.ts';
import { startRun } from '../runs/startRun.ts';
import { undoRun } from '../runs/undoRun.ts';
import type { RouteDeps } from './routeDeps.ts';

const numbered = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
export function registerRunRoutes(app: HttpApp, deps: RouteDeps): void {
  const tags = ['Matching'];
  app.post(
    '/api/v1/matching/runs',
    {
      config: { access: 'identity.write' },
      schema: {
        tags,
        summary: 'Start a dry run, or a run that merges and asks',
        body: startRunSchema,
        response: { 202: matchRunSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const run = await startRun(deps, workspace, request.body, actorOf(principal));
      await executeRunNow(deps, workspace, run);
      return reply.code(202).send(await readRun(deps.pg, workspace, run));
    },
  );
  app.get(
    '/api/v1/matching/runs',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'Runs, newest first',
        querystring: runListQuerySchema,
        response: { 200: runListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const page = await listMatchRuns(deps.pg, principal.workspaceId, request.query);
      return isMasked(principal) ? { ...page, items: page.items.map(maskRun) } : page;
    },
  );
  app.get(
    '/api/v1/matching/runs/:id',
    {
      config: { access: 'profiles.read' },
      schema: { tags, summary: 'One run: progress, then report', params: numbered, response: { 200: matchRunSchema } },
    },
    async (request) => {
      const principal = principalOf(request);
      const run = await readRun(deps.pg, principal.workspaceId, request.params.id);
      return isMasked(principal) ? maskRun(run) : run;
    },
  );
  app.get(
    '/api/v1/matching/runs/:id/links',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'What a run merged or asked, in its order',
        params: numbered,
        querystring: runLinkListQuerySchema,
        response: { 200: runLinkListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const page = await listRunLinks(deps.pg, principal.workspaceId, request.params.id, request.query);
      return isMasked(principal) ? maskRunLinks(page) : page;
    },
  );
  app.post(
    '/api/v1/matching/runs/:id/cancel',
    {
      config: { access: 'identity.write' },
      schema: {
        tags,
        summary: 'Stop a run: what it has merged so far stands and can be undone',
        params: numbered,
        response: { 200: matchRunSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const { id } = request.params;
      await getRunRow(deps.pg, workspace, id);
      if ((await deps.pg.row(wantCancel, { workspace, id })) === null)
        throw new Fault('conflict', 'unify.run_over', 'This run is over; there is nothing to cancel.');
      return readRun(deps.pg, workspace, id);
    },
  );
  app.post(
    '/api/v1/matching/runs/:id/undo',
    {
      config: { access: 'identity.write' },
      schema: {
        tags,
        summary: 'Undo everything a run has merged, exactly; automatic merging is switched off',
        params: numbered,
        response: { 200: matchRunSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const finished = await undoRun(deps, workspace, request.params.id, actorOf(principal));
      if (!finished) await tidyMatchingNow(deps);
      return readRun(deps.pg, workspace, request.params.id);
    },
  );
}
