import type { HttpApp } from '../../platform/index.ts';
import { registerBrandRoutes } from './routes/brandRoutes.ts';
import { registerFrameRoute } from './routes/frameRoute.ts';
import { registerPictureRoutes } from './routes/pictureRoutes.ts';
import type { TemplateRouteDeps } from './routes/shared.ts';
import { registerTemplateStoreRoutes } from './routes/templateRoutes.ts';
import { registerTryingRoutes } from './routes/tryingRoutes.ts';

/** Templates, how they look, their pictures, and trying them. */
export function registerTemplateRoutes(app: HttpApp, deps: TemplateRouteDeps): void {
  registerTemplateStoreRoutes(app, deps);
  registerTryingRoutes(app, deps);
  registerBrandRoutes(app, deps);
  registerPictureRoutes(app, deps);
  registerFrameRoute(app);
}
