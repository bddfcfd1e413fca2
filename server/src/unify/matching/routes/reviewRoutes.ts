import {
  householdListQuerySchema,
  householdListSchema,
  householdSchema,
  matchKindQuerySchema,
  reviewAssigneesSchema,
  reviewDetailSchema,
  reviewListQuerySchema,
  reviewListSchema,
  reviewProgressSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { listHouseholds } from '../households/listHouseholds.ts';
import { readHousehold } from '../households/readHousehold.ts';
import { maskHousehold, maskHouseholdItem, maskReview, maskReviewDetail } from '../mask.ts';
import { listAssignees } from '../reviews/discussReview.ts';
import { listReviews } from '../reviews/listReviews.ts';
import { readProgress } from '../reviews/progress.ts';
import { readReview } from '../reviews/readReview.ts';
import type { RouteDeps } from './routeDeps.ts';

const numbered = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
export function registerReviewRoutes(app: HttpApp, deps: RouteDeps): void {
  const tags = ['Reviews'];
  app.get(
    '/api/v1/reviews',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'Questions to people, the open ones in the order worth deciding',
        querystring: reviewListQuerySchema,
        response: { 200: reviewListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const assignee = request.query.assignee === 'me' ? principal.id : request.query.assignee;
      const page = await listReviews(deps, principal.workspaceId, { ...request.query, assignee });
      return isMasked(principal) ? { ...page, items: page.items.map(maskReview) } : page;
    },
  );
  app.get(
    '/api/v1/reviews/progress',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'How far the queue has come today',
        querystring: z.object({ kind: matchKindQuerySchema.shape.kind.unwrap().optional() }),
        response: { 200: reviewProgressSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { kind, id } = actorOf(principal);
      return readProgress(deps, principal.workspaceId, request.query.kind, `${kind}:${id}`);
    },
  );
  app.get(
    '/api/v1/reviews/assignees',
    {
      config: { access: 'profiles.write' },
      schema: {
        tags,
        summary: 'Who a question can be given to: everybody who may decide, by name',
        response: { 200: reviewAssigneesSchema },
      },
    },
    async (request) => ({ items: await listAssignees(deps, principalOf(request).workspaceId) }),
  );
  app.get(
    '/api/v1/reviews/:id',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'One question with all that is needed to decide it',
        params: numbered,
        response: { 200: reviewDetailSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const masked = isMasked(principal);
      const review = await readReview(deps, principal.workspaceId, request.params.id, { masked });
      return masked ? maskReviewDetail(review) : review;
    },
  );
  app.get(
    '/api/v1/households',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags: ['Profiles'],
        summary: 'People who live together, the most valuable or the largest households first',
        querystring: householdListQuerySchema,
        response: { 200: householdListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const page = await listHouseholds(deps.pg, principal.workspaceId, request.query);
      return isMasked(principal) ? { ...page, items: page.items.map(maskHouseholdItem) } : page;
    },
  );
  app.get(
    '/api/v1/profiles/:id/household',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags: ['Profiles'],
        summary: 'Who lives with somebody, and what they share',
        params: z.object({ id: z.string().max(40) }),
        response: { 200: householdSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const household = await readHousehold(deps.pg, principal.workspaceId, request.params.id);
      return isMasked(principal) ? maskHousehold(household) : household;
    },
  );
}
