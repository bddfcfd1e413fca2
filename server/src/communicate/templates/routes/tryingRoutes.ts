import { randomUUID } from 'node:crypto';
import {
  templateChecksInputSchema,
  templateChecksSchema,
  templateLimits,
  templatePreviewInputSchema,
  templatePreviewSchema,
  templateTestInputSchema,
  templateTestSchema,
} from '@vitrail/contracts';
import { principalOf } from '../../../govern/index.ts';
import { Fault, type HttpApp } from '../../../platform/index.ts';
import { createMarker } from '../../linkMarks/linkMarks.ts';
import { enqueueMessages } from '../../messages/enqueueMessages.ts';
import { previewTemplate } from '../preview.ts';
import { isServiceTemplate } from '../ready/readyTemplates.ts';
import { findSamples } from '../sql/people.pg.ts';
import { getTemplate, templateIdOf } from '../store/readTemplates.ts';
import { byId, profileFor, type TemplateRouteDeps, tags } from './shared.ts';

/** Trying a template: as a customer, with checks, to one's own address. */
export function registerTryingRoutes(app: HttpApp, deps: TemplateRouteDeps): void {
  registerPreview(app, deps);
  registerChecks(app, deps);
  registerTestSend(app, deps);
}

function registerPreview(app: HttpApp, deps: TemplateRouteDeps): void {
  app.post(
    '/api/v1/templates/:id/preview',
    {
      config: { access: 'messages.read' },
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags,
        summary: 'See a template as a customer would',
        description:
          'Links lead where they say; nothing is sent or counted. Seeing it as a customer needs personal.read.',
        params: byId,
        body: templatePreviewInputSchema,
        response: { 200: templatePreviewSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const { content, version, profile, language, variables } = request.body;
      const template = await getTemplate(deps.pg, workspace, templateIdOf(request.params.id), version);
      const markerOf = await createMarker(deps.pg, workspace);
      return previewTemplate(deps, {
        workspace,
        mark: markerOf({
          kind: 'marketing',
          channel: template.channel,
          variant: '',
          // Whatever sends it gives it its name.
          origin_name: 'campaign',
          template_name: template.name,
          own_marks: null,
        }),
        content: content ?? template.content,
        profile: profile === undefined ? 0 : profileFor(principal, profile),
        language,
        variables,
      });
    },
  );
}

function registerChecks(app: HttpApp, deps: TemplateRouteDeps): void {
  app.post(
    '/api/v1/templates/:id/checks',
    {
      config: { access: 'messages.read' },
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Check a template before it is sent',
        description: 'Tried with real customers: the ones given, or those who came last. Says how many, never who.',
        params: byId,
        body: templateChecksInputSchema,
        response: { 200: templateChecksSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const { content, profiles, links, variables } = request.body;
      const template = await getTemplate(deps.pg, workspace, templateIdOf(request.params.id));
      const samples = await deps.pg.rows(findSamples, { workspace, limit: templateLimits.samples });
      return deps.renderer.check({
        workspace,
        content: content ?? template.content,
        profiles: profiles?.map((profile) => profileFor(principal, profile)) ?? samples.map(({ id }) => id),
        variables,
        links,
        service: isServiceTemplate(template.key),
      });
    },
  );
}

function registerTestSend(app: HttpApp, deps: TemplateRouteDeps): void {
  app.post(
    '/api/v1/templates/:id/test',
    {
      config: { access: 'messages.send' },
      schema: {
        tags,
        summary: 'Send a template to yourself',
        description: 'The newest version, as the customer would get it, to the addresses given.',
        params: byId,
        body: templateTestInputSchema,
        response: { 202: templateTestSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const { to, language, variables } = request.body;
      const profile = profileFor(principal, request.body.profile);
      const { id, channel, version, archivedAt } = await getTemplate(
        deps.pg,
        workspace,
        templateIdOf(request.params.id),
      );
      if (archivedAt !== null)
        throw new Fault('conflict', 'communicate.template_archived', 'This template is put away. Take it out first.');
      const now = deps.clock.now();
      const wishes = to.map((address) => ({
        profile,
        dedupeKey: `test/${randomUUID()}`,
        channel,
        purpose: 'marketing',
        kind: 'test' as const,
        template: { id: Number(id), version },
        origin: { kind: 'test' as const, id },
        variables: { ...variables, ...(language === undefined ? {} : { language }) },
        address,
        dueAt: now,
      }));
      const messages = await deps.pg.transaction((tx) => enqueueMessages(tx, { workspace, now, wishes }));
      return reply.code(202).send({ messages: messages.map(String) });
    },
  );
}
