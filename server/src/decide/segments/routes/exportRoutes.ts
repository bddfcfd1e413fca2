import { Readable } from 'node:stream';
import { peopleExportInputSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf, recordAudit } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { refuseWhere, selectPeople } from '../../../unify/index.ts';
import { exportMembers, exportPeople } from '../exportMembers.ts';
import { getSegment, type SaveDeps } from '../saveSegment.ts';
import { createWhoPasses } from '../whoPasses.ts';
import { byId, tags } from './shared.ts';

export function registerExportRoutes(app: HttpApp, deps: SaveDeps): void {
  const selectDeps = { pg: deps.pg, whoPasses: createWhoPasses(deps) };
  app.get(
    '/api/v1/segments/:id/members.csv',
    {
      config: { access: 'export.read' },
      schema: {
        tags,
        summary: 'Download members as CSV',
        params: byId,
        querystring: z.object({ locale: z.enum(['en', 'fr']).default('en') }),
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const workspace = principal.workspaceId;
      const { id, name } = await getSegment(deps.pg, workspace, request.params.id);
      await recordAudit(deps.pg, deps, {
        workspaceId: workspace,
        actor: actorOf(principalOf(request)),
        action: 'segment.exported',
        target: `segment ${id}`,
        details: {},
      });
      const rows = exportMembers(deps, {
        workspace,
        id: request.params.id,
        locale: request.query.locale,
        masked: isMasked(principal),
      });
      const file = `${
        name
          .normalize('NFKD')
          .replaceAll(/[^\w-]+/g, '-')
          .slice(0, 60) || 'segment'
      }.csv`;
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${file}"`)
        .send(Readable.from(rows));
    },
  );

  app.post(
    '/api/v1/profiles/csv',
    {
      config: { access: 'export.read' },
      schema: {
        tags: ['Profiles'],
        summary: 'Download selected customers as CSV',
        description: 'By ids (at most 10,000) or by the filters of the list of customers (at most 100,000 people).',
        body: peopleExportInputSchema,
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const workspace = principal.workspaceId;
      refuseWhere(principal, request.body.people);
      const { roots } = await selectPeople(selectDeps, workspace, request.body.people);
      await recordAudit(deps.pg, deps, {
        workspaceId: workspace,
        actor: actorOf(principal),
        action: 'profiles.exported',
        target: 'customers',
        details: { people: roots.length },
      });
      const rows = exportPeople(deps.pg, {
        workspace,
        roots,
        locale: request.body.locale,
        masked: isMasked(principal),
      });
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="customers.csv"')
        .send(Readable.from(rows));
    },
  );
}
