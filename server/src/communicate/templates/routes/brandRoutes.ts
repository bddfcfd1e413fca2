import {
  brandKitSchema,
  brandKitsSchema,
  templatePartInputSchema,
  templatePartNameSchema,
  templatePartSchema,
  templatePartsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { changeKit, changePart, dropPart, readKits, readParts } from '../store/brandKits.ts';
import { type TemplateRouteDeps, tags } from './shared.ts';

/** How messages look, who they are from, and the parts they share. */
export function registerBrandRoutes(app: HttpApp, deps: TemplateRouteDeps): void {
  app.get(
    '/api/v1/brand-kits',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'Read how messages look and who they are from', response: { 200: brandKitsSchema } },
    },
    async (request) => ({ items: await readKits(deps, principalOf(request).workspaceId) }),
  );

  app.put(
    '/api/v1/brand-kits/:site',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Set how messages of a site look and who they are from',
        params: z.object({ site: z.string().max(40).meta({ description: '`workspace`, or the id of a site' }) }),
        body: brandKitSchema,
        response: { 200: brandKitsSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return { items: await changeKit(deps, { ...by, site: request.params.site, kit: request.body }) };
    },
  );

  registerPartRoutes(app, deps);
}

function registerPartRoutes(app: HttpApp, deps: TemplateRouteDeps): void {
  const byName = z.object({ name: templatePartNameSchema });

  app.get(
    '/api/v1/template-parts',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'List parts that templates share', response: { 200: templatePartsSchema } },
    },
    async (request) => ({ items: await readParts(deps, principalOf(request).workspaceId) }),
  );

  app.put(
    '/api/v1/template-parts/:name',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Write a part; templates that hold it show it from the next message on',
        params: byName,
        body: templatePartInputSchema,
        response: { 200: templatePartSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return changePart(deps, { ...by, name: request.params.name, source: request.body.source });
    },
  );

  app.delete(
    '/api/v1/template-parts/:name',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Remove a part',
        params: byName,
        response: { 204: z.null().meta({ description: 'Removed' }) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      await dropPart(deps, { ...by, name: request.params.name });
      return reply.code(204).send(null);
    },
  );
}
