import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { invitation, type RouterContext, root, setup, signIn, text, typed } from './accessRoutes.ts';
import { analyticsRoutes } from './analyticsRoutes.ts';
import { RouteErrorPage } from './failures.tsx';
import { foreseenRoutes } from './foreseenRoutes.ts';
import { messageRoutes, visualEditor } from './messageRoutes.ts';
import { PagePending } from './shell/PagePending.tsx';
import { shell } from './shellRoute.ts';
import { websiteRoutes } from './websiteRoutes.ts';

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: z.object({ days: text, site: text }),
  component: lazyRouteComponent(() => import('../pages/home/HomePage.tsx'), 'HomePage'),
});
const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  validateSearch: z.object({
    q: text,
    visitors: z.boolean().optional().catch(undefined),
    // Filters: the definition of a small segment, as JSON.
    where: text,
    sort: text,
  }),
  component: lazyRouteComponent(() => import('../pages/customers/CustomersPage.tsx'), 'CustomersPage'),
});
const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$id',
  validateSearch: z.object({
    tab: text,
    type: text,
    source: typed,
    event: text,
    status: text,
    site: typed,
    from: text,
    to: text,
    min: typed,
    max: typed,
  }),
  component: lazyRouteComponent(() => import('../pages/customer/CustomerPage.tsx'), 'CustomerPage'),
});
const merges = createRoute({
  getParentRoute: () => shell,
  path: '/merges',
  component: lazyRouteComponent(() => import('../pages/merges/MergesPage.tsx'), 'MergesPage'),
});
/** What is matched, in the address; people when nothing is said. */
const matchKind = z.enum(['people', 'company']).optional().catch(undefined);
const reviews = createRoute({
  getParentRoute: () => shell,
  path: '/reviews',
  validateSearch: z.object({
    kind: matchKind,
    tab: z.enum(['open', 'unsure', 'closed']).optional().catch(undefined),
    mine: z.boolean().optional().catch(undefined),
    id: z.number().int().positive().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../pages/matching/ReviewsPage.tsx'), 'ReviewsPage'),
});
const matching = createRoute({
  getParentRoute: () => shell,
  path: '/matching',
  validateSearch: z.object({
    kind: matchKind,
    tab: z.enum(['runs', 'model', 'quality']).optional().catch(undefined),
    version: z.number().int().positive().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../pages/matching/MatchingPage.tsx'), 'MatchingPage'),
});
const matchRun = createRoute({
  getParentRoute: () => shell,
  path: '/matching/runs/$id',
  component: lazyRouteComponent(() => import('../pages/matching/RunPage.tsx'), 'RunPage'),
});
const households = createRoute({
  getParentRoute: () => shell,
  path: '/households',
  validateSearch: z.object({
    sort: z.enum(['value', 'size']).optional().catch(undefined),
    size: z.number().int().min(2).max(1_000).optional().catch(undefined),
    open: text,
  }),
  component: lazyRouteComponent(() => import('../pages/households/HouseholdsPage.tsx'), 'HouseholdsPage'),
});
const companies = createRoute({
  getParentRoute: () => shell,
  path: '/companies',
  validateSearch: z.object({ q: text, sort: text }),
  component: lazyRouteComponent(() => import('../pages/companies/CompaniesPage.tsx'), 'CompaniesPage'),
});
const products = createRoute({
  getParentRoute: () => shell,
  path: '/products',
  validateSearch: z.object({ q: text, brand: text, category: text, availability: text, removed: text, sort: text }),
  component: lazyRouteComponent(() => import('../pages/products/ProductsPage.tsx'), 'ProductsPage'),
});
const product = createRoute({
  getParentRoute: () => shell,
  path: '/products/$id',
  component: lazyRouteComponent(() => import('../pages/products/ProductPage.tsx'), 'ProductPage'),
});

const segments = createRoute({
  getParentRoute: () => shell,
  path: '/segments',
  validateSearch: z.object({ q: text, archived: text }),
  component: lazyRouteComponent(() => import('../pages/segments/SegmentsPage.tsx'), 'SegmentsPage'),
});
const newSegment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/new',
  // An id of digits alone is read as a number from a typed address.
  validateSearch: z.object({ template: text, copy: z.coerce.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../pages/segments/BuilderPage.tsx'), 'NewSegmentPage'),
});
const newList = createRoute({
  getParentRoute: () => shell,
  path: '/segments/list',
  component: lazyRouteComponent(() => import('../pages/segments/lists/NewListPage.tsx'), 'NewListPage'),
});
const segment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$id',
  validateSearch: z.object({ tab: text }),
  component: lazyRouteComponent(() => import('../pages/segments/SegmentPage.tsx'), 'SegmentPage'),
});
const editSegment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$id/edit',
  component: lazyRouteComponent(() => import('../pages/segments/BuilderPage.tsx'), 'EditSegmentPage'),
});

