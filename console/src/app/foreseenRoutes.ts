import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { askedSchema } from '../pages/recommendations/asked.ts';
import { text } from './accessRoutes.ts';
import { shell } from './shellRoute.ts';

const predictions = createRoute({
  getParentRoute: () => shell,
  path: '/predictions',
  validateSearch: z.object({ site: text, cut: text }),
  component: lazyRouteComponent(() => import('../pages/predictions/PredictionsPage.tsx'), 'PredictionsPage'),
});
const recommendations = createRoute({
  getParentRoute: () => shell,
  path: '/recommendations',
  validateSearch: askedSchema,
  component: lazyRouteComponent(
    () => import('../pages/recommendations/RecommendationsPage.tsx'),
    'RecommendationsPage',
  ),
});
const lookalikes = createRoute({
  getParentRoute: () => shell,
  path: '/lookalikes',
  component: lazyRouteComponent(() => import('../pages/lookalikes/LookalikesPage.tsx'), 'LookalikesPage'),
});
const lookalike = createRoute({
  getParentRoute: () => shell,
  path: '/lookalikes/$id',
  component: lazyRouteComponent(() => import('../pages/lookalikes/LookalikePage.tsx'), 'LookalikePage'),
});

const outside = createRoute({
  getParentRoute: () => shell,
  path: '/segments/outside',
  component: lazyRouteComponent(() => import('../pages/outside/OutsidePage.tsx'), 'OutsidePage'),
});
const partner = createRoute({
  getParentRoute: () => shell,
  path: '/segments/outside/$key',
  component: lazyRouteComponent(() => import('../pages/outside/PartnerPage.tsx'), 'PartnerPage'),
});

const adAudiences = createRoute({
  getParentRoute: () => shell,
  path: '/segments/ads',
  component: lazyRouteComponent(() => import('../pages/adAudiences/AdAudiencesPage.tsx'), 'AdAudiencesPage'),
});

/** What customers will do next, what to show them, and who is like them, what others say of them, and to whom they are handed on. */
export const foreseenRoutes = [
  predictions,
  recommendations,
  lookalikes,
  lookalike,
  outside,
  partner,
  adAudiences,
] as const;
