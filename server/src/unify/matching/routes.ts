import type { HttpApp } from '../../platform/index.ts';
import { registerDecisionRoutes } from './routes/decisionRoutes.ts';
import { registerModelRoutes } from './routes/modelRoutes.ts';
import { registerReviewRoutes } from './routes/reviewRoutes.ts';
import type { RouteDeps } from './routes/routeDeps.ts';
import { registerRunRoutes } from './routes/runRoutes.ts';

/** Models, runs, reviews and households. */
export function registerMatchRoutes(app: HttpApp, deps: RouteDeps): void {
  registerModelRoutes(app, deps);
  registerRunRoutes(app, deps);
  registerReviewRoutes(app, deps);
  registerDecisionRoutes(app, deps);
}
