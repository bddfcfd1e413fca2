import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { root, text } from './accessRoutes.ts';
import { shell } from './shellRoute.ts';

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: '/messages/campaigns',
  component: lazyRouteComponent(() => import('../pages/campaigns/CampaignsPage.tsx'), 'CampaignsPage'),
});
const newCampaign = createRoute({
  getParentRoute: () => shell,
  path: '/messages/campaigns/new',
  component: lazyRouteComponent(() => import('../pages/campaigns/EditCampaignPage.tsx'), 'NewCampaignPage'),
});
const campaign = createRoute({
  getParentRoute: () => shell,
  path: '/messages/campaigns/$id',
  validateSearch: z.object({ tab: z.enum(['overview', 'results', 'messages']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../pages/campaigns/CampaignPage.tsx'), 'CampaignPage'),
});
const editCampaign = createRoute({
  getParentRoute: () => shell,
  path: '/messages/campaigns/$id/edit',
  component: lazyRouteComponent(() => import('../pages/campaigns/EditCampaignPage.tsx'), 'EditCampaignPage'),
});
const messages = createRoute({
  getParentRoute: () => shell,
  path: '/messages/sent',
  validateSearch: z.object({ state: text, channel: text, reason: text }),
  component: lazyRouteComponent(() => import('../pages/messages/MessagesPage.tsx'), 'MessagesPage'),
});

const messageReports = createRoute({
  getParentRoute: () => shell,
  path: '/messages/reports',
  validateSearch: z.object({ q: text, days: text, from: text, to: text, saved: text }),
  component: lazyRouteComponent(() => import('../pages/messages/reports/ReportsPage.tsx'), 'ReportsPage'),
});
const suppressions = createRoute({
  getParentRoute: () => shell,
  path: '/messages/suppressions',
  component: lazyRouteComponent(() => import('../pages/consents/SuppressionsPage.tsx'), 'SuppressionsPage'),
});
const consent = createRoute({
  getParentRoute: () => shell,
  path: '/settings/consent',
  component: lazyRouteComponent(() => import('../pages/consents/PurposesPage.tsx'), 'PurposesPage'),
});

const sendingRules = createRoute({
  getParentRoute: () => shell,
  path: '/settings/sending',
  component: lazyRouteComponent(() => import('../pages/sendingRules/SendingRulesPage.tsx'), 'SendingRulesPage'),
});

const templates = createRoute({
  getParentRoute: () => shell,
  path: '/messages/templates',
  validateSearch: z.object({ q: text, archived: text }),
  component: lazyRouteComponent(() => import('../pages/templates/TemplatesPage.tsx'), 'TemplatesPage'),
});
const brand = createRoute({
  getParentRoute: () => shell,
  path: '/messages/templates/brand',
  component: lazyRouteComponent(() => import('../pages/templates/brand/BrandPage.tsx'), 'BrandPage'),
});
const template = createRoute({
  getParentRoute: () => shell,
  path: '/messages/templates/$id',
  component: lazyRouteComponent(() => import('../pages/templates/TemplatePage.tsx'), 'TemplatePage'),
});
/** Stands in a frame of the template's page, under a policy of its own. */
export const visualEditor = createRoute({
  getParentRoute: () => root,
  path: '/visual-editor',
  component: lazyRouteComponent(() => import('../pages/templates/visual/VisualEditorPage.tsx'), 'VisualEditorPage'),
});

const journeys = createRoute({
  getParentRoute: () => shell,
  path: '/messages/journeys',
  component: lazyRouteComponent(() => import('../pages/journeys/JourneysPage.tsx'), 'JourneysPage'),
});
const journey = createRoute({
  getParentRoute: () => shell,
  path: '/messages/journeys/$id',
  validateSearch: z.object({
    tab: z.enum(['drawing', 'people', 'try', 'versions']).optional().catch(undefined),
    person: z.string().max(40).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../pages/journeys/JourneyPage.tsx'), 'JourneyPage'),
});

const channelsPage = createRoute({
  getParentRoute: () => shell,
  path: '/settings/channels',
  component: lazyRouteComponent(() => import('../pages/channels/ChannelsPage.tsx'), 'ChannelsPage'),
});
const sandbox = createRoute({
  getParentRoute: () => shell,
  path: '/messages/sandbox',
  validateSearch: z.object({ channel: text }),
  component: lazyRouteComponent(() => import('../pages/sandbox/SandboxPage.tsx'), 'SandboxPage'),
});
const deliverability = createRoute({
  getParentRoute: () => shell,
  path: '/messages/deliverability',
  component: lazyRouteComponent(() => import('../pages/deliverability/DeliverabilityPage.tsx'), 'DeliverabilityPage'),
});

const offers = createRoute({
  getParentRoute: () => shell,
  path: '/messages/offers',
  validateSearch: z.object({ tab: z.enum(['offers', 'codes', 'points']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../pages/offers/OffersPage.tsx'), 'OffersPage'),
});
const offer = createRoute({
  getParentRoute: () => shell,
  path: '/messages/offers/$id',
  component: lazyRouteComponent(() => import('../pages/offers/OfferPage.tsx'), 'OfferPage'),
});

/** Everything that reaches people. */
export const messageRoutes = [
  journeys,
  journey,
  templates,
  brand,
  template,
  campaigns,
  newCampaign,
  campaign,
  editCampaign,
  messages,
  messageReports,
  offers,
  offer,
  suppressions,
  consent,
  sendingRules,
  channelsPage,
  sandbox,
  deliverability,
] as const;