const live = createRoute({
  getParentRoute: () => shell,
  path: '/data/live',
  validateSearch: z.object({ source: text, type: text, event: text }),
  component: lazyRouteComponent(() => import('../pages/live/LivePage.tsx'), 'LivePage'),
});
const sources = createRoute({
  getParentRoute: () => shell,
  path: '/data/sources',
  component: lazyRouteComponent(() => import('../pages/sources/SourcesPage.tsx'), 'SourcesPage'),
});
const source = createRoute({
  getParentRoute: () => shell,
  path: '/data/sources/$id',
  component: lazyRouteComponent(() => import('../pages/sources/SourcePage.tsx'), 'SourcePage'),
});
const imports = createRoute({
  getParentRoute: () => shell,
  path: '/data/imports',
  component: lazyRouteComponent(() => import('../pages/imports/ImportsPage.tsx'), 'ImportsPage'),
});
const newImport = createRoute({
  getParentRoute: () => shell,
  path: '/data/imports/new',
  component: lazyRouteComponent(() => import('../pages/imports/NewImportPage.tsx'), 'NewImportPage'),
});
const importOne = createRoute({
  getParentRoute: () => shell,
  path: '/data/imports/$id',
  component: lazyRouteComponent(() => import('../pages/imports/ImportPage.tsx'), 'ImportPage'),
});
const plan = createRoute({
  getParentRoute: () => shell,
  path: '/data/plan',
  component: lazyRouteComponent(() => import('../pages/plan/PlanPage.tsx'), 'PlanPage'),
});
const plannedEvent = createRoute({
  getParentRoute: () => shell,
  path: '/data/plan/$event',
  component: lazyRouteComponent(() => import('../pages/plan/PlannedEventPage.tsx'), 'PlannedEventPage'),
});
const health = createRoute({
  getParentRoute: () => shell,
  path: '/data/health',
  validateSearch: z.object({ days: text }),
  component: lazyRouteComponent(() => import('../pages/health/HealthPage.tsx'), 'HealthPage'),
});
const drops = createRoute({
  getParentRoute: () => shell,
  path: '/data/drops',
  validateSearch: z.object({ reason: text, sourceId: text, event: text, replayed: text }),
  component: lazyRouteComponent(() => import('../pages/drops/DropsPage.tsx'), 'DropsPage'),
});
const exports = createRoute({
  getParentRoute: () => shell,
  path: '/data/export',
  component: lazyRouteComponent(() => import('../pages/export/ExportPage.tsx'), 'ExportPage'),
});
const workspace = createRoute({
  getParentRoute: () => shell,
  path: '/settings/workspace',
  component: lazyRouteComponent(() => import('../pages/settings/WorkspacePage.tsx'), 'WorkspacePage'),
});
const sites = createRoute({
  getParentRoute: () => shell,
  path: '/settings/sites',
  component: lazyRouteComponent(() => import('../pages/settings/SitesPage.tsx'), 'SitesPage'),
});
const users = createRoute({
  getParentRoute: () => shell,
  path: '/settings/users',
  component: lazyRouteComponent(() => import('../pages/settings/UsersPage.tsx'), 'UsersPage'),
});
const keys = createRoute({
  getParentRoute: () => shell,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('../pages/settings/KeysPage.tsx'), 'KeysPage'),
});
const identity = createRoute({
  getParentRoute: () => shell,
  path: '/settings/identity',
  component: lazyRouteComponent(() => import('../pages/settings/IdentityPage.tsx'), 'IdentityPage'),
});
const rates = createRoute({
  getParentRoute: () => shell,
  path: '/settings/rates',
  validateSearch: z.object({ currency: text }),
  component: lazyRouteComponent(() => import('../pages/settings/RatesPage.tsx'), 'RatesPage'),
});
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/settings/audit',
  validateSearch: z.object({ action: text, actor: text, target: text }),
  component: lazyRouteComponent(() => import('../pages/settings/AuditPage.tsx'), 'AuditPage'),
});
const profile = createRoute({
  getParentRoute: () => shell,
  path: '/settings/profile',
  component: lazyRouteComponent(() => import('../pages/settings/ProfilePage.tsx'), 'ProfilePage'),
});

const personas = createRoute({
  getParentRoute: () => shell,
  path: '/segments/personas',
  validateSearch: z.object({ site: text }),
  component: lazyRouteComponent(() => import('../pages/personas/PersonasPage.tsx'), 'PersonasPage'),
});
const scores = createRoute({
  getParentRoute: () => shell,
  path: '/segments/scores',
  component: lazyRouteComponent(() => import('../pages/scores/ScoresPage.tsx'), 'ScoresPage'),
});
const newScore = createRoute({
  getParentRoute: () => shell,
  path: '/segments/scores/new',
  component: lazyRouteComponent(() => import('../pages/scores/ScorePage.tsx'), 'NewScorePage'),
});
const score = createRoute({
  getParentRoute: () => shell,
  path: '/segments/scores/$id',
  component: lazyRouteComponent(() => import('../pages/scores/ScorePage.tsx'), 'ScorePage'),
});

const routeTree = root.addChildren([
  signIn,
  setup,
  invitation,
  visualEditor,
  shell.addChildren([
    home,
    customers,
    customer,
    merges,
    reviews,
    matching,
    matchRun,
    households,
    companies,
    segments,
    newSegment,
    newList,
    segment,
    editSegment,
    products,
    product,
    live,
    sources,
    source,
    imports,
    newImport,
    importOne,
    plan,
    plannedEvent,
    health,
    drops,
    exports,
    workspace,
    sites,
    users,
    keys,
    identity,
    rates,
    audit,
    profile,
    ...analyticsRoutes,
    personas,
    scores,
    newScore,
    score,
    ...foreseenRoutes,
    ...messageRoutes,
    ...websiteRoutes,
  ]),
]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PagePending,
    defaultPendingMs: 150,
    defaultErrorComponent: RouteErrorPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
