import {
  channelSchema,
  suppressionImportSchema,
  suppressionPageSchema,
  suppressionQuerySchema,
  suppressionRemovalSchema,
  suppressionRequestSchema,
} from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf, isMasked, principalOf } from '../../../govern/index.ts';
import type { Deps, HttpApp } from '../../../platform/index.ts';
import { addSuppression, dropSuppression, importSuppressions, pageSuppressions } from './suppressions.ts';

const tags = ['Consent'];
const query = z.object({ channel: channelSchema.default('email') });
/** A million addresses. */
const maxCsvBytes = 32 * 1024 * 1024;

/** The list of addresses nothing goes to. */
export function registerSuppressionRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  const change = (request: FastifyRequest) => {
    const principal = principalOf(request);
    return { workspace: principal.workspaceId, now: deps.clock.now(), actor: actorOf(principal) };
  };

  app.get(
    '/api/v1/suppressions',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Addresses nothing goes to, the newest first',
        querystring: suppressionQuerySchema,
        response: { 200: suppressionPageSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const page = await pageSuppressions(deps.pg, principal.workspaceId, request.query);
      if (!isMasked(principal)) return page;
      return { ...page, items: page.items.map((item) => ({ ...item, value: '•••', detail: '' })) };
    },
  );

  app.post(
    '/api/v1/suppressions',
    {
      config: { access: 'consent.write' },
      schema: {
        tags,
        summary: 'Write to an address no more',
        description: 'Holds for every message, also those about orders, until it is removed. Safe to repeat.',
        body: suppressionRequestSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await addSuppression(deps, change(request), request.body);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/suppressions/remove',
    {
      config: { access: 'consent.write' },
      schema: {
        tags,
        summary: 'Allow an address again',
        body: suppressionRemovalSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await dropSuppression(deps, change(request), request.body);
      return reply.code(204).send(null);
    },
  );

  app.register(async (scope) => {
    scope.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: maxCsvBytes }, (_, body, done) =>
      done(null, body),
    );
    scope.post(
      '/api/v1/suppressions/import',
      {
        config: { access: 'consent.write' },
        bodyLimit: maxCsvBytes,
        schema: {
          tags,
          summary: 'Import addresses nothing goes to: one a line, or a table with a column of them',
          description:
            'As other tools export their unsubscribed and bounced addresses. The same file again adds nothing.',
          consumes: ['text/csv'],
          querystring: query,
          body: z.string(),
          response: { 200: suppressionImportSchema },
        },
      },
      async (request) => {
        const outcome = await importSuppressions(deps, change(request), {
          text: z.string().parse(request.body),
          channel: query.parse(request.query).channel,
        });
        return { ...outcome, rejected: [...outcome.rejected] };
      },
    );
  });
}
