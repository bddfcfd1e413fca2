import { Readable } from 'node:stream';
import { z } from 'zod';
import { actorOf, isMasked, principalOf, recordAudit } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { exportMembers } from '../exportMembers.ts';
import { getSegment, type SaveDeps } from '../saveSegment.ts';
import { byId, tags } from './shared.ts';

export function registerExportRoutes(app: HttpApp, deps: SaveDeps): void {
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
}
