import { overviewQuerySchema, overviewSchema, statsSchema } from '@vitrail/contracts';
import { principalOf } from '../govern/index.ts';
import type { Deps, HttpApp } from '../platform/index.ts';
import { readOverview } from './analytics/readOverview.ts';
import { readStats } from './analytics/readStats.ts';
import type { Assigner } from './assigner.ts';
import { registerLookalikeRoutes } from './lookalikes/routes.ts';
import { registerPredictionRoutes } from './predict/routes.ts';
import { registerRecommendationRoutes } from './recommend/routes.ts';
import type { RecommendDeps } from './recommend/serve/recommend.ts';
import { registerReportRoutes } from './reports/routes.ts';
import { registerRfmRoutes } from './rfm/routes.ts';
import { registerScoreRoutes } from './scores/routes.ts';
import { registerSegmentRoutes, type Segments } from './segments/index.ts';
import { registerSqlRoutes } from './sqlAccess/routes.ts';

/** Figures of the workspace, segments, SQL. */
export function registerDecideRoutes(
  app: HttpApp,
  deps: Deps & { readonly assigner: Assigner; readonly recommending: RecommendDeps },
  segments: Pick<Segments, 'deps'>,
): void {
  registerSegmentRoutes(app, { ...deps, ...segments.deps });
  registerSqlRoutes(app, deps);
  registerRfmRoutes(app, deps);
  registerScoreRoutes(app, deps);
  registerReportRoutes(app, deps);
  registerPredictionRoutes(app, deps);
  registerLookalikeRoutes(app, deps);
  registerRecommendationRoutes(app, { ...deps, ...deps.recommending });
  app.get(
    '/api/v1/stats',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags: ['Analytics'],
        summary: 'Count people, events, orders and revenue',
        response: { 200: statsSchema },
      },
    },
    async (request) => readStats(deps, principalOf(request).workspaceId),
  );
  app.get(
    '/api/v1/analytics/overview',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags: ['Analytics'],
        summary: 'Visitors, orders, revenue, new and merged people by day',
        querystring: overviewQuerySchema,
        response: { 200: overviewSchema },
      },
    },
    async (request) => readOverview(deps, principalOf(request).workspaceId, request.query),
  );
}
