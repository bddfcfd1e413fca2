import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { text } from './accessRoutes.ts';
import { shell } from './shellRoute.ts';

const experiences = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiences',
  component: lazyRouteComponent(() => import('../pages/experiences/ExperiencesPage.tsx'), 'ExperiencesPage'),
});
const newExperience = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiences/new',
  validateSearch: z.object({ start: text, from: text }),
  component: lazyRouteComponent(() => import('../pages/experiences/NewExperiencePage.tsx'), 'NewExperiencePage'),
});
const experience = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiences/$id',
  validateSearch: z.object({ tab: z.enum(['results', 'edit', 'why']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../pages/experiences/ExperiencePage.tsx'), 'ExperiencePage'),
});
const pageEditor = createRoute({
  getParentRoute: () => shell,
  path: '/website/page-editor/$id',
  component: lazyRouteComponent(() => import('../pages/experiences/editor/PageEditorPage.tsx'), 'PageEditorPage'),
});

const experiments = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiments',
  validateSearch: z.object({
    q: text,
    state: z.enum(['draft', 'running', 'stopped', 'archived']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../pages/experiments/ExperimentsPage.tsx'), 'ExperimentsPage'),
});
const newExperiment = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiments/new',
  component: lazyRouteComponent(() => import('../pages/experiments/EditExperimentPage.tsx'), 'NewExperimentPage'),
});
const simulation = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiments/simulation',
  component: lazyRouteComponent(() => import('../pages/experiments/SimulationPage.tsx'), 'SimulationPage'),
});
const holdout = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiments/holdout',
  component: lazyRouteComponent(() => import('../pages/experiments/HoldoutPage.tsx'), 'HoldoutPage'),
});
const learnings = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiments/learnings',
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => import('../pages/experiments/LearningsPage.tsx'), 'LearningsPage'),
});
const experiment = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiments/$id',
  component: lazyRouteComponent(() => import('../pages/experiments/ExperimentPage.tsx'), 'ExperimentPage'),
});
const editExperiment = createRoute({
  getParentRoute: () => shell,
  path: '/website/experiments/$id/edit',
  component: lazyRouteComponent(() => import('../pages/experiments/EditExperimentPage.tsx'), 'EditExperimentPage'),
});

const flags = createRoute({
  getParentRoute: () => shell,
  path: '/website/flags',
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => import('../pages/flags/FlagsPage.tsx'), 'FlagsPage'),
});
const newFlag = createRoute({
  getParentRoute: () => shell,
  path: '/website/flags/new',
  component: lazyRouteComponent(() => import('../pages/flags/FlagPage.tsx'), 'NewFlagPage'),
});
const flag = createRoute({
  getParentRoute: () => shell,
  path: '/website/flags/$id',
  component: lazyRouteComponent(() => import('../pages/flags/FlagPage.tsx'), 'FlagPage'),
});

/** What the pages of the shop show, and what is tried out. */
export const websiteRoutes = [
  experiences,
  newExperience,
  experience,
  pageEditor,
  experiments,
  newExperiment,
  simulation,
  holdout,
  learnings,
  experiment,
  editExperiment,
  flags,
  newFlag,
  flag,
] as const;
