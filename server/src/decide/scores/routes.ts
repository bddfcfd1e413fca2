import {
  profileScoresSchema,
  scoreInputSchema,
  scoreListSchema,
  scorePreviewInputSchema,
  scorePreviewSchema,
  scoreSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { changeScore, createScore, removeScore } from './changeScores.ts';
import { getScore, listAllScores, previewScore, readProfileScores, scoreIdOf } from './readScores.ts';

const tags = ['Scores'];
const byId = z.object({ id: z.string().max(40) });

/** Rules that give people points. */
export function registerScoreRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>): void {
  app.get(
    '/api/v1/scores',
    {
      config: { access: 'analytics.read' },
      schema: { tags, summary: 'List scores', response: { 200: scoreListSchema } },
    },
    async (request) => ({ items: await listAllScores(deps, principalOf(request).workspaceId) }),
  );

  app.post(
    '/api/v1/scores',
    {
      config: { access: 'segments.write' },
      schema: { tags, summary: 'Make a score', body: scoreInputSchema, response: { 201: scoreSchema } },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return reply.code(201).send(await createScore(deps, by, request.body));
    },
  );

  app.post(
    '/api/v1/scores/preview',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'See how a score would spread over everybody',
        body: scorePreviewInputSchema,
        response: { 200: scorePreviewSchema },
      },
    },
    async (request) => previewScore(deps, principalOf(request).workspaceId, request.body.definition),
  );

  app.get(
    '/api/v1/scores/:id',
    {
      config: { access: 'analytics.read' },
      schema: { tags, summary: 'Read a score', params: byId, response: { 200: scoreSchema } },
    },
    async (request) => getScore(deps, principalOf(request).workspaceId, scoreIdOf(request.params.id)),
  );

  app.put(
    '/api/v1/scores/:id',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Change a score; segments that ask for it follow',
        params: byId,
        body: scoreInputSchema,
        response: { 200: scoreSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return changeScore(deps, by, scoreIdOf(request.params.id), request.body);
    },
  );

  app.delete(
    '/api/v1/scores/:id',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Remove a score that no segment asks for',
        params: byId,
        response: { 204: z.null().meta({ description: 'Removed' }) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      await removeScore(deps, by, scoreIdOf(request.params.id));
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/profiles/:id/scores',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'Read the scores of one customer, with their reasons',
        params: byId,
        response: { 200: profileScoresSchema },
      },
    },
    async (request) => readProfileScores(deps, principalOf(request).workspaceId, request.params.id),
  );
}
