import { assignReviewSchema, commentReviewSchema, decideReviewSchema, reviewDetailSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { maskReviewDetail } from '../mask.ts';
import { decideReview } from '../reviews/decideReview.ts';
import { assign, comment } from '../reviews/discussReview.ts';
import { readReview } from '../reviews/readReview.ts';
import { undoDecision } from '../reviews/undoDecision.ts';
import type { RouteDeps } from './routeDeps.ts';

const numbered = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
export function registerDecisionRoutes(app: HttpApp, deps: RouteDeps): void {
  const tags = ['Reviews'];
  const config = { access: 'profiles.write' } as const;
  const response = { 200: reviewDetailSchema };
  const answer = async (workspace: number, id: number, masked: boolean) => {
    const review = await readReview(deps, workspace, id, { masked });
    return masked ? maskReviewDetail(review) : review;
  };
  app.post(
    '/api/v1/reviews/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Decide: merge, distinct (never joined again) or unsure',
        params: numbered,
        body: decideReviewSchema,
        response,
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const { decision, note = null } = request.body;
      const { id } = request.params;
      await decideReview(deps, { workspace, id, actor: actorOf(principal), decision, note });
      return answer(workspace, id, isMasked(principal));
    },
  );
  app.post(
    '/api/v1/reviews/:id/undo',
    {
      config,
      schema: { tags, summary: 'Take a decision back and open the question again', params: numbered, response },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      await undoDecision(deps, { workspace, id: request.params.id, actor: actorOf(principal) });
      return answer(workspace, request.params.id, isMasked(principal));
    },
  );
  app.put(
    '/api/v1/reviews/:id/assignee',
    {
      config,
      schema: {
        tags,
        summary: 'Give a question to a colleague, or to nobody',
        params: numbered,
        body: assignReviewSchema,
        response,
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const about = { workspace: principal.workspaceId, id: request.params.id, actor: actorOf(principal) };
      const { assignee } = request.body;
      await assign(deps, about, assignee === 'me' ? principal.id : assignee);
      return answer(about.workspace, about.id, isMasked(principal));
    },
  );
  app.post(
    '/api/v1/reviews/:id/comments',
    {
      config,
      schema: {
        tags,
        summary: 'Add a remark',
        params: numbered,
        body: commentReviewSchema,
        response,
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const about = { workspace: principal.workspaceId, id: request.params.id, actor: actorOf(principal) };
      await comment(deps, about, request.body.text);
      return answer(about.workspace, about.id, isMasked(principal));
    },
  );
}
