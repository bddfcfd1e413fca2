import {
  merchandisingRuleSchema,
  merchandisingRulesSchema,
  productAudienceSchema,
  recommendationQuerySchema,
  recommendationReportSchema,
  recommendationSettingsSchema,
  recommendationsSchema,
  savedMerchandisingRuleSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import type { Assigner } from '../assigner.ts';
import { readAudience } from './audience.ts';
import { cancelBuild, startBuild } from './build/executeRun.ts';
import { buildNow } from './jobs.ts';
import { readReport } from './report.ts';
import { changeRule, createRule, removeRule, saveSettings } from './saveSettings.ts';
import { createStrategyChooser, type StrategyChooser } from './serve/chooseStrategy.ts';
import { type RecommendDeps, recommend } from './serve/recommend.ts';
import { readRules, readSettings } from './settings.ts';

const tags = ['Recommendations'];
const byId = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

/** Recommendations, how they are made, merchandising, their report, and what goes with a product. */
export function registerRecommendationRoutes(
  app: HttpApp,
  given: Omit<RouteDeps, 'chooser'> & { readonly assigner: Assigner },
): void {
  const deps = { ...given, chooser: createStrategyChooser(given) };
  registerAnswerRoutes(app, deps);
  registerBuildRoutes(app, deps);
  registerSettingsRoutes(app, deps);
  registerRuleRoutes(app, deps);
}

type RouteDeps = Pick<Deps, 'log' | 'jobs'> & RecommendDeps & { readonly chooser: StrategyChooser };

function registerAnswerRoutes(app: HttpApp, deps: RouteDeps): void {
  app.get(
    '/api/v1/recommendations',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'Recommend products to somebody, for a product, for words, or to everybody',
        description:
          'Filters are applied after scoring and before the cut; sources are asked one after another until there is enough. ' +
          'A profile needs the permission profiles.read as well. Where an experiment decides, a key’s answer counts as shown; a look from the console does not.',
        querystring: recommendationQuerySchema,
        response: { 200: recommendationsSchema },
      },
    },
    async (request) => {
      const { workspaceId, permissions, kind } = principalOf(request);
      if (request.query.profile !== undefined && !permissions.has('profiles.read'))
        throw new Fault('forbidden', 'decide.profile_not_allowed', 'Recommending to a profile needs profiles.read.');
      // Whoever looks in the console shows nothing to anybody.
      const purpose = kind === 'key' ? 'shown' : 'preview';
      return recommend(deps, workspaceId, request.query, deps.chooser.forOne(workspaceId, purpose));
    },
  );

  app.get(
    '/api/v1/recommendations/report',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'How well recommendations foresee the past, and what people did with them',
        response: { 200: recommendationReportSchema },
      },
    },
    async (request) => readReport(deps, principalOf(request).workspaceId),
  );

  app.get(
    '/api/v1/products/:id/audience',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'What goes with a product, and who buys it',
        params: z.object({ id: z.string().max(300) }),
        querystring: z.object({ lang: z.enum(['en', 'fr']).default('en') }),
        response: { 200: productAudienceSchema },
      },
    },
    async (request) => readAudience(deps, principalOf(request).workspaceId, request.params.id, request.query.lang),
  );
}

function registerBuildRoutes(app: HttpApp, deps: RouteDeps): void {
  app.post(
    '/api/v1/recommendations/build',
    {
      config: { access: 'catalog.write' },
      schema: {
        tags,
        summary: 'Build everything anew now, from the catalogue as it is',
        body: z.strictObject({}).optional(),
        response: { 202: z.object({ run: z.string() }) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { workspaceId } = principal;
      const run = await startBuild(deps, workspaceId, actorOf(principal));
      await buildNow(deps, workspaceId, run);
      return reply.code(202).send({ run: String(run) });
    },
  );

  app.delete(
    '/api/v1/recommendations/build',
    {
      config: { access: 'catalog.write' },
      schema: { tags, summary: 'Stop the build under way; what serves stays', response: { 204: z.null() } },
    },
    async (request, reply) => {
      await cancelBuild(deps, principalOf(request).workspaceId);
      return reply.code(204).send(null);
    },
  );
}

function registerSettingsRoutes(app: HttpApp, deps: RouteDeps): void {
  app.get(
    '/api/v1/recommendations/settings',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'How signals count, and what every answer leaves out',
        response: { 200: recommendationSettingsSchema },
      },
    },
    async (request) => readSettings(deps.pg, principalOf(request).workspaceId),
  );

  app.put(
    '/api/v1/recommendations/settings',
    {
      config: { access: 'catalog.write' },
      schema: {
        tags,
        summary: 'Change how signals count',
        description: 'Answers follow at once; similarities with the next full build.',
        body: recommendationSettingsSchema,
        response: { 200: recommendationSettingsSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const saved = await saveSettings(deps, principal.workspaceId, actorOf(principal), request.body);
      deps.shelves.forget(principal.workspaceId);
      return saved;
    },
  );
}

function registerRuleRoutes(app: HttpApp, deps: RouteDeps): void {
  app.get(
    '/api/v1/recommendations/rules',
    {
      config: { access: 'analytics.read' },
      schema: { tags, summary: 'List merchandising rules', response: { 200: merchandisingRulesSchema } },
    },
    async (request) => ({ items: await readRules(deps.pg, principalOf(request).workspaceId) }),
  );

  app.post(
    '/api/v1/recommendations/rules',
    {
      config: { access: 'catalog.write' },
      schema: {
        tags,
        summary: 'Pin, boost or bury products',
        body: merchandisingRuleSchema,
        response: { 201: savedMerchandisingRuleSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const rule = await createRule(deps, principal.workspaceId, actorOf(principal), request.body);
      deps.shelves.forget(principal.workspaceId);
      return reply.code(201).send(rule);
    },
  );

  app.put(
    '/api/v1/recommendations/rules/:id',
    {
      config: { access: 'catalog.write' },
      schema: {
        tags,
        summary: 'Change a merchandising rule',
        params: byId,
        body: merchandisingRuleSchema,
        response: { 200: savedMerchandisingRuleSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      const rule = await changeRule(deps, by, request.params.id, request.body);
      deps.shelves.forget(principal.workspaceId);
      return rule;
    },
  );

  app.delete(
    '/api/v1/recommendations/rules/:id',
    {
      config: { access: 'catalog.write' },
      schema: { tags, summary: 'Remove a merchandising rule', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      await removeRule(deps, principal.workspaceId, actorOf(principal), request.params.id);
      deps.shelves.forget(principal.workspaceId);
      return reply.code(204).send(null);
    },
  );
}
