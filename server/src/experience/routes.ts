import type { Keys } from '../govern/index.ts';
import type { Deps, HttpApp } from '../platform/index.ts';
import { registerCaptureRoutes } from './capture/routes.ts';
import type { Experiences } from './createExperiences.ts';
import { registerDecisionRoutes } from './decisions/routes.ts';
import { registerExperienceRoutes } from './experiences/routes.ts';
import { registerExperimentRoutes } from './experiments/routes.ts';
import { registerFlagRoutes, registerPublicFlagRoutes } from './flags/index.ts';
import { registerHoldoutRoutes } from './holdout/routes.ts';

/** Every route of the experience room. */
export function registerExperienceRoom(
  app: HttpApp,
  deps: Deps & { readonly keys: Pick<Keys, 'findWriteKey' | 'findSecretKey'> },
  experiences: Experiences,
): void {
  registerExperienceRoutes(app, deps);
  registerExperimentRoutes(app, deps);
  registerHoldoutRoutes(app, deps);
  registerFlagRoutes(app, deps);
  registerPublicFlagRoutes(app, { keys: deps.keys, flags: experiences.flags });
  registerCaptureRoutes(app, { ...deps, captures: experiences.captures });
  registerDecisionRoutes(app, { ...deps, decide: experiences.decide });
}
