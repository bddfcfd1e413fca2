import {
  pageOf,
  readyTemplatesSchema,
  templateChangeSchema,
  templateInputSchema,
  templateListQuerySchema,
  templateSchema,
  templateSummarySchema,
  templateVersionsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { createReadyTemplate, listReady } from '../ready/takeReady.ts';
import { getTemplate, pageTemplates, readVersions, templateIdOf } from '../store/readTemplates.ts';
import { changeTemplate, createTemplate, putAway } from '../store/saveTemplate.ts';
import { byId, type TemplateRouteDeps, tags } from './shared.ts';

/** Templates: list, write, change, put away, versions. */
export function registerTemplateStoreRoutes(app: HttpApp, deps: TemplateRouteDeps): void {
  registerReading(app, deps);
  registerWriting(app, deps);
}

function registerReading(app: HttpApp, deps: TemplateRouteDeps): void {
  app.get(
    '/api/v1/templates',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'List templates, newest first',
        querystring: templateListQuerySchema,
        response: { 200: pageOf(templateSummarySchema) },
      },
    },
    async (request) => pageTemplates(deps, principalOf(request).workspaceId, request.query),
  );

  app.get(
    '/api/v1/templates/ready',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'List templates that come with Vitrail',
        querystring: z.object({ lang: z.enum(['en', 'fr']).default('en') }),
        response: { 200: readyTemplatesSchema },
      },
    },
    async (request) => ({ items: await listReady(deps.pg, principalOf(request).workspaceId, request.query.lang) }),
  );

  app.get(
    '/api/v1/templates/:id',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'Read a template', params: byId, response: { 200: templateSchema } },
    },
    async (request) => getTemplate(deps.pg, principalOf(request).workspaceId, templateIdOf(request.params.id)),
  );

  app.get(
    '/api/v1/templates/:id/versions',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'List its versions', params: byId, response: { 200: templateVersionsSchema } },
    },
    async (request) => readVersions(deps, principalOf(request).workspaceId, templateIdOf(request.params.id)),
  );

  app.get(
    '/api/v1/templates/:id/versions/:version',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Read a template as it was',
        params: byId.extend({ version: z.coerce.number().int().min(1).max(2_147_483_647) }),
        response: { 200: templateSchema },
      },
    },
    async (request) => {
      const { id, version } = request.params;
      const template = await getTemplate(deps.pg, principalOf(request).workspaceId, templateIdOf(id), version);
      return { ...template, version };
    },
  );
}

function registerWriting(app: HttpApp, deps: TemplateRouteDeps): void {
  app.post(
    '/api/v1/templates',
    {
      config: { access: 'messages.write' },
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Write a template',
        description: 'Refused with the place when Liquid or the layout cannot be read.',
        body: templateInputSchema,
        response: { 201: templateSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return reply.code(201).send(await createTemplate(deps, { ...by, ...request.body }));
    },
  );

  app.post(
    '/api/v1/templates/ready/:key',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Take a ready-made template into the workspace',
        description: 'A repeat answers the one that is there.',
        params: z.object({ key: z.string().max(60) }),
        response: { 200: templateSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const actor = `${principal.kind}:${principal.id}`;
      const taken = await deps.pg.transaction((tx) =>
        createReadyTemplate(tx, { workspace, key: request.params.key, now: deps.clock.now(), actor }),
      );
      return getTemplate(deps.pg, workspace, taken.id);
    },
  );

  app.put(
    '/api/v1/templates/:id',
    {
      config: { access: 'messages.write' },
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Give a template a new version',
        description: 'With `baseVersion`, a save that would overwrite somebody else’s is refused with 409 and theirs.',
        params: byId,
        body: templateChangeSchema,
        response: { 200: templateSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return changeTemplate(deps, { ...by, id: templateIdOf(request.params.id), ...request.body });
    },
  );

  for (const [verb, away, summary] of [
    ['archive', true, 'Put a template away; messages under way go out'],
    ['restore', false, 'Take a template out again'],
  ] as const) {
    app.post(
      `/api/v1/templates/:id/${verb}`,
      {
        config: { access: 'messages.write' },
        schema: { tags, summary, params: byId, response: { 200: templateSchema } },
      },
      async (request) => {
        const principal = principalOf(request);
        const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
        return putAway(deps, { ...by, id: templateIdOf(request.params.id), away });
      },
    );
  }
}
