import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { text, typed } from './accessRoutes.ts';
import { shell } from './shellRoute.ts';

/** What a report asks stands in its address: `q` in JSON, the period beside it. */
const report = z.object({ q: text, days: typed, from: text, to: text, saved: typed });
const dashboard = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/dashboard',
  validateSearch: report,
  component: lazyRouteComponent(() => import('../pages/analytics/DashboardPage.tsx'), 'DashboardPage'),
});
const trends = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/trends',
  validateSearch: report,
  component: lazyRouteComponent(() => import('../pages/analytics/TrendsPage.tsx'), 'TrendsPage'),
});
const funnels = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/funnels',
  validateSearch: report,
  component: lazyRouteComponent(() => import('../pages/analytics/FunnelsPage.tsx'), 'FunnelsPage'),
});
const retention = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/retention',
  validateSearch: report,
  component: lazyRouteComponent(() => import('../pages/analytics/RetentionPage.tsx'), 'RetentionPage'),
});
const attribution = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/attribution',
  validateSearch: report,
  component: lazyRouteComponent(() => import('../pages/analytics/AttributionPage.tsx'), 'AttributionPage'),
});
const paths = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/paths',
  validateSearch: report,
  component: lazyRouteComponent(() => import('../pages/analytics/PathsPage.tsx'), 'PathsPage'),
});
const values = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/values',
  validateSearch: report,
  component: lazyRouteComponent(() => import('../pages/analytics/ValuesPage.tsx'), 'ValuesPage'),
});
const savedReports = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/saved',
  component: lazyRouteComponent(() => import('../pages/analytics/SavedPage.tsx'), 'SavedPage'),
});

const sql = createRoute({
  getParentRoute: () => shell,
  path: '/analytics/sql',
  component: lazyRouteComponent(() => import('../pages/sql/SqlPage.tsx'), 'SqlPage'),
});

/** Reports on everybody: what happened, and what it was worth. */
export const analyticsRoutes = [
  dashboard,
  trends,
  funnels,
  retention,
  attribution,
  paths,
  values,
  savedReports,
  sql,
] as const;
