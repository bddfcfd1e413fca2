import type { Deps, HttpApp } from '../platform/index.ts';
import type { Govern } from './govern.ts';
import { registerAuditRoutes } from './routes/auditRoutes.ts';
import { registerAuthRoutes } from './routes/authRoutes.ts';
import { registerKeyRoutes } from './routes/keyRoutes.ts';
import { registerSetupRoutes } from './routes/setupRoutes.ts';
import { registerSiteRoutes } from './routes/siteRoutes.ts';
import { registerUserRoutes } from './routes/userRoutes.ts';
import { registerViewRoutes } from './routes/viewRoutes.ts';
import { registerWorkspaceRoutes } from './routes/workspaceRoutes.ts';

/** Set-up, sign-in, the signed-in person, workspace, sites, users, keys, audit log. */
export function registerGovernRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>, govern: Govern): void {
  registerSetupRoutes(app, deps, govern);
  registerAuthRoutes(app, govern);
  registerWorkspaceRoutes(app, deps, govern);
  registerSiteRoutes(app, deps);
  registerUserRoutes(app, deps, govern);
  registerKeyRoutes(app, deps, govern);
  registerAuditRoutes(app, deps, govern);
  registerViewRoutes(app, deps);
}
