import {
  cancelledRunSchema,
  predictionReportSchema,
  predictionRunSchema,
  predictionSummarySchema,
  profilePredictionsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { refreshHabitsNow } from '../habits/jobs.ts';
import { executePredictionsNow } from './jobs.ts';
import { readProfilePredictions } from './readProfile.ts';
import { readPredictionReport, readPredictionSummary } from './readReport.ts';
import { cancelPredictions, startPredictionRun } from './runs/startRun.ts';

const tags = ['Predictions'];

/** What each customer will do next, and how well that is known. */
export function registerPredictionRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>): void {
  app.get(
    '/api/v1/profiles/:id/predictions',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'Read what one customer will probably do, what they are drawn to and when they answer',
        params: z.object({ id: z.string().max(40) }),
        querystring: z.object({
          site: z.string().max(200).optional().meta({ description: 'By the model of one site; default: of all sites' }),
        }),
        response: { 200: profilePredictionsSchema },
      },
    },
    async (request) =>
      readProfilePredictions(deps, principalOf(request).workspaceId, request.params.id, request.query.site),
  );

  app.get(
    '/api/v1/predictions/report',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'Read how right predictions were on the past, what they were learnt on, and why something is missing',
        response: { 200: predictionReportSchema },
      },
    },
    async (request) => readPredictionReport(deps, principalOf(request).workspaceId),
  );

  app.get(
    '/api/v1/predictions/summary',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'Read what everyone together will bring, and who may leave',
        response: { 200: predictionSummarySchema },
      },
    },
    async (request) => readPredictionSummary(deps, principalOf(request).workspaceId),
  );

  app.post(
    '/api/v1/predictions/run',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Compute predictions now',
        description: 'One run at a time. The former predictions stay in use until better ones are there.',
        response: { 202: predictionRunSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const run = await startPredictionRun(deps, principal.workspaceId, actorOf(principal));
      await executePredictionsNow(deps, principal.workspaceId, run);
      // Tastes and hours stand on the same page and in the same conditions.
      await refreshHabitsNow(deps, principal.workspaceId);
      return reply.code(202).send({ id: String(run) });
    },
  );

  app.post(
    '/api/v1/predictions/cancel',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Stop the run under way; the former predictions stay in use',
        response: { 200: cancelledRunSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      return { cancelled: await cancelPredictions(deps, principal.workspaceId, actorOf(principal)) };
    },
  );
}
