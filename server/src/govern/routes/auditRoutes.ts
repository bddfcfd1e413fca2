import { auditPageSchema, auditQuerySchema } from '@vitrail/contracts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { listAudit } from '../audit/listAudit.ts';
import type { Govern } from '../govern.ts';
import { principalOf } from '../principal.ts';

export function registerAuditRoutes(app: HttpApp, deps: Pick<Deps, 'pg'>, govern: Govern): void {
  app.get(
    '/api/v1/audit',
    {
      config: { access: 'audit.read' },
      schema: {
        summary: 'What was done in the workspace and by whom, newest first',
        tags: ['govern'],
        querystring: auditQuerySchema,
        response: { 200: auditPageSchema },
      },
    },
    (request) => listAudit({ pg: deps.pg, accounts: govern.accounts }, principalOf(request).workspaceId, request.query),
  );
}
