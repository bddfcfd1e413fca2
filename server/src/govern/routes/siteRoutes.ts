import { sitePageSchema, sitePatchSchema, siteRequestSchema, siteSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { type Deps, Fault, type HttpApp, type PgRow } from '../../platform/index.ts';
import { actorOf, recordAudit } from '../audit/recordAudit.ts';
import { principalOf } from '../principal.ts';
import { deleteSite, findSiteNamed, insertSite, listSites, updateSite } from '../sql/sites.pg.ts';

const params = z.object({ id: z.coerce.number().int().positive() });
const tags = ['govern'];

const answer = (row: PgRow<typeof listSites.row>) => ({
  id: row.id,
  name: row.name,
  domain: row.domain,
  country: row.country,
  currency: row.currency,
  language: row.language,
  createdAt: row.created_at.toISOString(),
});

const nameTaken = (): Fault =>
  new Fault('conflict', 'govern.site_name_taken', 'Another site of this workspace has this name. Choose another one.');
const noSuchSite = (): Fault =>
  new Fault('not_found', 'govern.no_such_site', 'There is no such site in this workspace.');

export function registerSiteRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/sites',
    {
      config: { access: 'settings.read' },
      schema: { summary: 'Sites of the workspace', tags, response: { 200: sitePageSchema } },
    },
    async (request) => {
      const rows = await deps.pg.rows(listSites, { workspace: principalOf(request).workspaceId });
      return { items: rows.map(answer), next: null };
    },
  );

  app.post(
    '/api/v1/sites',
    {
      config: { access: 'settings.write' },
      schema: { summary: 'Add a site', tags, body: siteRequestSchema, response: { 201: siteSchema } },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const site = await deps.pg.transaction(async (tx) => {
        const row = await tx.row(insertSite, { workspace: principal.workspaceId, ...request.body });
        if (row === null) throw nameTaken();
        await recordAudit(tx, deps, {
          workspaceId: principal.workspaceId,
          actor: actorOf(principal),
          action: 'site.created',
          target: `site ${row.id}`,
          details: { name: row.name },
        });
        return row;
      });
      return reply.code(201).send(answer(site));
    },
  );

  app.patch(
    '/api/v1/sites/:id',
    {
      config: { access: 'settings.write' },
      schema: { summary: 'Change a site', tags, params, body: sitePatchSchema, response: { 200: siteSchema } },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const { name = null, domain, country = null, currency = null, language = null } = request.body;
      return deps.pg.transaction(async (tx) => {
        const named = name === null ? null : await tx.row(findSiteNamed, { workspace, name });
        if (named !== null && named.id !== request.params.id) throw nameTaken();
        const row = await tx.row(updateSite, {
          workspace,
          site: request.params.id,
          name,
          setDomain: domain !== undefined,
          domain: domain ?? null,
          country,
          currency,
          language,
        });
        if (row === null) throw noSuchSite();
        await recordAudit(tx, deps, {
          workspaceId: workspace,
          actor: actorOf(principal),
          action: 'site.changed',
          target: `site ${row.id}`,
          details: { fields: Object.keys(request.body) },
        });
        return answer(row);
      });
    },
  );

  app.delete(
    '/api/v1/sites/:id',
    {
      config: { access: 'settings.write' },
      schema: {
        summary: 'Remove a site; its sources and their events stay',
        tags,
        params,
        response: { 204: z.null().meta({ description: 'Removed.' }) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      await deps.pg.transaction(async (tx) => {
        const row = await tx.row(deleteSite, { workspace: principal.workspaceId, site: request.params.id });
        if (row === null) throw noSuchSite();
        await recordAudit(tx, deps, {
          workspaceId: principal.workspaceId,
          actor: actorOf(principal),
          action: 'site.removed',
          target: `site ${request.params.id}`,
          details: { name: row.name },
        });
      });
      return reply.code(204).send(null);
    },
  );
}
