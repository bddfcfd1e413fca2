import {
  type Source,
  sourceFamilySchema,
  sourceKindSchema,
  sourcePageSchema,
  sourcePatchSchema,
  sourceRequestSchema,
  sourceSchema,
  sourceSnippetsSchema,
} from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf, type Keys, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { changeSource, createSource, getSource, type SourceRow } from './changeSources.ts';
import { writeSnippets } from './snippets.ts';
import { listSources } from './sql/sources.pg.ts';

const params = z.object({ id: z.coerce.number().int().positive() });
const tags = ['collect'];

export interface SourceParts {
  /** Their cache forgets a source's key the moment it is archived. */
  readonly keys: Pick<Keys, 'forget'>;
  /** Origin that shops reach this server at, or null to take each request's own. */
  readonly publicUrl: string | null;
}

const answer = (row: SourceRow): Source => ({
  id: row.id,
  name: row.name,
  family: sourceFamilySchema.parse(row.family),
  kind: sourceKindSchema.parse(row.kind),
  siteId: row.site_id,
  site: row.site,
  priority: row.priority,
  writeKey: row.write_key,
  createdAt: row.created_at.toISOString(),
  lastEventAt: row.last_event_at?.toISOString() ?? null,
  archivedAt: row.archived_at?.toISOString() ?? null,
});

const changeBy = (request: FastifyRequest) => {
  const principal = principalOf(request);
  return { workspaceId: principal.workspaceId, actor: actorOf(principal) };
};

/** Sources of a workspace: what sends, as which family, with which key, and the code to paste. */
export function registerSourceRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>, parts: SourceParts): void {
  app.get(
    '/api/v1/sources',
    {
      config: { access: 'data.read' },
      schema: {
        summary: 'Sources of the workspace',
        tags,
        querystring: z.object({
          archived: z.stringbool().default(false).meta({ description: 'Also those that are archived.' }),
        }),
        response: { 200: sourcePageSchema },
      },
    },
    async (request) => {
      const { workspaceId } = principalOf(request);
      const rows = await deps.pg.rows(listSources, { workspace: workspaceId, archived: request.query.archived });
      return { items: rows.map(answer), next: null };
    },
  );

  app.post(
    '/api/v1/sources',
    {
      config: { access: 'keys.write' },
      schema: { summary: 'Add a source', tags, body: sourceRequestSchema, response: { 201: sourceSchema } },
    },
    async (request, reply) => {
      const made = await createSource(deps, request.body, changeBy(request));
      parts.keys.forget();
      return reply.code(201).send(answer(made));
    },
  );

  app.get(
    '/api/v1/sources/:id',
    {
      config: { access: 'data.read' },
      schema: { summary: 'One source', tags, params, response: { 200: sourceSchema } },
    },
    async (request) => answer(await getSource(deps.pg, principalOf(request).workspaceId, request.params.id)),
  );

  app.patch(
    '/api/v1/sources/:id',
    {
      config: { access: 'keys.write' },
      schema: { summary: 'Change a source', tags, params, body: sourcePatchSchema, response: { 200: sourceSchema } },
    },
    async (request) => {
      const changed = await changeSource(deps, request.params.id, request.body, changeBy(request));
      parts.keys.forget();
      return answer(changed);
    },
  );

  app.delete(
    '/api/v1/sources/:id',
    {
      config: { access: 'keys.write' },
      schema: {
        summary: 'Archive a source: it takes no more events, what it sent stays',
        tags,
        params,
        response: { 204: z.null().meta({ description: 'Archived.' }) },
      },
    },
    async (request, reply) => {
      await changeSource(deps, request.params.id, { archived: true }, changeBy(request));
      parts.keys.forget();
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/sources/:id/snippets',
    {
      config: { access: 'data.read' },
      schema: { summary: 'Code to paste, for each client', tags, params, response: { 200: sourceSnippetsSchema } },
    },
    async (request) => {
      const source = answer(await getSource(deps.pg, principalOf(request).workspaceId, request.params.id));
      if (source.writeKey === null)
        throw new Fault('conflict', 'collect.no_write_key', 'This source has no write key. Make one for it first.');
      const host = parts.publicUrl ?? `${request.protocol}://${request.host}`;
      const { kind, writeKey } = source;
      return { writeKey, host, snippets: writeSnippets(kind, { host, writeKey }) };
    },
  );
}
